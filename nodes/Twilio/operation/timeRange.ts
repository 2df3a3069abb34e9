import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

/** A range of time for a list, as bounds that Twilio's filters take, and as a test of each row. */
export interface TimeRange {
	onOrAfter?: {
		/** ISO 8601 in UTC, one second earlier: Twilio's filters differ in whether their bound is included. */
		second: string;
		/** `YYYY-MM-DD` in UTC. */
		day: string;
	};
	before?: {
		/** `YYYY-MM-DD` in UTC of the following day: read as its midnight, it cuts off nothing of the range. */
		nextDay: string;
	};
	/** Absent when the range has no bounds. Rows without the date are outside of it. */
	keep?: (row: IDataObject) => boolean;
}

/**
 * Makes the range `after` ≤ time < `before`, further limited to the day `on` in its own timezone. Twilio filters some
 * lists by day only and documents others so, hence the wide bounds, and the exact test here.
 *
 * @param field of the row that holds the time, RFC 2822 or ISO 8601
 * @see https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources
 */
export function timeRange(field: string, after?: DateTime, before?: DateTime, on?: DateTime): TimeRange {
	const start = on && (!after || on.startOf('day') > after) ? on.startOf('day') : after;
	// Some timezones change their clocks at midnight, so that a day begins at 01:00.
	const nextDay = on?.plus({ days: 1 }).startOf('day');
	const end = nextDay && (!before || nextDay < before) ? nextDay : before;
	if (!start && !end) return {};
	return {
		...(start && { onOrAfter: { second: iso(start.minus({ seconds: 1 })), day: utcDay(start) } }),
		...(end && { before: { nextDay: utcDay(end.plus({ days: 1 })) } }),
		keep(row) {
			const time = toMillis(row[field]);
			return !Number.isNaN(time) && (!start || time >= start.toMillis()) && (!end || time < end.toMillis());
		},
	};
}

/** The test of two ranges at once; absent when neither has bounds. */
export function bothRanges(first: TimeRange, second: TimeRange): TimeRange['keep'] {
	if (!first.keep || !second.keep) return first.keep ?? second.keep;
	return (row) => first.keep?.(row) === true && second.keep?.(row) === true;
}

function toMillis(value: unknown): number {
	return typeof value === 'string' ? Date.parse(value) : NaN;
}

function iso(time: DateTime): string {
	return time.toUTC().startOf('second').toISO({ suppressMilliseconds: true }) ?? '';
}

function utcDay(time: DateTime): string {
	return time.toUTC().toISODate() ?? '';
}
