import { Seen, type LastRow, type Scan, type WaitingPage } from './cursor';
import type { ListPage } from './page';
import type { Seconds } from '../../shared/lists/listDate';
import { earliest, latest, type DatedList, type Range, type Row } from './list';
import { firstQuery } from './query';

/** A row that may be emitted, with what is needed of it, and where it stands. */
export interface FoundRow {
	time: Seconds;
	sid: string;
	row: Row;
	place: Place;
}

/** Where a row stands: its page, and its place on that. */
interface Place extends Pick<WaitingPage, 'query' | 'isFirst'> {
	index: number;
	date?: Seconds;
}

/** A page with rows to emit that are not in memory, and the place of the last of them. */
type Left = WaitingPage & Pick<Place, 'index'>;

/** A scan with the rows that were found in this poll. */
export interface RunningScan extends Omit<Scan, 'waiting'> {
	/** Rows in memory, by SID. */
	ready: Map<string, FoundRow>;
	/** Pages with others, by query. */
	left: Map<string, Left>;
	/** Whether it was begun in this poll. */
	isWhole: boolean;
}

/** What the engine knows beforehand: everything before the floor is done with, and so are these rows from there on. */
export interface Known {
	floor: Seconds;
	seen: Seen;
}

/** Pages to keep in the index. What is on others holds the floor, so that the next scan finds it again. */
const maxWaiting = 100;

export function startScan(start: Seconds): RunningScan {
	return { start, window: { pages: 0 }, found: 0, ready: new Map(), left: new Map(), isWhole: true };
}

/** Goes on with a scan of an earlier poll. */
export function resumeScan({ waiting, ...scan }: Scan): RunningScan {
	const left = new Map(waiting.map((page) => [page.query, { ...page, index: Infinity }]));
	return { ...scan, ready: new Map(), left, isWhole: false };
}

/** What later polls need of a scan, and the earliest row that waits for them. */
export function keepScan(scan: RunningScan): { scan?: Scan; hold?: Seconds } {
	leave(scan, [...scan.ready.values()]);
	const pages = [...scan.left.values()].sort((a, b) => a.oldest - b.oldest);
	const waiting = pages
		.slice(0, maxWaiting)
		.map(({ query, oldest, last, isFirst }): WaitingPage => ({ query, oldest, last, isFirst }));
	const { start, next, first, window, found } = scan;
	const hold = earliest(scan.hold, pages[maxWaiting]?.oldest);
	// A scan that needs no more than one poll begins with the first page anyway, and sees what has come since.
	const isOver = next === undefined && waiting.every(({ isFirst }) => isFirst && scan.isWhole);
	return {
		hold: earliest(hold, waiting[0]?.oldest),
		...(!isOver && { scan: { start, next, hold, first, window, waiting, found } }),
	};
}

/** The page to read next of those that wait; none while the list is still being read, or where there is enough for this poll. */
export function nextWaiting({ next, ready, left }: RunningScan, limit: number): WaitingPage | undefined {
	if (next !== undefined || ready.size >= limit) return undefined;
	return [...left.values()].reduce<Left | undefined>((a, b) => (a && a.oldest <= b.oldest ? a : b), undefined);
}

/**
 * Whether a page still has all the rows for which it is read again. A page is what comes after a certain row, or at the
 * beginning; so while the last one of them is on it, and has not moved, those before are. Where rows were inserted, moved or
 * deleted it may be not.
 */
export function isStillThere(list: DatedList, { last }: WaitingPage, { rows }: ListPage): boolean {
	return rows.some((row) => String(row.sid) === last.sid && placeDate(list, row) === last.date);
}

/** The date that says where a row stands. */
function placeDate(list: DatedList, row: Row): Seconds | undefined {
	return (list.sortedBy ?? list.timeOf)(row);
}

