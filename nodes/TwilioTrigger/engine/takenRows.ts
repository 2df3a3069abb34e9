import { latestOf, revisionOf, Seen, type StoredCursor } from './cursor';
import type { SessionResult } from './session';

/** Rows of one poll that n8n took to start an execution. */
export interface Taken {
	/** The cursor with which they are found. */
	before: StoredCursor;
	marks: Seen;
	isStored: boolean;
}

/** Polls whose executions are waited for. n8n stores within seconds, and one poll a minute is the most there is. */
const maxTaken = 20;

/**
 * What n8n has taken of one trigger's rows and may still fail to store. The cursor moves when n8n takes rows, since n8n saves
 * it just then; if it cannot store their execution afterwards, the cursor must come back, without forgetting what later polls
 * have found, or finding that again.
 */
export class TakenRows {
	/** Oldest first; each begins with the cursor that the one before left. */
	private taken: Taken[] = [];

	/** Revision of the cursor that was left last. */
	private last = 0;

	/** Revision of the cursor that came back last. */
	private cameBack = 0;

	/**
	 * The cursor to keep after a poll, and what n8n takes of it.
	 *
	 * @param known the latest cursor
	 */
	keep(found: SessionResult, known: unknown): { cursor: StoredCursor; taken?: Taken } {
		// While the poll was under way, rows before it turned out not to be stored.
		const isOutdated = found.read < this.cameBack;
		if (found.isNew || (!isOutdated && found.read !== this.last)) this.taken = [];
		let { before } = found;
		let cursor = latestOf([known, found.cursor]) as StoredCursor;
		if (isOutdated) {
			if (!found.isNew) before = known as StoredCursor;
			cursor = found.isNew ? found.cursor : withEmitted(before, found.marks);
			cursor = { ...cursor, revision: Math.max(found.cursor.revision, revisionOf(known) + 1) };
		}
		this.last = cursor.revision;
		if (found.rows.length === 0) return { cursor };
		const taken = { before, marks: found.marks, isStored: false };
		this.taken = [...this.taken, taken].slice(-maxTaken);
		return { cursor, taken };
	}

	/** The execution is stored. */
	isStored(taken: Taken): void {
		taken.isStored = true;
		// Others may still have to be taken back, to before this one.
		while (this.taken[0]?.isStored) this.taken.shift();
	}

	/** The execution could not be stored: gives the cursor that comes back, as if the rows had never been found. */
	isLost(lost: Taken, known: unknown): StoredCursor | undefined {
		const index = this.taken.indexOf(lost);
		if (index === -1) return undefined;
		this.taken.splice(index, 1);
		let cursor = lost.before;
		for (const later of this.taken.slice(index)) {
			later.before = cursor;
			cursor = withEmitted(cursor, later.marks);
		}
		this.last = this.cameBack = revisionOf(known) + 1;
		return { ...cursor, revision: this.cameBack };
	}
}

/** A cursor that takes more rows for emitted. */
function withEmitted(cursor: StoredCursor, marks: Seen): StoredCursor {
	const key = 'known' in cursor ? 'known' : 'seen';
	const seen = Seen.fromJson(cursor[key]) ?? new Seen();
	return { ...cursor, [key]: seen.with(marks).toJson() };
}
