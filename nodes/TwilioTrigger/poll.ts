import { encodeParameters } from '../shared/api/parameters';
import type { DatedList, Range, Row, Seconds, UndatedList } from './pollSource';
import { Seen, type DatedCursor, type Scan, type UndatedCursor } from './cursor';

/**
 * The trigger's engine. It knows neither n8n nor HTTP, and it loses and repeats nothing as long as every row becomes
 * visible at most `overlap` seconds after its date:
 *
 * - The cursor is a `floor`, and the SIDs that were emitted with dates from there on. What is older is done with.
 * - A scan reads the whole list from the floor on. Only when it is complete the floor moves, and never beyond
 *   `overlap` before the scan's start, a pending row, or a row that the limit left for later.
 * - Dates are whole seconds and many rows share one, so every comparison includes the floor's own second.
 */

/** One page, as the engine needs it. */
export interface PollPage {
	rows: readonly Row[];
	/** Query of the following page. */
	next?: string;
	/** When Twilio answered, by Twilio's clock. */
	time: Seconds;
}

/** What the loop is given. */
export interface PollOptions {
	/** Asks for a page; `expired` where Twilio no longer knows the place that a query of an earlier page names. */
	fetchPage(query: string, isContinuation: boolean): Promise<PollPage | 'expired'>;
	/** Rows to emit at most. */
	limit: number;
	/** Whether there is time for one more page. */
	mayContinue(): boolean;
	/** Milliseconds since the epoch by this machine's clock, which Twilio's may differ from. */
	clock(): number;
}

/** What a poll came to: rows, oldest first, and the cursor after them. */
export interface Polled<C> {
	emit: Row[];
	cursor: C;
}

/** A row that may be emitted, with what is needed of it. */
interface Candidate {
	time: Seconds;
	sid: string;
	row: Row;
}

/** A scan with the rows that were found in this poll. */
interface Progress extends Scan {
	ready: Map<string, Candidate>;
}

/** The cursor of a trigger that has never polled: nothing that is visible now is new. One request. */
export async function startCursor(list: DatedList, { fetchPage, clock }: PollOptions): Promise<DatedCursor> {
	if (list.startsAt !== undefined) return { floor: list.startsAt, seen: new Seen() };
	const now = Math.floor(clock() / 1000);
	const page = await fetchPage(firstQuery(list, { since: now - list.overlap }), false);
	const { rows, time } = page === 'expired' ? { rows: [], time: now } : page;
	const seen = new Seen();
	for (const row of rows) {
		const rowTime = list.timeOf(row);
		// What happened in this second, but before now, is not new either.
		if (rowTime !== undefined && rowTime >= time && list.judge(row) === 'ready') seen.add(rowTime, String(row.sid));
	}
	return { floor: time, seen };
}

/** One poll: reads what is new, as far as time allows. */
export async function poll(list: DatedList, cursor: DatedCursor, options: PollOptions): Promise<Polled<DatedCursor>> {
	const { fetchPage, limit, mayContinue, clock } = options;
	// Everything before the end is done with.
	if (list.endsAt !== undefined && cursor.floor > list.endsAt) return { emit: [], cursor };

	const since = Math.max(
		cursor.floor,
		list.maxAge === undefined ? -Infinity : Math.floor(clock() / 1000) - list.maxAge,
	);
	const firstPage = firstQuery(list, { since });
	let progress: Progress | undefined = cursor.scan && { ...cursor.scan, ready: new Map() };
	let query = cursor.scan?.next ?? firstPage;
	let hasRestarted = false;
	for (;;) {
		const page = await fetchPage(query, query !== firstPage);
		if (page === 'expired') {
			if (hasRestarted || query === firstPage) return { emit: [], cursor: { floor: cursor.floor, seen: cursor.seen } };
			hasRestarted = true;
			progress = undefined;
			query = firstPage;
			continue;
		}
		progress = readPage(list, cursor, progress ?? startScan(page.time), page, limit);
		const next = nextQuery(list, cursor, progress, page, since);
		if (next === undefined) return finishScan(list, cursor, progress, limit);
		if (!mayContinue()) return pauseScan(cursor, progress, next, limit);
		query = next;
	}
}

