import { createHash } from 'node:crypto';

import type { Seconds } from '../../shared/lists/listDate';

/** How far a list has been read, and what of it was emitted. */
export interface DatedCursor {
	/** Everything before this second is done with. */
	floor: Seconds;
	/** Rows from the floor on that were emitted. */
	seen: Seen;
	/** A scan that ran out of time, or found more than one poll emits. */
	scan?: Scan;
	/** What the log has been told. */
	told?: Told;
}

/** A scan of a list over several polls. */
export interface Scan {
	/** When it began, by Twilio's clock or somewhat earlier. */
	start: Seconds;
	/** Query of the page it goes on with; absent once the list is read, and only what was found is left to emit. */
	next?: string;
	/** The earliest row so far that the cursor must not pass. */
	hold?: Seconds;
	/** The date of the list's first row, by which it is sorted. */
	first?: Seconds;
	/** What was read of one request and its following pages. */
	window: { pages: number; oldest?: Seconds; newest?: Seconds; until?: Seconds; since?: Seconds };
	/** Pages with rows to emit, so that nobody has to look for them again. */
	waiting: WaitingPage[];
	/** How many rows to emit it has found. */
	found: number;
}

/** What shows that a page is still as it was. */
export interface LastRow {
	sid: string;
	/** The date by which the list is sorted; where it changes, the row moves. */
	date?: Seconds;
}

/** A page with rows that were not emitted yet. */
export interface WaitingPage {
	query: string;
	/** The earliest of them. */
	oldest: Seconds;
	/** The one that stands last: while it is on the page, where it stood, all before it are. */
	last: LastRow;
	/** Whether the list begins with it. */
	isFirst: boolean;
}

/** What the log has been told, so that it does not hear it at every poll. */
export interface Told {
	/** How many rows waited then. */
	waiting?: number;
	/** When it heard of rows that Twilio is about to forget. */
	age?: Seconds;
	/** When it heard of a clock that is wrong. */
	clock?: Seconds;
	/** When it heard of pages that never end. */
	circle?: Seconds;
	/** When it heard of a page that was refused. */
	refusal?: Seconds;
}

/** What is known of a list without dates. */
export interface UndatedCursor {
	known: Seen;
	/** Whether the list was read to its end before; until then nothing is new. */
	isComplete: boolean;
	/** Query of the page with which a reading goes on that ran out of time. */
	next?: string;
	/** Since when, in milliseconds, rows have been missing from a list that lost most of them, how many polls found it so, and how many rows. */
	doubt?: { since: number; polls: number; lost: number };
}

/** Characters of a mark: 48 bits of a hash. Of a million rows with 10,000 marks, one meets another's with odds of 1 to 28,000. */
const markLength = 8;

/** Marks to keep of rows whose dates may move at any time. */
const maxKept = 10_000;

function markOf(sid: string): string {
	return createHash('sha256').update(sid).digest('base64url').slice(0, markLength);
}

/**
 * SIDs by second, kept as short marks: 1,000 rows take 8 kB in one second and 24 kB in as many. A mark counts whatever second
 * it stands under, which only says until when it is needed.
 */
export class Seen {
	private readonly seconds: Map<string, Seconds>;
	/** Marks without a second, the oldest first. */
	private readonly kept: Set<string>;

	constructor(seconds: Iterable<readonly [string, Seconds]> = [], kept: Iterable<string> = []) {
		this.seconds = new Map(seconds);
		this.kept = new Set(kept);
	}

	has(sid: string): boolean {
		const mark = markOf(sid);
		return this.seconds.has(mark) || this.kept.has(mark);
	}

	/** Under the latest of the seconds that it was given. */
	add(time: Seconds, sid: string): void {
		const mark = markOf(sid);
		this.seconds.set(mark, Math.max(time, this.seconds.get(mark) ?? time));
	}

	/** A row was seen again, under what may be a later second. */
	refresh(time: Seconds, sid: string): void {
		const mark = markOf(sid);
		if (this.kept.delete(mark)) this.kept.add(mark);
		else this.add(time, sid);
	}

	/** For a row whose date may move at any time: no second is too old for it, but there is only room for so many. */
	keep(sid: string): void {
		const mark = markOf(sid);
		this.kept.delete(mark);
		this.kept.add(mark);
		const [oldest] = this.kept;
		if (this.kept.size > maxKept && oldest !== undefined) this.kept.delete(oldest);
	}

