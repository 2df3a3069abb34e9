import { DateTime } from 'luxon';
import fc from 'fast-check';
import { timeRange } from '../../../nodes/Twilio/operation/timeRange';

const at = (iso: string, zone = 'UTC') => DateTime.fromISO(iso, { zone });
const row = (iso: string) => ({ date_sent: new Date(iso).toUTCString().replace('GMT', '+0000') });

describe('timeRange', () => {
	it('is half-open, to the second', () => {
		const { keep } = timeRange('date_sent', at('2026-11-23T10:00:00'), at('2026-11-23T11:00:00'));
		const kept = ['09:59:59', '10:00:00', '10:59:59', '11:00:00'].map((time) => keep?.(row(`2026-11-23T${time}Z`)));
		expect(kept).toEqual([false, true, true, false]);
	});

	it('asks Twilio for a little more, since its filters differ in what they include', () => {
		const range = timeRange('date_sent', at('2026-11-23T10:00:00'), at('2026-11-23T11:00:00'));
		expect(range.onOrAfter).toEqual({ second: '2026-11-23T09:59:59Z', day: '2026-11-23' });
		expect(range.before).toEqual({ nextDay: '2026-11-24' });
	});

	it('leaves out rows without the date, unless there are no bounds', () => {
		const { keep } = timeRange('date_sent', at('2020-01-01'));
		expect([null, undefined, '', 'soon', 5].map((value) => keep?.({ date_sent: value as string }))).not.toContain(true);
		expect(timeRange('date_sent')).toEqual({});
	});

	it('reads ISO dates as well', () => {
		const { keep } = timeRange('date_generated', at('2026-11-23T10:00:00'));
		expect(keep?.({ date_generated: '2026-11-23T10:00:00Z' })).toBe(true);
		expect(keep?.({ date_generated: '2026-11-23T09:59:59Z' })).toBe(false);
	});

	it.each([
		['Pacific/Kiritimati', '2026-11-23', '2026-11-22T10:00:00Z', '2026-11-23T10:00:00Z'],
		['Pacific/Pago_Pago', '2026-11-23', '2026-11-23T11:00:00Z', '2026-11-24T11:00:00Z'],
		['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
		['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
		// The clocks change at midnight here: the day begins at 01:00.
		['America/Santiago', '2026-09-06', '2026-09-06T04:00:00Z', '2026-09-07T03:00:00Z'],
		['America/Santiago', '2026-09-05', '2026-09-05T04:00:00Z', '2026-09-06T04:00:00Z'],
	])('of a day in %s: %s', (zone, day, first, end) => {
		const { keep } = timeRange('date_sent', undefined, undefined, at(`${day}T15:30:00`, zone));
		const before = (iso: string) => new Date(Date.parse(iso) - 1000).toISOString();
		expect([before(first), first, before(end), end].map((iso) => keep?.(row(iso)))).toEqual([false, true, true, false]);
	});

	it('is what all of its limits have in common, and asks Twilio for no less', () => {
		const hour = 3_600_000;
		const start = Date.parse('2026-10-20T00:00:00Z');
		const moments = fc.integer({ min: 0, max: 240 }).map((hours) => start + hours * hour + 1000);
		const zones = fc.constantFrom('UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Europe/Berlin');
		const maybe = fc.option(moments, { nil: undefined });
		fc.assert(
			fc.property(
				maybe,
				maybe,
				maybe,
				zones,
				moments,
				fc.integer({ min: -2, max: 2 }),
				(after, before, on, zone, time, shift) => {
					const moment = time + shift * 1000;
					const local = (millis: number | undefined) =>
						millis === undefined ? undefined : DateTime.fromMillis(millis, { zone });
					const range = timeRange('date_sent', local(after), local(before), local(on));
					const isWanted =
						(after === undefined || moment >= after) &&
						(before === undefined || moment < before) &&
						(on === undefined || local(moment)?.toISODate() === local(on)?.toISODate());
					expect(range.keep?.(row(new Date(moment).toISOString())) ?? true).toBe(isWanted);
					const bounds = [range.onOrAfter?.second, range.onOrAfter?.day, range.before?.nextDay];
					const [hasStart, hasEnd] = [after ?? on, before ?? on].map((bound) => bound !== undefined);
					expect(bounds.map((bound) => bound !== undefined)).toEqual([hasStart, hasStart, hasEnd]);
					const [second, day, nextDay] = bounds.map((bound) => (bound === undefined ? undefined : Date.parse(bound)));
					const isAsked = Math.max(second ?? 0, day ?? 0) <= moment && moment < (nextDay ?? Infinity);
					expect([isWanted, isAsked]).not.toEqual([true, false]);
				},
			),
		);
	});
});
