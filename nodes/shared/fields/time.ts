import { DateTime, type DateTimeUnit } from 'luxon';

/** Times that were given by less than a second, and what was given instead. */
const unitsGiven = new WeakMap<DateTime, DateTimeUnit>();

/**
 * Accepts ISO 8601 texts, `Date` and luxon's `DateTime` (also that of another copy of luxon, as expressions give it). One
 * without a zone is in the given one.
 */
export function toDateTime(value: unknown, zone: string): DateTime {
	if (value instanceof Date) return DateTime.fromJSDate(value, { zone });
	if (typeof value === 'object' && value !== null && 'toISO' in value) {
		return DateTime.fromISO(String((value as DateTime).toISO()), { zone });
	}
	const iso = String(value).trim().replace(' ', 'T');
	const time = DateTime.fromISO(iso, { zone });
	if (!/[T:]/i.test(iso)) unitsGiven.set(time, unitOfDate(iso));
	return time;
}

/** What an ISO 8601 date without a time of day stands for. */
function unitOfDate(iso: string): DateTimeUnit {
	if (/^\d{4}$/.test(iso)) return 'year';
	if (/^\d{4}-\d{2}$/.test(iso)) return 'month';
	return /^\d{4}-?W\d{2}$/.test(iso) ? 'week' : 'day';
}

/**
 * The first moment after all that was given: after the second, or after the whole day where a day was given without a time.
 * A `DateTime`, and what n8n's date picker stores, always has a time, be it midnight.
 *
 * @param time as {@link toDateTime} gave it
 */
export function endOf(time: DateTime): DateTime {
	const unit = unitsGiven.get(time) ?? 'second';
	// Some timezones change their clocks at midnight, so that a day begins at 01:00.
	return time
		.startOf(unit)
		.plus({ [unit]: 1 })
		.startOf(unit);
}
