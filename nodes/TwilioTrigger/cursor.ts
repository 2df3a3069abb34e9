import { createHash } from 'node:crypto';

import type { Seconds } from './pollSource';

/** How far a list has been read, and what of it was emitted. */
export interface DatedCursor {
	/** Everything before this second is done with. */
	floor: Seconds;
	/** Rows from the floor on that were emitted. */
	seen: Seen;
	/** A scan that ran out of time. */
	scan?: Scan;
	/** Whether the last scan had nothing to emit though it had left rows behind where it paused. */
	isStuck?: boolean;
}

/** A scan of a list over several polls. */
export interface Scan {
	/** When it began, by Twilio's clock. */
	start: Seconds;
	/** Query of the page it goes on with. */
	next: string;
	/** The earliest row so far that the cursor must not pass. */
	hold?: Seconds;
	/** The date of the list's first row, by which it is sorted. */
	first?: Seconds;
	/** Whether it left rows behind when it paused. */
	hasLeft?: boolean;
	/** What was read of one request and its following pages. */
	window: { pages: number; oldest?: Seconds; newest?: Seconds; until?: Seconds; since?: Seconds };
}

/** What is known of a list without dates. */
export interface UndatedCursor {
	known: Seen;
	/** Whether the list was read to its end before; until then nothing is new. */
	isComplete: boolean;
	/** Query of the page with which a reading goes on that ran out of time. */
	next?: string;
}

/** Characters of a mark: 48 bits of a hash. Whatever SIDs look like, 1,000 of one second meet with odds of 1 to 500 million. */
const markLength = 8;

function markOf(sid: string): string {
	return createHash('sha256').update(sid).digest('base64url').slice(0, markLength);
}

/** SIDs by second, kept as short marks: 1,000 rows take 8 kB in one second and 24 kB in as many. */
export class Seen {
	private readonly marks: Map<Seconds, Set<string>>;

	constructor(marks: ReadonlyMap<Seconds, ReadonlySet<string>> = new Map()) {
		this.marks = new Map([...marks].map(([time, set]) => [time, new Set(set)]));
	}

	has(time: Seconds, sid: string): boolean {
		return this.marks.get(time)?.has(markOf(sid)) ?? false;
	}

	add(time: Seconds, sid: string): void {
		const marks = this.marks.get(time) ?? new Set();
		this.marks.set(time, marks.add(markOf(sid)));
	}

	delete(time: Seconds, sid: string): void {
		this.marks.get(time)?.delete(markOf(sid));
	}

	/** A copy without what is before a second. */
	from(floor: Seconds): Seen {
		return new Seen(new Map([...this.marks].filter(([time]) => time >= floor)));
	}

	/** A copy that has both. */
	with(other: Seen): Seen {
		const both = new Seen(this.marks);
		for (const [time, marks] of other.marks) {
			both.marks.set(time, new Set([...(both.marks.get(time) ?? []), ...marks]));
		}
		return both;
	}

	/** Marks one after the other, by second. */
	toJson(): Record<string, string> {
		return Object.fromEntries([...this.marks].map(([time, marks]) => [String(time), [...marks].join('')]));
	}

	/** @returns `undefined` for anything that {@link toJson} does not write */
	static fromJson(json: unknown): Seen | undefined {
		if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
		const marks = new Map<Seconds, Set<string>>();
		for (const [time, text] of Object.entries(json)) {
			if (!/^\d+$/.test(time) || typeof text !== 'string' || text.length % markLength !== 0) return undefined;
			marks.set(Number(time), new Set(text.match(new RegExp(`.{${markLength}}`, 'gs'))));
		}
		return new Seen(marks);
	}
}

const version = 1;

/** A cursor as static data keeps it: plain JSON, for one stream of rows. */
export interface StoredCursor {
	version: typeof version;
	/** Which account, event and filters it belongs to. */
	stream: string;
	/** When its poll began, in milliseconds since the epoch, and later than that of the cursor before. */
	revision: number;
	[key: string]: unknown;
}

