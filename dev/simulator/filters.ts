import { parseFilterTime, timeOf } from './times';

/** Reads the value of a filter, and gives what decides whether a row passes it. */
export type Filter<R> = (value: unknown) => (row: R) => boolean;
/** Filters by the exact name of their query parameter. */
export type Filters<R> = Record<string, Filter<R>>;

/** Passes rows whose field has exactly this value. */
export function exact<R>(field: keyof R): Filter<R> {
	return (value) => (row) => row[field] === value;
}

const dayLength = 86_400_000;

/**
 * The three parameters `X`, `X<` and `X>` of a date. With a day, `X` means any time of it, `X>` from its 00:00 on and
 * `X<` until its 00:00; with a time all three mean that second. All are inclusive. A row without the date passes none.
 * @param granularity - `day`: Twilio ignores the time of day
 * @param end - `exclusive`: 00:00 itself does not pass `X<`
 */
export function dates<R>(
	parameter: string,
	field: keyof R,
	granularity: 'day' | 'second' = 'second',
	end: 'inclusive' | 'exclusive' = 'inclusive',
): Filters<R> {
	type Compare = (row: number, from: number, to: number) => boolean;
	const filter =
		(compare: Compare): Filter<R> =>
		(value) => {
			const wanted = parseFilterTime(String(value));
			if (!wanted) return () => false;
			const length = granularity === 'day' || wanted.granularity === 'day' ? dayLength : 1000;
			const from = Math.floor(wanted.time / length) * length;
			// The time of a row without a date is not a number, which is neither before nor after anything.
			return (row) => compare(timeOf(String(row[field])), from, from + length);
		};
	return {
		[parameter]: filter((own, from, to) => own >= from && own < to),
		[`${parameter}>`]: filter((own, from) => own >= from),
		[`${parameter}<`]: filter((own, from) => (end === 'inclusive' ? own <= from : own < from)),
	};
}
