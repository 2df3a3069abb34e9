import type { TwilioParameters } from '../../shared/api/parameters';
import type { Seconds } from '../../shared/lists/listDate';

/** A row as Twilio gives it: plain JSON. */
export interface Row {
	[field: string]: string | number | boolean | object | null | undefined;
}

/** Bounds of a list. Both are wide: rows outside of them may come too, and are left out by the engine. */
export interface Range {
	since: Seconds;
	until?: Seconds;
}

/**
 * What becomes of a row that has its date: it starts the workflow, it may do so once it has changed (and until then the
 * cursor does not move past it), or it never will.
 */
export type Verdict = 'ready' | 'pending' | 'ignored';

/** A list whose rows have a date that says when they became new. */
export interface DatedList {
	url: string;
	/** Twilio's filters. A lower bound that Twilio takes by the day is sent as that day. */
	query(range: Range): TwilioParameters;
	/** The date that orders events; absent until the row has it. It may change within the overlap, to one that is later. */
	timeOf(row: Row): Seconds | undefined;
	/** Rows whose date may change at any time later; what was emitted of them is remembered for as long as there is room. */
	mayMove?(row: Row): boolean;
	judge(row: Row): Verdict;
	/** How much later than its date says a row may become visible. */
	overlap: Seconds;
	/** How long a pending row keeps the cursor back; then it is given up. */
	maxHold?: Seconds;
	/** The date by which Twilio sorts the list, newest first, so that reading may stop at old rows; absent: no known order. */
	sortedBy?(row: Row): Seconds | undefined;
	/** Whether a request and its following pages give only so many rows, and the others take a request of their own. */
	isCapped?: true;
	/** How far back Twilio looks. */
	maxAge?: Seconds;
	/** Where a new cursor begins instead of now. */
	startsAt?: Seconds;
	/** From here on nothing is new any more. */
	endsAt?: Seconds;
}

/** A list without a date to go by: what was not in it before is new. */
export interface UndatedList {
	url: string;
	/** Orders what is found at once. */
	timeOf(row: Row): Seconds | undefined;
	isUndated: true;
}

/** The earliest of some times, if there are any. */
export function earliest(...times: Array<Seconds | undefined>): Seconds | undefined {
	return times.reduce((a, b) => (a === undefined || (b !== undefined && b < a) ? b : a), undefined);
}

/** The latest of some times, if there are any. */
export function latest(...times: Array<Seconds | undefined>): Seconds | undefined {
	return times.reduce((a, b) => (a === undefined || (b !== undefined && b > a) ? b : a), undefined);
}
