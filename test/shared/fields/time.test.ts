import { DateTime } from 'luxon';

import { endOf, toDateTime } from '../../../nodes/shared/fields/time';

const end = (value: unknown, zone = 'UTC') =>
	endOf(toDateTime(value, zone)).toUTC().toISO({ suppressMilliseconds: true });

describe('the end of a time', () => {
	it.each([
		['2026-11-20T10:00:00Z', '2026-11-20T10:00:01Z'],
		['2026-11-20T10:00:00.999Z', '2026-11-20T10:00:01Z'],
		['2026-11-20 10:00:00', '2026-11-20T10:00:01Z'],
		['2026-11-20T10:30', '2026-11-20T10:30:01Z'],
		['2026-11-20T00:00:00', '2026-11-20T00:00:01Z'],
		[new Date('2026-11-20T00:00:00Z'), '2026-11-20T00:00:01Z'],
		[DateTime.fromISO('2026-11-20', { zone: 'UTC' }), '2026-11-20T00:00:01Z'],
	])('with a time of day is the end of its second: %s', (value, expected) => {
		expect(end(value)).toBe(expected);
	});

	it.each([
		['2026-11-20', '2026-11-21T00:00:00Z'],
		[' 2026-11-20 ', '2026-11-21T00:00:00Z'],
		['20261120', '2026-11-21T00:00:00Z'],
		['2026-324', '2026-11-21T00:00:00Z'],
		['2026-W47-5', '2026-11-21T00:00:00Z'],
		['2026-W47', '2026-11-23T00:00:00Z'],
		['2026-11', '2026-12-01T00:00:00Z'],
		['2026', '2027-01-01T00:00:00Z'],
		[2026, '2027-01-01T00:00:00Z'],
	])('without a time of day is the end of the whole: %s', (value, expected) => {
		expect(end(value)).toBe(expected);
	});

	it.each([
		['Asia/Tokyo', '2026-11-20', '2026-11-20T15:00:00Z'],
		['Europe/Berlin', '2026-10-25', '2026-10-25T23:00:00Z'],
		// The clocks change at midnight here: the day begins at 01:00.
		['America/Santiago', '2026-09-06', '2026-09-07T03:00:00Z'],
		['America/Santiago', '2026-09-05', '2026-09-06T04:00:00Z'],
	])('is in the timezone of the workflow: %s', (zone, value, expected) => {
		expect(end(value, zone)).toBe(expected);
	});

	it('of a time that was computed from a day is that of its second', () => {
		expect(endOf(toDateTime('2026-11-20', 'UTC').plus({ hours: 1 })).toISO()).toBe('2026-11-20T01:00:01.000Z');
	});
});
