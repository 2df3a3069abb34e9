import {
	latestOf,
	restoreDated,
	restoreUndated,
	revisionOf,
	Seen,
	storeCursor,
	type DatedCursor,
	type StoredCursor,
	type UndatedCursor,
} from './cursor';
import { takeLease } from './lease';
import { readDated, beginDated } from './dated';
import type { Reading, EngineOptions } from './page';
import type { DatedList, Row, UndatedList } from './list';
import { readUndated } from './undated';

/** What a poll works on and with, beside the list. */
export interface SessionOptions extends EngineOptions {
	/** Copies of the stored cursor, of which some may be older. */
	stored: readonly unknown[];
	/** The same object for all polls of an activation. */
	activation: object;
	/** Which account, event and filters the cursor must belong to. */
	stream: string;
	/** Whether whatever there is already shall not count. */
	startsAnew: boolean;
	/** Which start date the list has, if any: a cursor that has begun there does not go back to it. */
	beginning?: string;
	/** Milliseconds after which this poll counts as stuck. */
	leaseTime: number;
	/** Told why a stored cursor cannot be used. */
	onProblem(problem: string): void;
}

/** What a poll has found. */
export interface SessionResult {
	/** Oldest first. */
	rows: Row[];
	/** What tells them, for a cursor. */
	marks: Seen;
	/** The cursor after them. */
	cursor: StoredCursor;
	/** The cursor with which they were found. */
	before: StoredCursor;
	/** Revision of the stored cursor; 0 if there was none. */
	read: number;
	/** Whether the poll has not gone on from the stored cursor. */
	isNew: boolean;
	/** Lets the next poll begin, once the cursor is stored. */
	release(): void;
}

/**
 * Polls, and changes nothing: the cursor it returns is to be stored once n8n has taken the rows. n8n keeps static data of
 * polls that start the workflow, but not of those that find nothing; the cursor may therefore go back to where it last
 * emitted something.
 *
 * @returns `undefined` when another poll is still under way
 */
export async function runSession(
	list: DatedList | UndatedList,
	session: SessionOptions,
): Promise<SessionResult | undefined> {
	const { stored, activation, stream, startsAnew, leaseTime, clock } = session;
	const lease = takeLease(activation, leaseTime, clock);
	if (!lease) return undefined;
	let found: SessionResult | undefined;
	try {
		const latest = latestOf(stored) as Partial<BegunCursor> | null | undefined;
		// By the time it began: of two polls that know nothing of each other, the one that has seen more is the later one.
		const revision = Math.max(revisionOf(latest) + 1, clock());
		const polled: SessionReading =
			'isUndated' in list
				? await continueUndated(list, startsAnew ? undefined : latest, session)
				: await continueOrBegin(list, latest, session);
		const { emit, cursor, startsLater, before = storeCursor(stream, cursor, 0) } = polled;
		const begun = { beginning: session.beginning ?? latest?.beginning, startsLater };
		const read = revisionOf(latest);
		if (lease.isHeld()) {
			found = {
				rows: emit,
				marks: marksOf(list, emit),
				cursor: { ...storeCursor(stream, cursor, revision), ...begun },
				before: { ...before, revision: read, ...begun },
				read,
				isNew: polled.isNew,
				release: lease.release,
			};
		}
		return found;
	} finally {
		if (!found) lease.release();
	}
}

/** A stored cursor, with where it began. */
interface BegunCursor extends StoredCursor {
	/** The last start date that it has gone back to. */
	beginning?: string;
	/** Whether it waits for a start date that is still to come. */
	startsLater?: true;
}

interface SessionReading extends Reading<DatedCursor | UndatedCursor>, Pick<BegunCursor, 'startsLater'> {
	/** The cursor that it began with; absent where it only made one. */
	before?: StoredCursor;
	/** Whether that is not the stored one. */
	isNew: boolean;
}

function marksOf(list: DatedList | UndatedList, rows: readonly Row[]): Seen {
	const marks = new Seen();
	for (const row of rows) {
		const sid = String(row.sid);
		marks.add('isUndated' in list ? 0 : (list.timeOf(row) ?? 0), sid);
		if (!('isUndated' in list) && list.mayMove?.(row)) marks.keep(sid);
	}
	return marks;
}

async function continueUndated(list: UndatedList, stored: unknown, session: SessionOptions): Promise<SessionReading> {
	const from = usable(restoreUndated(stored, session.stream), session);
	const before = from && storeCursor(session.stream, from, 0);
	return { ...(await readUndated(list, from, session)), before, isNew: from === undefined };
}

/** A start date of the past counts once: whatever else changes, the list then goes on, or starts with what comes from now on. */
async function continueOrBegin(
	list: DatedList,
	stored: Partial<BegunCursor> | null | undefined,
	session: SessionOptions,
): Promise<SessionReading> {
	const { beginning, startsAnew } = session;
	const isKnown = stored === undefined || typeof stored?.stream === 'string';
	const goesOn = async (from: DatedCursor, isNew: boolean) => {
		const before = storeCursor(session.stream, from, 0);
		const polled = await readDated(list, from, session);
		return { ...polled, ...startsLater(list, polled.cursor, session), before, isNew };
	};
	if (beginning !== undefined && isKnown && stored?.beginning !== beginning)
		return await goesOn(await beginDated(list, session), true);

	// A start date that was still to come is gone.
	const waitsForNothing = beginning === undefined && stored?.startsLater === true;
	const from = startsAnew || waitsForNothing ? undefined : stored;
	const known = usable(restoreDated(from, session.stream), session);
	if (known) return await goesOn(known, false);
	const cursor = await startNow(list, session);
	return { emit: [], cursor, ...startsLater(list, cursor, session), isNew: true };
}

function startsLater(
	list: DatedList,
	{ floor }: DatedCursor,
	{ clock }: SessionOptions,
): Pick<BegunCursor, 'startsLater'> {
	return list.startsAt !== undefined && floor > clock() / 1000 ? { startsLater: true } : {};
}

/** The cursor that emits what comes from now on, and not before the start date. */
async function startNow(list: DatedList, session: SessionOptions): Promise<DatedCursor> {
	const cursor = await beginDated({ ...list, startsAt: undefined }, session);
	return { ...cursor, floor: Math.max(cursor.floor, list.startsAt ?? 0) };
}

function usable<C>(
	{ cursor, problem }: { cursor?: C; problem?: string },
	{ onProblem }: SessionOptions,
): C | undefined {
	if (problem !== undefined) onProblem(problem);
	return cursor;
}