/** Takes up what is new on a page. */
export function collectRows(
	list: DatedList,
	{ floor, seen }: Known,
	scan: RunningScan,
	page: ListPage,
	place: Pick<Place, 'query' | 'isFirst'>,
): void {
	scan.left.delete(place.query);
	for (const [index, row] of page.rows.entries()) {
		const time = list.timeOf(row);
		if (time === undefined || time < floor) continue;
		const sid = String(row.sid);
		// Its date may have moved since it was emitted, and then it is to be known for longer.
		if (seen.has(sid)) seen.refresh(time, sid);
		else if (list.judge(row) === 'ready' && !scan.ready.has(sid))
			scan.ready.set(sid, { time, sid, row, place: { ...place, index, date: placeDate(list, row) } });
	}
}

/** Takes up what is new on the next page of the list, what is pending on it, and where in the list it stands. */
export function scanPage(
	list: DatedList,
	known: Known,
	scan: RunningScan,
	page: ListPage,
	place: Pick<Place, 'query' | 'isFirst'>,
): void {
	const before = scan.ready.size;
	collectRows(list, known, scan, page, place);
	scan.found += scan.ready.size - before;
	const times = page.rows.map((row) => list.timeOf(row));
	for (const [index, row] of page.rows.entries()) {
		const time = times[index];
		const isHeld = time !== undefined && time >= Math.max(known.floor, scan.start - (list.maxHold ?? Infinity));
		if (isHeld && list.judge(row) === 'pending' && !known.seen.has(String(row.sid)))
			scan.hold = earliest(scan.hold, time);
	}
	const { window } = scan;
	window.pages++;
	window.oldest = earliest(window.oldest, ...times);
	window.newest = latest(window.newest, ...times);
	scan.first ??= page.rows.map(list.sortedBy ?? list.timeOf).find((time) => time !== undefined);
}

/** Takes the oldest rows out of memory, to be emitted. */
export function pickOldest({ ready }: RunningScan, limit: number): FoundRow[] {
	const oldest = oldestFirst(ready).slice(0, limit);
	for (const { sid } of oldest) ready.delete(sid);
	return oldest;
}

/** Leaves what is beyond the limit where it stands: a burst is read with its newest rows first, and only the oldest are needed. */
export function makeRoom(scan: RunningScan, limit: number): void {
	if (scan.ready.size > 2 * limit + 1000) leave(scan, oldestFirst(scan.ready).slice(limit));
}

/** The list is read: of what is in memory, only what is older than everything in the index may be emitted before that. */
export function leaveLater(scan: RunningScan): void {
	const oldest = earliest(...[...scan.left.values()].map((page) => page.oldest)) ?? Infinity;
	leave(
		scan,
		[...scan.ready.values()].filter(({ time }) => time > oldest),
	);
}

/** Puts rows from memory into the index. */
function leave({ ready, left }: RunningScan, rows: readonly FoundRow[]): void {
	for (const { sid, time, place } of rows) {
		ready.delete(sid);
		const page = left.get(place.query);
		const { query, isFirst, index, date } = place;
		const last: LastRow = { sid, date };
		left.set(query, {
			query,
			isFirst,
			oldest: Math.min(time, page?.oldest ?? time),
			...(page && page.index > index ? { last: page.last, index: page.index } : { last, index }),
		});
	}
}

/** Where the scan goes on; absent at its end. */
export function nextQuery(
	list: DatedList,
	floor: Seconds,
	scan: RunningScan,
	page: ListPage,
	since: Seconds,
): string | undefined {
	if (page.next !== undefined) return isOld(list, floor, scan, page) ? undefined : page.next;
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
 * Whether the rest of the list is older than anything of interest: where the list goes from newer to older, after a page that
 * is in order and ends so, or one that has nothing else. Rows without the date stand above all others.
 */
function isOld({ sortedBy, overlap }: DatedList, floor: Seconds, { first }: RunningScan, { rows }: ListPage): boolean {
	if (!sortedBy) return false;
	const times = rows.map(sortedBy).filter((time) => time !== undefined);
	const last = times.at(-1);
	if (first === undefined || last === undefined || first <= last) return false;
	const isSorted = times.every((time, index) => index === 0 || time <= (times[index - 1] as Seconds));
	return (isSorted ? last : Math.max(...times)) < floor - overlap;
}

function oldestFirst(rows: ReadonlyMap<string, FoundRow>): FoundRow[] {
	return [...rows.values()].sort((a, b) => a.time - b.time || (a.sid < b.sid ? -1 : 1));
}
