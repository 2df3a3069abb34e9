import type { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import type { TwilioParameters } from '../api/parameters';
import { fromSecond, untilSecond, type ListDate } from './listDate';

/** What limits a list to a range of time: all of the limits that are there. */
export interface TimeLimits {
	/** The first moment. */
	after?: DateTime;
	/** The first moment that is too late. */
	before?: DateTime;
	/** A moment of the only day, in the timezone of this time. */
	on?: DateTime;
}

/** A range of time for a list, as filters for Twilio, and as a test of each row. */
export interface TimeRange {
	/** Twilio's filters. They let more pass than the range. */
	query: TwilioParameters;
	/** Absent when the range has no limits. Rows without the date are outside of it. */
	keep?: (row: IDataObject) => boolean;
}

/**
 * Makes the range `after` ≤ time < `before`, further limited to the day `on`. Twilio filters some lists by day only, and
 * whether a filter by the second includes its bound differs: hence a second to spare there, and the exact test here.
 *
 * @see https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources
 */
export function timeRange(date: ListDate, { after, before, on }: TimeLimits): TimeRange {
	const start = on && (!after || on.startOf('day') > after) ? on.startOf('day') : after;
	// Some timezones change their clocks at midnight, so that a day begins at 01:00.
	const nextDay = on?.plus({ days: 1 }).startOf('day');
	const end = nextDay && (!before || nextDay < before) ? nextDay : before;
	if (!start && !end) return { query: {} };
	return {
		query: {
			...(start && fromSecond(date, Math.floor(start.toSeconds()) - spareOf(date))),
			...(end && untilSecond(date, Math.ceil(end.toSeconds()))),
		},
		keep(row) {
			const time = toMillis(row[date.field]);
			return !Number.isNaN(time) && (!start || time >= start.toMillis()) && (!end || time < end.toMillis());
		},
	};
}

/** Seconds by which the filter must begin earlier than the range, so that it lets the range's first second pass. */
function spareOf({ from }: ListDate): number {
	return from?.precision === 'second' && !from.isInclusive ? 1 : 0;
}

/** The test of two ranges at once; absent when neither has limits. */
export function bothRanges(first: TimeRange, second: TimeRange): TimeRange['keep'] {
	if (!first.keep || !second.keep) return first.keep ?? second.keep;
	return (row) => first.keep?.(row) === true && second.keep?.(row) === true;
}

function toMillis(value: unknown): number {
	return typeof value === 'string' ? Date.parse(value) : NaN;
}
