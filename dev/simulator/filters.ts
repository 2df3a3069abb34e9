import { parseFilterTime } from './times';

/** Decides whether a row passes a filter with this value. */
export type Filter<R> = (row: R, value: unknown) => boolean;
/** Filters by the exact name of their query parameter. */
export type Filters<R> = Record<string, Filter<R>>;

/** Passes rows whose field has exactly this value. */
export function exact<R>(field: keyof R): Filter<R> {
	return (row, value) => row[field] === value;
}

const dayLength = 86_400_000;

/**
 * The three parameters `X`, `X<` and `X>` of a date. With a day, `X` means any time of it, `X>` from its 00:00 on and
 * `X<` until its 00:00; with a time all three mean that second. All are inclusive. A row without the date passes none.
 * @param granularity - `day`: Twilio ignores the time of day
 */
export function dates<R>(parameter: string, field: keyof R, granularity: 'day' | 'second' = 'second'): Filters<R> {
	type Compare = (row: number, from: number, to: number) => boolean;
	const filter =
		(compare: Compare): Filter<R> =>
		(row, value) => {
			const wanted = parseFilterTime(String(value));
			const own = Date.parse(String(row[field]));
			if (!wanted || Number.isNaN(own)) return false;
			const length = granularity === 'day' || wanted.granularity === 'day' ? dayLength : 1000;
			const from = Math.floor(wanted.time / length) * length;
			return compare(own, from, from + length);
		};
	return {
		[parameter]: filter((own, from, to) => own >= from && own < to),
		[`${parameter}>`]: filter((own, from) => own >= from),
		[`${parameter}<`]: filter((own, from) => own <= from),
	};
}
