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
	/** Number that sorts the rows, greatest first; rows with the same number: last come first. */
	order(row: R): number;
	/** Rows of this list only, for sub-lists. */
	within?(row: R, exchange: Exchange): boolean;
	filters?: Filters<R>;
	/** What is shown of a row; default: all. */
	show?(row: R, exchange: Exchange): object;
}

const paging = new Set(['Page', 'PageSize', 'PageToken']);

/**
 * Handler of a list in both dialects. Pages are cut by key, as Twilio does: a page token is `PA` and the SID of the last row of the
 * page, and the next page starts with the row that comes after that one *now*. A row that arrived on top in between shifts nothing.
 */
export function list<R extends Row>({ key, rows, order, within, filters = {}, show }: List<R>): Handler {
	const compare = (a: R, b: R) => order(b) - order(a) || arrival(b) - arrival(a);
	return (exchange) => {
		const { query } = exchange;
		const all = rows(exchange);
		all.forEach(arrival);
		const asked = Object.entries(query).filter(([name]) => !paging.has(name));
		const wanted = all
			.filter((row) => within?.(row, exchange) ?? true)
			.filter((row) => asked.every(([name, value]) => filters[name]?.(row, value) ?? true))
			.sort(compare);

		const size = Number(query.PageSize ?? 50);
		const [, direction, sid] = /^P([AB])(\w+)$/.exec(String(query.PageToken ?? '')) ?? [];
		const mark = sid === undefined ? undefined : rememberedRow(all, sid);
		if (query.PageToken !== undefined && !mark) throw new TwilioError(21481);

		const after = mark
			? wanted.filter((row) => (direction === 'A' ? compare(mark, row) < 0 : compare(row, mark) < 0))
			: wanted;
		const page = direction === 'B' ? after.slice(-size) : after.slice(0, size);
		const first = page.at(0);
		const last = page.at(-1);
		return envelope(
			exchange,
			key,
			page.map((row) => show?.(row, exchange) ?? row),
			{
				number: Number(query.Page ?? 0),
				size,
				previous: first && wanted[0] !== first ? `PB${first.sid}` : undefined,
				next: last && wanted.at(-1) !== last ? `PA${last.sid}` : undefined,
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
