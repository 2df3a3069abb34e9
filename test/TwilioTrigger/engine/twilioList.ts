import { isoSecond, utcDay, type Seconds } from '../../../nodes/shared/lists/listDate';
import type { DatedList, Row } from '../../../nodes/TwilioTrigger/engine/list';
import type { ListPage, Refusal } from '../../../nodes/TwilioTrigger/engine/page';

/** Something that happens at Twilio, and when what of it can be seen. All times are seconds. */
export interface Happening {
	sid: string;
	/** The row is there, without its date. */
	created: Seconds;
	/** Its date. */
	time: Seconds;
	/** From when on the date shows; at most the overlap later. */
	visible: Seconds;
	/** From when on it is not pending any more. */
	final: Seconds;
	verdict: 'ready' | 'ignored';
	/** Somebody deletes it. */
	deleted: Seconds;
	/** Its date changes. */
	moves: readonly Move[];
	/** Whether that may be at any time, and the trigger knows. */
	mayMove: boolean;
}

/** A change of a row's date. */
export interface Move {
	at: Seconds;
	to: Seconds;
}

/** How a list behaves. */
export interface ListKind {
	order: 'newest first' | 'oldest first' | 'any';
	/** What Twilio makes of the lower bound; `after` does not include the bound itself. */
	filter: 'day' | 'from' | 'after' | 'none';
	pageSize: number;
	/** By the last row, or by the number of the page, so that rows shift. */
	paging: 'key' | 'offset';
	overlap: Seconds;
	/** Rows that one request and its following pages have at most. */
	windowSize?: number;
}

const day = 86_400;

/** A list of Twilio's, as hard to poll as the documentation allows. */
export class TwilioList {
	/** Seconds; moved by the test. */
	now: Seconds = 0;
	requests = 0;
	/** Page tokens given out before this second are not known any more. */
	tokensExpireBefore: Seconds = -Infinity;

	constructor(
		private readonly happenings: readonly Happening[],
		readonly kind: ListKind,
	) {}

	/** What a source would say of it. */
	get description(): DatedList {
		const { order, filter, overlap, windowSize } = this.kind;
		return {
			url: 'https://api.twilio.com/list',
			query: ({ since, until }) => ({
				since: filter === 'none' ? undefined : filter === 'day' ? utcDay(since) : isoSecond(since),
				until: until === undefined ? undefined : isoSecond(until),
			}),
			timeOf: (row) => (row.time === null ? undefined : (row.time as number)),
			sortedBy: order === 'any' ? undefined : (row) => (row.time === null ? undefined : (row.time as number)),
			mayMove: ({ mayMove }) => mayMove === true,
			judge: ({ verdict }) => verdict as 'ready' | 'pending' | 'ignored',
			overlap,
			...(windowSize !== undefined && { isCapped: true }),
		};
	}

	page(query: string): ListPage | Refusal {
		this.requests++;
		const parameters = new URLSearchParams(query);
		const token = parameters.get('token');
		if (token && Number(token.split('@')[1]) < this.tokensExpireBefore) return { refusal: new Error('Twilio refuses') };
		const rows = this.sorted(parameters);
		const { paging, pageSize } = this.kind;
		const [place = ''] = token?.split('@') ?? [];
		const start =
			token === null
				? 0
				: paging === 'offset'
					? Number(place)
					: rows.filter(({ key }) => compare(key, JSON.parse(place) as Key) <= 0).length;
		const page = rows.slice(start, start + pageSize);
		const isLast = start + pageSize >= rows.length;
		const following = paging === 'offset' ? String(start + pageSize) : JSON.stringify(page.at(-1)?.key);
		if (!isLast) parameters.set('token', `${following}@${this.now}`);
		return {
			rows: page.map(({ row }) => row),
			next: isLast ? undefined : parameters.toString(),
		};
	}

	private sorted(parameters: URLSearchParams): Array<{ row: Row; key: Key }> {
		const { filter, windowSize } = this.kind;
		const bound = (name: string) => {
			const text = parameters.get(name);
			return text === null ? undefined : Date.parse(text) / 1000;
		};
		const since = bound('since') ?? -Infinity;
		const until = bound('until') ?? Infinity;
		return this.happenings
			.filter(({ created, deleted }) => created <= this.now && this.now < deleted)
			.map((happening) => {
				const isDated = happening.visible <= this.now;
				const isFinal = happening.final <= this.now;
				const time = happening.moves.filter(({ at }) => at <= this.now).at(-1)?.to ?? happening.time;
				const row: Row = {
					sid: happening.sid,
					time: isDated ? time : null,
					verdict: isFinal ? happening.verdict : 'pending',
					mayMove: happening.mayMove,
				};
				return { row, key: this.keyOf({ sid: happening.sid, time }, isDated) };
			})
			.filter(({ row }) => {
				if (row.time === null) return since === -Infinity;
				const time = row.time as number;
				return (filter === 'after' ? time > since : time >= since) && time <= until;
			})
			.sort((a, b) => compare(a.key, b.key))
			.slice(0, windowSize);
	}

	private keyOf({ sid, time }: Pick<Happening, 'sid' | 'time'>, isDated: boolean): Key {
		const { order } = this.kind;
		if (order === 'any') return [scattered(sid), sid];
		if (!isDated) return [-Number.MAX_SAFE_INTEGER, sid];
		return [order === 'newest first' ? -time : time, sid];
	}
}

type Key = readonly [number, string];

const compare = ([a, aSid]: Key, [b, bSid]: Key) => a - b || (aSid < bSid ? -1 : aSid > bSid ? 1 : 0);

/** An order that has nothing to do with anything. */
function scattered(text: string): number {
	return [...text].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 1009, 7);
}

/** Midnight, so that days change within a history. */
export const epoch = 20_000 * day;