/** What the cursor of another account, event or filter must not be used for: a short hash of all that. */
export function streamOf(identity: unknown): string {
	return createHash('sha256').update(JSON.stringify(identity)).digest('base64url').slice(0, 16);
}

/** A new object at each time: n8n notices a change of static data by the assignment of a top-level key. */
export function storeCursor(stream: string, cursor: DatedCursor | UndatedCursor, revision: number): StoredCursor {
	const head = { version, stream, revision } as const;
	if ('known' in cursor) {
		const { known, isComplete, next } = cursor;
		return { ...head, known: known.toJson(), isComplete, ...(next !== undefined && { next }) };
	}
	const { floor, seen, scan, isStuck } = cursor;
	// By way of JSON, so that nothing undefined is left in it.
	const plain = JSON.parse(JSON.stringify({ floor, scan, isStuck })) as Record<string, unknown>;
	return { ...head, ...plain, seen: seen.toJson() };
}

/** The revision of a stored cursor; 0 for anything else. */
export function revisionOf(stored: unknown): number {
	const { revision } = (stored ?? {}) as Partial<StoredCursor>;
	return isNumber(revision) ? revision : 0;
}

/** Of several copies the one with the highest revision; the first of those that have none. */
export function latestOf(copies: readonly unknown[]): unknown {
	const [first, ...others] = copies.filter((copy) => copy !== undefined);
	return others.reduce((latest, copy) => (revisionOf(copy) > revisionOf(latest) ? copy : latest), first);
}

/** What there is to start from: a cursor, nothing, or nothing for a reason that people should know. */
export interface Restored<C> {
	cursor?: C;
	problem?: string;
}

/** Reads what {@link storeCursor} wrote. Anything else is a problem, never an error. */
export function restoreDated(stored: unknown, stream: string): Restored<DatedCursor> {
	return restore(stored, stream, ({ floor, seen, scan, isStuck }) => {
		const marks = Seen.fromJson(seen);
		if (!isNumber(floor) || !marks) return undefined;
		const restored = restoreScan(scan);
		return { floor, seen: marks, ...(restored && { scan: restored }), ...(isStuck === true && { isStuck }) };
	});
}

/** Reads what {@link storeCursor} wrote. Anything else is a problem, never an error. */
export function restoreUndated(stored: unknown, stream: string): Restored<UndatedCursor> {
	return restore(stored, stream, ({ known, isComplete, next }) => {
		const marks = Seen.fromJson(known);
		if (!marks || typeof isComplete !== 'boolean') return undefined;
		return { known: marks, isComplete, ...(typeof next === 'string' && { next }) };
	});
}

function restore<C>(
	stored: unknown,
	stream: string,
	read: (fields: Record<string, unknown>) => C | undefined,
): Restored<C> {
	if (stored === undefined) return {};
	if (typeof stored !== 'object' || stored === null) return { problem: 'What was stored is no cursor' };
	const fields = stored as Record<string, unknown>;
	if (fields.version !== version) return { problem: 'The stored cursor is of another version' };
	if (fields.stream !== stream) return { problem: 'The account, the event or a filter has changed' };
	const cursor = read(fields);
	return cursor ? { cursor } : { problem: 'The stored cursor is damaged' };
}

/** A scan is only a short cut: without it the list is read from its beginning. */
function restoreScan(stored: unknown): Scan | undefined {
	if (typeof stored !== 'object' || stored === null) return undefined;
	const { start, next, hold, first, hasLeft, window } = stored as Record<string, unknown>;
	if (!isNumber(start) || typeof next !== 'string' || typeof window !== 'object' || window === null) return undefined;
	const { pages, oldest, newest, until, since } = window as Record<string, unknown>;
	const optional = [hold, first, oldest, newest, until, since];
	if (!isNumber(pages) || optional.some((each) => each !== undefined && !isNumber(each))) return undefined;
	return {
		start,
		next,
		hold,
		first,
		hasLeft: hasLeft === true,
		window: { pages, oldest, newest, until, since },
	} as Scan;
}

function isNumber(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value);
}
