import { ask, given, type EngineOptions, type Reading } from './page';
import { sentAt, startOf } from './clocks';
import { Seen, type DatedCursor, type WaitingPage } from './cursor';
import { Notices } from './notices';
import type { Seconds } from '../../shared/lists/listDate';
import type { DatedList } from './list';
import { AskedPages, firstQuery } from './query';
import {
	isStillThere,
	keepScan,
	leaveLater,
	makeRoom,
	nextQuery,
	nextWaiting,
	scanPage,
	resumeScan,
	startScan,
	pickOldest,
	collectRows,
	type RunningScan,
} from './scan';

/**
 * The trigger's engine. It knows neither n8n nor HTTP, and it loses and repeats nothing as long as every row becomes
 * visible at most `overlap` seconds after its date:
 *
 * - The cursor is a `floor`, and the SIDs that were emitted with dates from there on. What is older is done with.
 * - A scan reads the whole list from the floor on. Only when it is complete rows are emitted and the floor moves, and never
 *   beyond `overlap` before the scan's start, a pending row, or a row that is left for later.
 * - What is beyond the limit, or was found where time ran out, stays in an index of the pages where it stands. The next polls
 *   read those pages, the one with the oldest row first; a new scan begins when nothing is left on them.
 * - Dates are whole seconds and many rows share one, so every comparison includes the floor's own second.
 */

/**
 * The cursor of a trigger that has never polled: nothing that is visible now is new. When "now" is by Twilio's clock is not
 * known to the second, so the floor is a little earlier, and the rows from there on are marked. One request, unless they do
 * not fit a page, or this machine's clock is ahead.
 */
export async function beginDated(list: DatedList, options: EngineOptions): Promise<DatedCursor> {
	if (list.startsAt !== undefined) return { floor: list.startsAt, seen: new Seen() };
	const seen = new Seen();
	const asked = new AskedPages();
	let since = Math.floor(options.clock() / 1000) - list.overlap;
	let query = firstQuery(list, { since });
	let answer = given(await ask(query, options));
	const begun = sentAt(list, answer);
	// All that is on the first page was there; on others there may be what has come since.
	let isOld: (time: Seconds) => boolean = () => true;
	let floor = startOf(list, answer);
	if (floor < since) {
		// The question left out rows that may be new by the other clock.
		since = floor;
		query = firstQuery(list, { since });
		const { sent } = answer;
		answer = given(await ask(query, options));
		isOld = (time) => time < begun;
		floor = Math.max(since, startOf(list, answer) - Math.ceil(answer.received - sent));
	}
	const scan = startScan(floor);
	for (;;) {
		const { page } = answer;
		scanPage(list, { floor, seen }, scan, page, { query, isFirst: false });
		for (const row of page.rows) {
			const time = list.timeOf(row);
			if (time === undefined || !isOld(time)) continue;
			if (time >= floor) seen.add(time, String(row.sid));
			if (list.mayMove?.(row)) seen.keep(String(row.sid));
		}
		scan.ready.clear();
		asked.add(query);
		const next = nextQuery(list, floor, scan, page, since);
		if (next === undefined || asked.has(next) || !options.mayContinue()) return { floor, seen };
		query = next;
		answer = given(await ask(query, options));
		isOld = (time) => time < begun;
	}
}

/** One poll: reads what is new, or what is left of a scan, as far as time allows. */
export async function readDated(
	list: DatedList,
	cursor: DatedCursor,
	options: EngineOptions,
): Promise<Reading<DatedCursor>> {
	const { limit, mayContinue, clock } = options;
	// Everything before the end is done with.
	if (list.endsAt !== undefined && cursor.floor > list.endsAt) return { emit: [], cursor };

	const notices = new Notices(cursor.told, options);
	notices.onStart(list, cursor.floor);
	const since = Math.max(
		cursor.floor,
		list.maxAge === undefined ? -Infinity : Math.floor(clock() / 1000) - list.maxAge,
	);
	const beginning = firstQuery(list, { since });
	const known = { floor: cursor.floor, seen: cursor.seen.from(cursor.floor) };
	const asked = new AskedPages();
	let scan: RunningScan | undefined = cursor.scan && resumeScan(cursor.scan);
	let hasRestarted = false;
	for (let requests = 0; requests === 0 || mayContinue(); requests++) {
		const waiting: WaitingPage | undefined = scan && nextWaiting(scan, limit);
		if (scan && scan.next === undefined && !waiting) break;
		const query: string = waiting?.query ?? scan?.next ?? beginning;
		const answer = await ask(query, options);
		// A place in a list that was just begun anew is refused: that is to be seen.
		if ('refusal' in answer && (scan === undefined || hasRestarted)) throw answer.refusal;
		if ('refusal' in answer) notices.onRefusal(answer.refusal);
		if ('refusal' in answer || (waiting && !isStillThere(list, waiting, answer.page))) {
			// What was remembered of the list is not true any more, and it is read anew from the floor.
			scan = undefined;
			hasRestarted = true;
			asked.clear();
			continue;
		}
		const { page } = answer;
		if (waiting) {
			collectRows(list, known, scan as RunningScan, page, waiting);
			continue;
		}
		if (!scan) {
			notices.onAnswer(answer);
			scan = startScan(startOf(list, answer));
		}
		scanPage(list, known, scan, page, { query, isFirst: query === beginning });
		makeRoom(scan, limit);
		asked.add(query);
		const next = nextQuery(list, cursor.floor, scan, page, since);
		const isCircle = next !== undefined && asked.has(next);
		if (isCircle) notices.onCircle();
		scan.next = isCircle ? undefined : next;
		if (scan.next === undefined) {
			leaveLater(scan);
			notices.onBacklog(scan.found - limit, limit);
		}
	}

	if (!scan) return { emit: [], cursor: { ...known, ...notices.cursor } };
	const isComplete = scan.next === undefined;
	const emitted = isComplete ? pickOldest(scan, limit) : [];
	const { scan: kept, hold } = keepScan(scan);
	notices.onEnd(list, hold);
	const floor = isComplete
		? Math.max(cursor.floor, Math.min(scan.start - list.overlap, hold ?? Infinity))
		: cursor.floor;
	for (const { time, sid, row } of emitted) {
		known.seen.add(time, sid);
		if (list.mayMove?.(row)) known.seen.keep(sid);
	}
	return {
		emit: emitted.map(({ row }) => row),
		cursor: { floor, seen: known.seen.from(floor), ...(kept && { scan: kept }), ...notices.cursor },
	};
}
