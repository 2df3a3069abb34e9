import type { IDataObject } from 'n8n-workflow';

import type { TwilioClient } from '../shared/api/client';
import type { TwilioParameters } from '../shared/api/parameters';
import type { Fields, ParametersOf } from '../shared/fields/field';
import type { Seconds } from '../shared/lists/listDate';

/** A row as Twilio gives it. */
export type Row = IDataObject;

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

/** What a source works with. */
export interface PollCall<P> {
	parameters: P;
	twilio: TwilioClient;
}

/** The fields, filters and options of a source. */
export type PollParameters<L extends Fields, O extends Fields, F extends Fields> = ParametersOf<F> & {
	filters: Partial<ParametersOf<L>>;
	options: Partial<ParametersOf<O>>;
};

export interface PollSourceDefinition<L extends Fields, O extends Fields, F extends Fields> {
	/** As in the selector: "New Message". */
	name: string;
	/** As stored in workflows; never changes once released. */
	value: string;
	description: string;
	/** What one row is, for messages to people: "message". */
	noun: string;
	/** What is chosen in any case, and has a default; another choice is another stream of rows, as with filters. */
	fields?: F;
	/** What may be added to see fewer rows. */
	filters: L;
	/** Options beside those that all events have. */
	options?: O;
	watch(call: PollCall<PollParameters<L, O, F>>): DatedList | UndatedList;
}

/** Any source, as the node sees it: with fields whose names it does not know. */
export type PollSource = Omit<PollSourceDefinition<Fields, Fields, readonly []>, 'fields'> & { fields?: Fields };

/** Declares an event of the trigger; its parameters' types follow from its fields. */
export function definePollSource<
	const L extends Fields,
	const O extends Fields = readonly [],
	const F extends Fields = readonly [],
>(definition: PollSourceDefinition<L, O, F>): PollSource {
	return definition as unknown as PollSource;
}

/** The earliest of some times, if there are any. */
export function earliest(...times: Array<Seconds | undefined>): Seconds | undefined {
	return times.reduce((a, b) => (a === undefined || (b !== undefined && b < a) ? b : a), undefined);
}

/** The latest of some times, if there are any. */
export function latest(...times: Array<Seconds | undefined>): Seconds | undefined {
	return times.reduce((a, b) => (a === undefined || (b !== undefined && b > a) ? b : a), undefined);
}
