import type { IDataObject } from 'n8n-workflow';

import { latestOf, restoreDated, restoreUndated, revisionOf, storeCursor, type StoredCursor } from './cursor';
import { takeLease } from './lease';
import { poll, pollUndated, startCursor, type PollOptions } from './poll';
import type { DatedList, Row, UndatedList } from './pollSource';

/** What a poll works on and with, beside the list. */
export interface PollSession extends PollOptions {
	/** The node's static data, where the cursor is. */
	data: IDataObject;
	/** Copies of the cursor from elsewhere: the one in the static data may be older. */
	copies: readonly unknown[];
	/** Which account, event and filters the cursor must belong to. */
	stream: string;
	/** Whether whatever there is already shall not count. */
	startsAnew: boolean;
	/** Milliseconds after which this poll counts as stuck. */
	leaseTime: number;
	/** Told why a stored cursor cannot be used. */
	onProblem(problem: string): void;
}

/**
 * Polls and moves the cursor in the static data. That happens at one point, after the last request, right before the rows
 * are handed to n8n: a poll that fails, however far it came, has changed nothing. n8n keeps static data of polls that start
 * the workflow, but not of those that find nothing; the cursor may therefore go back to where it last emitted something.
 *
 * @returns the new rows, oldest first, and the cursor after them; `undefined` when another poll is still under way
 */
export async function pollOnce(
	list: DatedList | UndatedList,
	session: PollSession,
): Promise<{ rows: Row[]; cursor: StoredCursor } | undefined> {
	const { data, copies, stream, startsAnew, leaseTime, clock } = session;
	const lease = takeLease(data, leaseTime, clock);
	if (!lease) return undefined;
	try {
		const latest = latestOf(...copies, data.cursor);
		const stored = startsAnew ? undefined : latest;
		const { emit, cursor } =
			'isUndated' in list
				? await pollUndated(list, usable(restoreUndated(stored, stream), session), session)
				: await pollDated(list, stored, session);
		if (!lease.isHeld()) return undefined;
		const moved = storeCursor(stream, cursor, revisionOf(latest) + 1);
		data.cursor = moved as IDataObject;
		return { rows: emit, cursor: moved };
	} finally {
		lease.release();
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
