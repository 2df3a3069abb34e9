import { Seen, type DatedCursor } from '../../../nodes/TwilioTrigger/engine/cursor';
import { readDated } from '../../../nodes/TwilioTrigger/engine/dated';
import type { ListPage } from '../../../nodes/TwilioTrigger/engine/page';
import { isoSecond, type Seconds } from '../../../nodes/shared/lists/listDate';
import type { DatedList, Row } from '../../../nodes/TwilioTrigger/engine/list';

const pageSize = 1000;
const cap = 10_000;
const hour = 3600;

/** A list of many rows, which can only be asked for from a second on and, if it is capped, up to a second. */
class LongList {
	now: Seconds = 2_000_000_000;
	requests = 0;
	/** In the order of the list, backwards: what comes later is appended. */
	private readonly rows: Row[] = [];
	private readonly places = new Map<unknown, number>();

	constructor(readonly description: DatedList) {}

	add(count: number, timeOf: (index: number) => Seconds): void {
		for (let index = 0; index < count; index++) {
			const sid = `SM${String(this.rows.length).padStart(32, '0')}`;
			this.places.set(sid, this.rows.length);
			this.rows.push({ sid, time: timeOf(index) });
		}
	}

	get size(): number {
		return this.rows.length;
	}

	fetchPage = async (query: string): Promise<ListPage> => {
		this.requests++;
		const parameters = new URLSearchParams(query);
		const second = (name: string) => Date.parse(parameters.get(name) ?? '') / 1000;
		const token = parameters.get('after');
		const given = Number(parameters.get('given'));
		let place = (token === null ? this.rows.length : (this.places.get(token) as number)) - 1;
		const rows: Row[] = [];
		const room = this.description.isCapped ? Math.min(pageSize, cap - given) : pageSize;
		for (; place >= 0 && rows.length < room; place--) {
			const row = this.rows[place] as Row;
			if (!((row.time as number) < second('since')) && !((row.time as number) > second('until'))) rows.push(row);
		}
		const isLast = place < 0 || (this.description.isCapped && given + rows.length >= cap);
		parameters.set('after', String(rows.at(-1)?.sid));
		parameters.set('given', String(given + rows.length));
		return { rows, date: this.now, ...(!isLast && { next: parameters.toString() }) };
	};
}

const time = (row: Row) => row.time as Seconds;

const lists: Record<string, DatedList> = {
	'sorted by its date': {
		url: '',
		query: ({ since }) => ({ since: isoSecond(since) }),
		timeOf: time,
		judge: () => 'ready',
		sortedBy: time,
		overlap: 900,
	},
	'sorted by another date': { url: '', query: () => ({}), timeOf: time, judge: () => 'ready', overlap: 900 },
	'with 10,000 rows for one request': {
		url: '',
		query: ({ since, until }) => ({ since: isoSecond(since), until: until && isoSecond(until) }),
		timeOf: time,
		judge: () => 'ready',
		overlap: 3600,
		isCapped: true,
	},
};

interface Life {
	limit: number;
	/** Pages that there is time for in one poll. */
	pages?: number;
	/** Rows that come between two polls. */
	arriving?: number;
	polls: number;
}

async function live(list: LongList, { limit, pages = Infinity, arriving = 0, polls }: Life) {
	let cursor: DatedCursor = { floor: list.now - 30 * 24 * hour, seen: new Seen() };
	const emitted: Row[] = [];
	const notices: string[] = [];
	let stored = 0;
	for (let count = 0; count < polls; count++) {
		let requests = 0;
		const polled = await readDated(list.description, cursor, {
			limit,
			fetchPage: async (query) => (requests++, await list.fetchPage(query)),
			mayContinue: () => requests < pages,
			clock: () => list.now * 1000,
			onNotice: (notice) => notices.push(notice),
		});
		expect(polled.emit.map(time)).toEqual(polled.emit.map(time).sort((a, b) => a - b));
		emitted.push(...polled.emit);
		({ cursor } = polled);
		stored = Math.max(stored, JSON.stringify({ ...cursor, seen: cursor.seen.toJson() }).length);
		list.now += 60;
		list.add(arriving, () => list.now);
	}
	return { emitted, notices, stored };
}

