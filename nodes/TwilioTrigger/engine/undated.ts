import { Seen, type UndatedCursor } from './cursor';
import type { Row, UndatedList } from './list';
import { ask, given, type EngineOptions, type Reading } from './page';
import { AskedPages, circleNotice, wholeQuery } from './query';

/** How many polls after the first one must miss most of a list, and for how many milliseconds, before it is believed. */
const confirmation = { polls: 3, milliseconds: 60 * 60 * 1000 };

/**
 * One poll of a list without dates: what the cursor does not know is new; the first reading only gets to know.
 *
 * What is gone is forgotten, so that it is new when it comes back. But a list that has lost most of its rows at once is more
 * likely a wrong answer, after which every row would be new; so nothing is forgotten until later polls have confirmed it.
 */
export async function readUndated(
	list: UndatedList,
	cursor: UndatedCursor | undefined,
	options: EngineOptions,
): Promise<Reading<UndatedCursor>> {
	const { limit, mayContinue } = options;
	const known = cursor?.known ?? new Seen();
	const isFirst = !cursor?.isComplete;
	let resumed = cursor?.next;
	let query = resumed ?? wholeQuery;
	const asked = new AskedPages();
	const listed = new Seen();
	const added = new Map<string, Row>();
	for (;;) {
		const answer = await ask(query, options);
		if ('refusal' in answer && resumed !== undefined && asked.size === 0) {
			// The place is not known any more.
			resumed = undefined;
			query = wholeQuery;
			continue;
		}
		const { page } = given(answer);
		asked.add(query);
		for (const row of page.rows) {
			const sid = String(row.sid);
			listed.add(0, sid);
			if (!known.has(sid)) added.set(sid, row);
		}
		const isCircle = page.next !== undefined && asked.has(page.next);
		if (isCircle) options.onNotice(circleNotice);
		const isLast = page.next === undefined || isCircle;
		if (!isLast && mayContinue()) {
			query = page.next as string;
			continue;
		}
		const found = [...added].map(([sid, row]) => ({ sid, row, time: list.timeOf(row) ?? 0 }));
		found.sort((a, b) => a.time - b.time || (a.sid < b.sid ? -1 : 1));
		const emitted = isFirst ? [] : found.slice(0, limit);
		const later = isFirst ? [] : found.slice(limit);
		// Only a whole list shows what is gone.
		const isWhole = isLast && resumed === undefined;
		const doubt = isWhole ? doubtOf(known, listed, cursor?.doubt, options) : cursor?.doubt;
		const after = isWhole && !doubt ? listed : known.with(listed);
		for (const { sid } of later) after.delete(sid);
		return {
			emit: emitted.map(({ row }) => row),
			cursor: {
				known: after,
				isComplete: !isFirst || isLast,
				...(isLast ? {} : { next: page.next }),
				...(doubt && { doubt }),
			},
		};
	}
}

/** The doubt in a list that has lost most of what was known; none in any other, or once it is confirmed. */
function doubtOf(
	known: Seen,
	listed: Seen,
	before: UndatedCursor['doubt'],
	{ clock, onNotice }: EngineOptions,
): UndatedCursor['doubt'] {
	const lost = known.size - known.shared(listed);
	// Once in doubt, until all are back: a list may recover bit by bit.
	if (lost === 0 || (!before && (lost < 2 || 2 * lost <= known.size))) return undefined;
	if (!before) {
		onNotice(
			`${lost} of ${known.size} rows are gone from Twilio's list at once. That is not believed unless later polls confirm it`,
		);
	}
	// More are gone than before: that is another doubt.
	if (!before || lost > before.lost) return { since: clock(), polls: 0, lost };
	const doubt = { since: before.since, polls: before.polls + 1, lost };
	const isConfirmed = doubt.polls >= confirmation.polls && clock() - doubt.since >= confirmation.milliseconds;
	return isConfirmed ? undefined : doubt;
}
