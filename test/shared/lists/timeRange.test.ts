import { DateTime } from 'luxon';
import fc from 'fast-check';
import { calls } from '../../../nodes/shared/lists/calls';
import { messages } from '../../../nodes/shared/lists/messages';
import { alerts } from '../../../nodes/shared/lists/alerts';
import { timeRange } from '../../../nodes/shared/lists/timeRange';

const { sent } = messages.dates;

const at = (iso: string, zone = 'UTC') => DateTime.fromISO(iso, { zone });
const row = (iso: string) => ({ date_sent: new Date(iso).toUTCString().replace('GMT', '+0000') });

describe('timeRange', () => {
	it('is half-open, to the second', () => {
		const { keep } = timeRange(sent, { after: at('2026-11-23T10:00:00'), before: at('2026-11-23T11:00:00') });
		const kept = ['09:59:59', '10:00:00', '10:59:59', '11:00:00'].map((time) => keep?.(row(`2026-11-23T${time}Z`)));
		expect(kept).toEqual([false, true, true, false]);
	});

	it('asks Twilio for a little more, since its filters differ in what they include and how exact they are', () => {
		const limits = { after: at('2026-11-23T10:00:00'), before: at('2026-11-23T11:00:00') };
		expect(timeRange(sent, limits).query).toEqual({ 'DateSent>': '2026-11-23T09:59:59Z', 'DateSent<': '2026-11-24' });
		expect(timeRange(calls.dates.started, limits).query).toEqual({
			'StartTime>': '2026-11-23',
			'StartTime<': '2026-11-24',
		});
	});

	it('leaves out rows without the date, unless there are no bounds', () => {
		const { keep } = timeRange(sent, { after: at('2020-01-01') });
		expect([null, undefined, '', 'soon', 5].map((value) => keep?.({ date_sent: value as string }))).not.toContain(true);
		expect(timeRange(sent, {})).toEqual({ query: {} });
	});

	it('reads ISO dates as well', () => {
		const { keep } = timeRange(alerts.dates.generated, { after: at('2026-11-23T10:00:00') });
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
		const { keep } = timeRange(sent, { on: at(`${day}T15:30:00`, zone) });
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
					const limits = { after: local(after), before: local(before), on: local(on) };
					const range = timeRange(sent, limits);
					const isWanted =
						(after === undefined || moment >= after) &&
						(before === undefined || moment < before) &&
						(on === undefined || local(moment)?.toISODate() === local(on)?.toISODate());
					expect(range.keep?.(row(new Date(moment).toISOString())) ?? true).toBe(isWanted);
					const hasBounds = [after ?? on, before ?? on].map((bound) => bound !== undefined);
					for (const date of [sent, calls.dates.started]) {
						const { query } = timeRange(date, limits);
						const bounds = [date.from, date.until].map((bound) => bound && query[bound.parameter]);
						expect(bounds.map((bound) => bound !== undefined)).toEqual(hasBounds);
						const [from = -Infinity, until = Infinity] = bounds.map((bound) =>
							bound === undefined ? undefined : Date.parse(String(bound)),
						);
						expect([isWanted, from <= moment && moment < until]).not.toEqual([true, false]);
					}
				},
			),
		);
	});
});
