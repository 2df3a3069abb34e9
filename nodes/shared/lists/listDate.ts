import type { TwilioParameters } from '../api/parameters';

/** A time in whole seconds since the epoch; no date of Twilio's is finer. */
export type Seconds = number;

/** A parameter by which Twilio limits a list to a range of time. */
export interface DateBound {
	/** Twilio's name of it: `DateSent>`. */
	parameter: string;
	/** How exactly Twilio takes it: a whole day is one in UTC. */
	precision: 'day' | 'second';
	/** Whether it is documented to let rows of its own second pass. */
	isInclusive?: true;
}

/** A date that the rows of a list have, and how Twilio filters by it. */
export interface ListDate {
	/** The row's field: an RFC 2822 or ISO 8601 text, or null. */
	field: string;
	/** Absent where Twilio has no such filter. */
	from?: DateBound;
	until?: DateBound;
}

/** A row's date; `undefined` for a row that does not have it yet. */
export function secondsOf(value: unknown): Seconds | undefined {
	const time = typeof value === 'string' ? Date.parse(value) : NaN;
	return Number.isNaN(time) ? undefined : Math.floor(time / 1000);
}

/** The filter for rows from a second on. It may let earlier rows of the same day pass. */
export function fromSecond({ from }: ListDate, since: Seconds): TwilioParameters {
	return from ? { [from.parameter]: from.precision === 'day' ? utcDay(since) : isoSecond(since) } : {};
}

/**
 * The filter for rows until a second. It may let later rows pass: read as its midnight, the day after cuts off nothing.
 */
export function untilSecond({ until }: ListDate, end: Seconds): TwilioParameters {
	if (!until) return {};
	return { [until.parameter]: until.precision === 'day' ? utcDay(end + day) : isoSecond(end) };
}

const day: Seconds = 24 * 60 * 60;

/** ISO 8601 in UTC: `2026-11-30T09:00:00Z`. */
export function isoSecond(time: Seconds): string {
	return new Date(time * 1000).toISOString().replace('.000Z', 'Z');
}

/** `YYYY-MM-DD` in UTC. */
export function utcDay(time: Seconds): string {
	return isoSecond(time).slice(0, 10);
}
