/** A moment as given in a filter. */
export interface FilterTime {
	/** Milliseconds since the epoch; of 00:00 UTC when only a day was given. */
	time: number;
	granularity: 'day' | 'second';
}

const iso = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?$/;
const day = /^\d{4}-\d\d-\d\d$/;
const american = /^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d(?: [A-Z]{3,4})?$/;
const rfc2822 = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:[+-]\d{4}|GMT|UTC)$/;

/** Whether the calendar has this `YYYY-MM-DD`; `Date` would take 31 February for 3 March. */
function isDay(text: string): boolean {
	const time = Date.parse(`${text}T00:00:00Z`);
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/**
 * Reads a time in any of the forms that Twilio's OpenAPI examples show: `2019-06-11`, `2019-06-11T22:05:25Z`,
 * `2019-06-11 22:05:25.000` (UTC), `06/11/2019 22:05:25 MST`, `Wed, 19 Jun 2019 22:04:00 -0000`.
 * @returns undefined if it is none of them
 */
export function parseFilterTime(text: string): FilterTime | undefined {
	if (day.test(text)) {
		return isDay(text) ? { time: Date.parse(`${text}T00:00:00Z`), granularity: 'day' } : undefined;
	}
	const [, date, clock, zone] = iso.exec(text) ?? [];
	if (date !== undefined && !isDay(date)) return undefined;
	const readable =
		date !== undefined
			? `${date}T${clock}${(zone ?? 'Z').replace(/(\d\d)(\d\d)$/, '$1:$2')}`
			: american.test(text)
				? /[A-Z]$/.test(text)
					? text
					: `${text} UTC`
				: rfc2822.test(text)
					? text
					: '';
	const time = Date.parse(readable);
	return Number.isNaN(time) ? undefined : { time, granularity: 'second' };
}

/** RFC 2822, the date format of rows of the 2010 API: `Wed, 31 Jul 2019 05:13:41 +0000`. */
export function toRfc2822(date: Date): string {
	return date.toUTCString().replace('GMT', '+0000');
}

/** ISO 8601 to the second, the date format of rows of the product APIs: `2019-07-31T05:13:41Z`. */
export function toIso(date: Date): string {
	return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

const knownTimes = new Map<string, number>();

/** Milliseconds since the epoch of a row's date. They are kept: a list asks for those of all its rows, page by page. */
export function timeOf(date: string): number {
	let time = knownTimes.get(date);
	if (time === undefined) {
		if (knownTimes.size >= 100_000) knownTimes.clear();
		time = Date.parse(date);
		knownTimes.set(date, time);
	}
	return time;
}