function startScan(start: Seconds): Progress {
	return { start, next: '', ready: new Map(), window: { pages: 0 } };
}

/** Takes up what is new on a page, what is pending on it, and where in the list it stands. */
function readPage(list: DatedList, cursor: DatedCursor, scan: Progress, page: PollPage, limit: number): Progress {
	const { ready, start } = scan;
	let { hold, window } = scan;
	const times: Seconds[] = [];
	for (const row of page.rows) {
		const time = list.timeOf(row);
		if (time === undefined) continue;
		times.push(time);
		const sid = String(row.sid);
		if (time < cursor.floor || cursor.seen.has(time, sid) || ready.has(sid)) continue;
		const verdict = list.judge(row);
		if (verdict === 'ready') ready.set(sid, { time, sid, row });
		if (verdict === 'pending' && time >= start - (list.maxHold ?? Infinity)) hold = earliest(hold, time);
	}
	window = {
		pages: window.pages + 1,
		oldest: earliest(window.oldest, ...times),
		newest: latest(window.newest, ...times),
		until: window.until,
		since: window.since,
	};
	const first = scan.first ?? page.rows.map(list.sortedBy ?? list.timeOf).find((time) => time !== undefined);
	const progress = { ...scan, ready, hold, window, first };
	// A burst is read with its newest rows first; only the oldest ones are needed.
	return ready.size > 2 * limit + 1000 ? defer(progress, limit) : progress;
}

/** Leaves what is beyond the limit for a later poll: the cursor does not move past it. */
function defer(scan: Progress, limit: number): Progress {
	const candidates = oldestFirst(scan.ready);
	const kept = candidates.slice(0, limit);
	const hold = earliest(scan.hold, ...candidates.slice(limit, limit + 1).map(({ time }) => time));
	return { ...scan, ready: new Map(kept.map((each) => [each.sid, each])), hold };
}

/** Where the scan goes on; absent at its end. */
function nextQuery(
	list: DatedList,
	cursor: DatedCursor,
	scan: Progress,
	page: PollPage,
	since: Seconds,
): string | undefined {
	if (page.next !== undefined) return isOld(list, cursor, scan, page) ? undefined : page.next;
	const { window } = scan;
	// One page was read at once, and there is no other. Several may have lost their end to rows that came meanwhile.
	if (!list.isCapped || window.pages === 1) return undefined;
	if (window.oldest === undefined || window.newest === undefined) return undefined;
	// The last second may go on in the following window. Where that brings nothing else, it is the end of a list that began
	// with its oldest rows.
	const isAscending = (scan.first ?? window.oldest) < window.newest;
	if (isAscending && window.since === window.newest) return undefined;
	const range: Range = isAscending
		? { since: window.newest }
		: { since, until: window.oldest - (window.until === window.oldest ? 1 : 0) };
	scan.window = { pages: 0, until: range.until, since: isAscending ? window.newest : undefined };
	return firstQuery(list, range);
}

/**
 * Whether the rest of the list is older than anything of interest. Where the rows do not go from newer to older, the list is
 * not sorted as expected, and is read to its end. Rows without the date stand above all others.
 */
function isOld(list: DatedList, { floor }: DatedCursor, { first }: Progress, { rows }: PollPage): boolean {
	const { sortedBy } = list;
	if (!sortedBy) return false;
	const times = rows.map(sortedBy).filter((time) => time !== undefined);
	const last = times.at(-1);
	if (first === undefined || last === undefined || first <= last) return false;
	const isSorted = times.every((time, index) => index === 0 || time <= (times[index - 1] as Seconds));
	return isSorted && last < floor - list.overlap;
}