	delete(sid: string): void {
		this.seconds.delete(markOf(sid));
	}

	get size(): number {
		return this.seconds.size;
	}

	/** How many of its marks another has too. */
	shared(other: Seen): number {
		return [...this.seconds.keys()].filter((mark) => other.seconds.has(mark)).length;
	}

	/** A copy without what is before a second. */
	from(floor: Seconds): Seen {
		return new Seen(
			[...this.seconds].filter(([, time]) => time >= floor),
			this.kept,
		);
	}

	/** A copy that has both. */
	with(other: Seen): Seen {
		return new Seen([...this.seconds, ...other.seconds], [...this.kept, ...other.kept]);
	}

	/** Marks one after the other, by second. */
	toJson(): Record<string, string> {
		const json: Record<string, string> = {};
		for (const [mark, time] of this.seconds) json[time] = (json[time] ?? '') + mark;
		return this.kept.size > 0 ? { ...json, kept: [...this.kept].join('') } : json;
	}

	/** @returns `undefined` for anything that {@link toJson} does not write */
	static fromJson(json: unknown): Seen | undefined {
		if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
		const seconds: Array<[string, Seconds]> = [];
		let kept: string[] = [];
		for (const [time, text] of Object.entries(json)) {
			if (!/^(\d+|kept)$/.test(time) || typeof text !== 'string' || text.length % markLength !== 0) return undefined;
			const marks = text.match(new RegExp(`.{${markLength}}`, 'gs')) ?? [];
			if (time === 'kept') kept = marks;
			else for (const mark of marks) seconds.push([mark, Number(time)]);
		}
		return new Seen(seconds, kept);
	}
}

const version = 2;

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
	// By way of JSON, so that nothing undefined is left in it.
	const plain = (value: object) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
	if ('known' in cursor) return { ...head, ...plain({ ...cursor, known: cursor.known.toJson() }) };
	return { ...head, ...plain({ ...cursor, seen: cursor.seen.toJson() }) };
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
	return restore(stored, stream, ({ floor, seen, scan, told }) => {
		const marks = Seen.fromJson(seen);
		if (!isNumber(floor) || !marks) return undefined;
		const restored = restoreScan(scan);
		return {
			floor,
			seen: marks,
			...(restored && { scan: restored }),
			...(areNumbers(told, ['waiting', 'age', 'clock', 'circle', 'refusal']) && { told }),
		};
	});
}

/** Reads what {@link storeCursor} wrote. Anything else is a problem, never an error. */
export function restoreUndated(stored: unknown, stream: string): Restored<UndatedCursor> {
	return restore(stored, stream, ({ known, isComplete, next, doubt }) => {
		const marks = Seen.fromJson(known);
		if (!marks || typeof isComplete !== 'boolean') return undefined;
		return {
			known: marks,
			isComplete,
			...(typeof next === 'string' && { next }),
			...(areNumbers(doubt, ['since', 'polls', 'lost'], 3) && { doubt: doubt as UndatedCursor['doubt'] }),
		};
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
	const { start, next, hold, first, window, waiting, found } = (stored ?? {}) as Partial<Scan>;
	const isScan =
		areNumbers({ start, found, hold, first }, ['start', 'found', 'hold', 'first'], 2) &&
		areNumbers(window, ['pages', 'oldest', 'newest', 'until', 'since'], 1) &&
		(next === undefined || typeof next === 'string') &&
		Array.isArray(waiting) &&
		waiting.every(isWaiting);
	return isScan ? ({ start, next, hold, first, window: { ...window }, waiting, found } as Scan) : undefined;
}

function isWaiting(stored: unknown): stored is WaitingPage {
	const { query, oldest, last, isFirst } = (stored ?? {}) as Partial<WaitingPage>;
	const { sid, date } = (last ?? {}) as Partial<LastRow>;
	return (
		[query, sid].every((each) => typeof each === 'string') &&
		(date === undefined || isNumber(date)) &&
		isNumber(oldest) &&
		typeof isFirst === 'boolean'
	);
}

/** Whether it is an object with numbers of these names; only so many, from the first on, must be there. */
function areNumbers(stored: unknown, names: readonly string[], required = 0): stored is Record<string, number> {
	if (typeof stored !== 'object' || stored === null) return false;
	const values = stored as Record<string, unknown>;
	return names.every((name, index) => isNumber(values[name]) || (index >= required && values[name] === undefined));
}

function isNumber(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value);
}
