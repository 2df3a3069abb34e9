import type { IDataObject } from 'n8n-workflow';

import { restoreDated, restoreUndated, storeCursor } from './cursor';
import { takeLease } from './lease';
import { poll, pollUndated, startCursor, type PollOptions } from './poll';
import type { DatedList, Row, UndatedList } from './pollSource';

/** What a poll works on and with, beside the list. */
export interface PollSession extends PollOptions {
	/** The node's static data, where the cursor is. */
	data: IDataObject;
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
 * @returns the new rows, oldest first; none when another poll is still under way
 */
export async function pollOnce(list: DatedList | UndatedList, session: PollSession): Promise<Row[]> {
	const { data, stream, startsAnew, leaseTime, clock } = session;
	const lease = takeLease(data, leaseTime, clock);
	if (!lease) return [];
	try {
		const stored: unknown = startsAnew ? undefined : data.cursor;
		const { emit, cursor } =
			'isUndated' in list
				? await pollUndated(list, usable(restoreUndated(stored, stream), session), session)
				: await pollDated(list, stored, session);
		if (!lease.isHeld()) return [];
		data.cursor = storeCursor(stream, cursor) as IDataObject;
		return emit;
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