function finishScan(list: DatedList, cursor: DatedCursor, scan: Progress, limit: number): Polled<DatedCursor> {
	const { ready, hold, start } = defer(scan, limit);
	const emitted = oldestFirst(ready);
	const floor = Math.max(cursor.floor, Math.min(start - list.overlap, hold ?? Infinity));
	const seen = cursor.seen.from(floor);
	for (const { time, sid } of emitted) if (time >= floor) seen.add(time, sid);
	// Pauses left rows behind, and the end of the list has none to offer: the next scan cannot wait for its end either.
	const isStuck = scan.hasLeft === true && emitted.length === 0;
	return { emit: emitted.map(({ row }) => row), cursor: { floor, seen, ...(isStuck && { isStuck }) } };
}

/**
 * Out of time. What was found so far is left to be found again, since what is older still comes; unless the last scan has
 * shown that it never would be.
 */
function pauseScan(cursor: DatedCursor, scan: Progress, next: string, limit: number): Polled<DatedCursor> {
	const { ready, start, hold, first, window } = defer(scan, cursor.isStuck ? limit : 0);
	const emitted = oldestFirst(ready);
	const seen = cursor.seen.from(cursor.floor);
	for (const { time, sid } of emitted) seen.add(time, sid);
	const hasLeft = scan.hasLeft === true || scan.ready.size > emitted.length;
	return {
		emit: emitted.map(({ row }) => row),
		cursor: { ...cursor, seen, scan: { start, hold, first, window, next, hasLeft } },
	};
}

/** One poll of a list without dates: what the cursor does not know is new; the first reading only gets to know. */
export async function pollUndated(
	list: UndatedList,
	cursor: UndatedCursor | undefined,
	{ fetchPage, limit, mayContinue }: PollOptions,
): Promise<Polled<UndatedCursor>> {
	const known = cursor?.known ?? new Seen();
	const isFirst = !cursor?.isComplete;
	const firstPage = wholeQuery;
	const listed = new Seen();
	const added = new Map<string, Candidate>();
	let query = cursor?.next ?? firstPage;
	const isWhole = query === firstPage;
	for (;;) {
		const page = await fetchPage(query, query !== firstPage);
		if (page === 'expired') return { emit: [], cursor: { known, isComplete: !isFirst } };
		for (const row of page.rows) {
			const sid = String(row.sid);
			listed.add(0, sid);
			if (!known.has(0, sid)) added.set(sid, { time: list.timeOf(row) ?? 0, sid, row });
		}
		const isLast = page.next === undefined;
		if (!isLast && mayContinue()) {
			query = page.next as string;
			continue;
		}
		const candidates = oldestFirst(added);
		const emitted = isFirst ? [] : candidates.slice(0, limit);
		const later = isFirst ? [] : candidates.slice(limit);
		// What is gone is forgotten, but only a whole list shows that.
		const after = isLast && isWhole ? listed : known.with(listed);
		for (const { sid } of later) after.delete(0, sid);
		return {
			emit: emitted.map(({ row }) => row),
			cursor: { known: after, isComplete: !isFirst || isLast, ...(isLast ? {} : { next: page.next }) },
		};
	}
}

/** The largest page that Twilio's lists give, so that a poll that finds nothing costs one request. */
const pageSize = 1000;

/** The query of the first page of a list without dates. */
export const wholeQuery = encodeParameters({ PageSize: pageSize }).toString();

/** The query of a list's first page. With one second to spare, since Twilio's filters differ in whether their bound is included. */
export function firstQuery(list: DatedList, { since, until }: Range): string {
	return encodeParameters({ ...list.query({ since: since - 1, until }), PageSize: pageSize }).toString();
}

function oldestFirst(candidates: ReadonlyMap<string, Candidate>): Candidate[] {
	return [...candidates.values()].sort((a, b) => a.time - b.time || (a.sid < b.sid ? -1 : 1));
}

function earliest(...times: Array<Seconds | undefined>): Seconds | undefined {
	return times.reduce((a, b) => (a === undefined || (b !== undefined && b < a) ? b : a), undefined);
}

function latest(...times: Array<Seconds | undefined>): Seconds | undefined {
	return times.reduce((a, b) => (a === undefined || (b !== undefined && b > a) ? b : a), undefined);
}
