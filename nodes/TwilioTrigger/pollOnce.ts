import { latestOf, restoreDated, restoreUndated, revisionOf, storeCursor, type StoredCursor } from './cursor';
import { takeLease } from './lease';
import { poll, pollUndated, startCursor, type PollOptions } from './poll';
import type { DatedList, Row, UndatedList } from './pollSource';

/** What a poll works on and with, beside the list. */
export interface PollSession extends PollOptions {
	/** Copies of the stored cursor, of which some may be older. */
	stored: readonly unknown[];
	/** The same object for all polls of an activation. */
	activation: object;
	/** Which account, event and filters the cursor must belong to. */
	stream: string;
	/** Whether whatever there is already shall not count. */
	startsAnew: boolean;
	/** Milliseconds after which this poll counts as stuck. */
	leaseTime: number;
	/** Told why a stored cursor cannot be used. */
	onProblem(problem: string): void;
}

/** What a poll has found. */
export interface Found {
	/** Oldest first. */
	rows: Row[];
	/** The cursor after them. */
	cursor: StoredCursor;
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
export async function pollOnce(list: DatedList | UndatedList, session: PollSession): Promise<Found | undefined> {
	const { stored, activation, stream, startsAnew, leaseTime, clock } = session;
	const lease = takeLease(activation, leaseTime, clock);
	if (!lease) return undefined;
	let found: Found | undefined;
	try {
		const latest = latestOf(stored);
		// By the time it began: of two polls that know nothing of each other, the one that has seen more is the later one.
		const revision = Math.max(revisionOf(latest) + 1, clock());
		const from = startsAnew ? undefined : latest;
		const { emit, cursor } =
			'isUndated' in list
				? await pollUndated(list, usable(restoreUndated(from, stream), session), session)
				: await pollDated(list, from, session);
		if (lease.isHeld()) found = { rows: emit, cursor: storeCursor(stream, cursor, revision), release: lease.release };
		return found;
	} finally {
		if (!found) lease.release();
	}
}

async function pollDated(list: DatedList, stored: unknown, session: PollSession) {
	const cursor = usable(restoreDated(stored, session.stream), session);
	if (cursor) return await poll(list, cursor, session);
	const start = await startCursor(list, session);
	// With a beginning in the past there is something to find at once.
	return list.startsAt === undefined ? { emit: [], cursor: start } : await poll(list, start, session);
}

function usable<C>({ cursor, problem }: { cursor?: C; problem?: string }, { onProblem }: PollSession): C | undefined {
	if (problem !== undefined) onProblem(problem);
	return cursor;
}
