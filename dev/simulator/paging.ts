import { TwilioError } from './errors';
import type { Filters } from './filters';
import type { Exchange, Handler } from './resource';
import { arrival, rememberedRow, type Row } from './rows';

/** How a list of rows is served. */
export interface List<R extends Row> {
	/** Name of the array in the answer. */
	key: string;
	/** All rows there are. */
	rows(exchange: Exchange): readonly R[];
	/** Date that sorts the rows, latest first; rows without one stand above all. Of the same date the last to come is first. */
	date?(row: R): string | null;
	/** Rows of this list only, for sub-lists. */
	within?(row: R, exchange: Exchange): boolean;
	filters?: Filters<R>;
	/** What is shown of a row; default: all. */
	show?(row: R, exchange: Exchange): object;
	/** Rows that all pages together have at most. */
	cap?: number;
}

/** Where a row stands in a list. Places are kept, because a list of 20,000 rows needs all of them for each page. */
interface Place<R> {
	row: R;
	date: string | null;
	/** The date in milliseconds. */
	order: number;
	arrival: number;
}

/** Greatest number first, and of the same number the last to come. */
const compare = (a: Place<Row>, b: Place<Row>) => b.order - a.order || b.arrival - a.arrival;

const paging = new Set(['Page', 'PageSize', 'PageToken']);

/**
 * Handler of a list in both dialects. Pages are cut by key, as Twilio does: a page token is `PA` and the SID of the last row of the
 * page, and the next page starts with the row that comes after that one *now*. A row that arrived on top in between shifts nothing.
 */
export function list<R extends Row>({ key, rows, date = () => '', within, filters = {}, show, cap }: List<R>): Handler {
	const places = new WeakMap<R, Place<R>>();
	const place = (row: R): Place<R> => {
		const now = date(row);
		let known = places.get(row);
		if (known?.date !== now) {
			const order = now === null ? Number.MAX_VALUE : Date.parse(now) || 0;
			known = { row, date: now, order, arrival: arrival(row) };
			places.set(row, known);
		}
		return known;
	};

	return (exchange) => {
		const { query } = exchange;
		const all = rows(exchange);
		const tests = Object.entries(query)
			.filter(([name]) => !paging.has(name))
			.map(([name, value]) => filters[name]?.(value) ?? (() => true));
		if (within) tests.push((row) => within(row, exchange));
		// All rows get their places, so that those that do not pass now still count as older than those to come.
		const wanted = all
			.map(place)
			.filter(({ row }) => tests.every((test) => test(row)))
			.sort(compare)
			.slice(0, cap);

		const size = Number(query.PageSize ?? 50);
		const [, direction, sid] = /^P([AB])(\w+)$/.exec(String(query.PageToken ?? '')) ?? [];
		const marked = sid === undefined ? undefined : rememberedRow(all, sid);
		if (query.PageToken !== undefined && !marked) throw new TwilioError(21481);
		const mark = marked && place(marked);

		const after = mark
			? wanted.filter((other) => (direction === 'A' ? compare(mark, other) < 0 : compare(other, mark) < 0))
			: wanted;
		const page = direction === 'B' ? after.slice(-size) : after.slice(0, size);
		const first = page.at(0);
		const last = page.at(-1);
		return envelope(
			exchange,
			key,
			page.map(({ row }) => show?.(row, exchange) ?? row),
			{
				number: Number(query.Page ?? 0),
				size,
				previous: first && wanted[0] !== first ? `PB${first.row.sid}` : undefined,
				next: last && wanted.at(-1) !== last ? `PA${last.row.sid}` : undefined,
			},
		);
	};
}

interface PagePosition {
	number: number;
	size: number;
	previous?: string;
	next?: string;
}

function envelope(
	exchange: Exchange,
	key: string,
	rows: object[],
	{ number, size, previous, next }: PagePosition,
): object {
	const link = (page: number, token?: string) => {
		const query = new URLSearchParams(exchange.rawQuery.filter(([name]) => !paging.has(name)));
		query.set('PageSize', String(size));
		query.set('Page', String(page));
		if (token) query.set('PageToken', token);
		return `${exchange.requestPath}?${query}`;
	};
	const links = {
		first: link(0),
		here: link(number, exchange.query.PageToken as string | undefined),
		next: next ? link(number + 1, next) : null,
		previous: previous ? link(Math.max(number - 1, 0), previous) : null,
	};
	if (exchange.product === 'api') {
		const start = number * size;
		return {
			first_page_uri: links.first,
			end: Math.max(start + rows.length - 1, start),
			previous_page_uri: links.previous,
			[key]: rows,
			uri: links.here,
			page_size: size,
			start,
			next_page_uri: links.next,
			page: number,
		};
	}
	const absolute = (path: string | null) => path && exchange.productUrl + path;
	return {
		meta: {
			page: number,
			page_size: size,
			first_page_url: absolute(links.first),
			previous_page_url: absolute(links.previous),
			url: absolute(links.here),
			next_page_url: absolute(links.next),
			key,
		},
		[key]: rows,
	};
}