describe.each(Object.entries(lists))('100,000 rows of a list %s', (name, description) => {
	/** Calls that end in another order than they began. */
	const endOf = (start: Seconds, index: number) =>
		name !== 'sorted by another date' ? start : start + ((index * 7919) % (3 * hour));

	it('come with 50 a poll, for 100 requests and one for each poll, and all of them once', async () => {
		const list = new LongList(description);
		list.add(100_000, (index) => endOf(list.now - 48 * hour + index, index));
		const { emitted, stored } = await live(list, { limit: 50, arriving: 1, polls: 2000 });
		expect(new Set(emitted.map(({ sid }) => sid)).size).toBe(100_000);
		expect(emitted).toHaveLength(100_000);
		expect(list.requests).toBeLessThan(100 + 2000 + 200);
		expect(stored).toBeLessThan(100_000);
	}, 60_000);

	it('come too where there is time for one page in a poll', async () => {
		const list = new LongList(description);
		list.add(20_000, (index) => endOf(list.now - 48 * hour + index, index));
		const { emitted } = await live(list, { limit: 1000, pages: 1, polls: 60 });
		expect(new Set(emitted.map(({ sid }) => sid)).size).toBe(20_000);
		expect(emitted).toHaveLength(20_000);
	});
});

describe('the log', () => {
	const list = () => new LongList(lists['sorted by its date'] as DatedList);

	it('hears of a backlog once, and again when it has doubled', async () => {
		const growing = list();
		const { notices } = await live(growing, { limit: 10, arriving: 15, polls: 200 });
		expect(notices.length).toBeGreaterThan(1);
		expect(notices.length).toBeLessThan(7);
		expect(notices[0]).toMatch(/^\d+ rows wait for the next polls\. Raise "Limit", or poll more often$/);
		expect(notices[1]).toMatch(/^\d+ rows wait for the next polls, and \d+ did before\. Raise/);
	});

	it('hears of none that a few polls are enough for', async () => {
		const short = list();
		short.add(80, () => short.now);
		expect((await live(short, { limit: 10, polls: 20 })).notices).toEqual([]);
	});

	it.each([
		[29, 'Twilio keeps such rows for 30 days, and some of '],
		[31, 'Twilio keeps such rows for 30 days, so that those since '],
	])('hears of rows that are %d days old, once a day', async (days, text) => {
		const old = new LongList({ ...(lists['sorted by its date'] as DatedList), maxAge: 30 * 24 * hour - hour });
		old.add(100, (index) => old.now - days * 24 * hour + index * hour);
		const cursor: DatedCursor = { floor: old.now - days * 24 * hour, seen: new Seen() };
		const notices: string[] = [];
		let next = cursor;
		for (let count = 0; count < 3; count++) {
			({ cursor: next } = await readDated(old.description, next, {
				limit: 2,
				fetchPage: old.fetchPage,
				mayContinue: () => true,
				clock: () => old.now * 1000,
				onNotice: (notice) => notices.push(notice),
			}));
			old.now += 60;
		}
		expect(notices.filter((notice) => notice.includes('days'))).toEqual([expect.stringContaining(text)]);
	});

	it.each([
		['a day ahead', 86_400],
		['twenty years behind', -20 * 365 * 86_400],
	])('hears of an answer that is dated %s, which changes nothing', async (_, by) => {
		const strange = list();
		strange.add(300, () => strange.now);
		const notices: string[] = [];
		let cursor: DatedCursor = { floor: strange.now - 60, seen: new Seen() };
		const emitted: unknown[] = [];
		for (let count = 0; count < 8; count++) {
			const polled = await readDated(strange.description, cursor, {
				limit: 50,
				fetchPage: async (query) => ({ ...(await strange.fetchPage(query)), date: strange.now + by }),
				mayContinue: () => true,
				clock: () => strange.now * 1000,
				onNotice: (notice) => notices.push(notice),
			});
			({ cursor } = polled);
			emitted.push(...polled.emit.map(({ sid }) => sid));
			strange.now += 60;
		}
		expect(new Set(emitted).size).toBe(300);
		expect(emitted).toHaveLength(300);
		expect(notices).toEqual([expect.stringMatching(/^Twilio's answer is dated .* this machine's clock says /)]);
		expect(cursor.floor).toBeLessThanOrEqual(strange.now);
	});
});
