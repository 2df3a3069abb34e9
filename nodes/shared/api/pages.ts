import type { IDataObject } from 'n8n-workflow';
import { UnexpectedError, UserError } from 'n8n-workflow';

import { parseUrl } from './parseUrl';

/** One page of a list. */
export interface Page {
	rows: IDataObject[];
	/** Absolute URL of the following page. */
	next?: string;
	/** When Twilio answered, by its own clock: the `Date` header, which a gateway may have taken out. */
	date?: string;
}

/** The largest page that Twilio's lists give; a few products have smaller ones. */
export const maxPageSize = 1000;

/**
 * Reads both dialects of lists: `next_page_uri` (relative, 2010 API) beside the one array, and `meta.next_page_url`
 * (absolute) with the array's name in `meta.key`.
 *
 * @param url of the request that was answered with `body`
 * @throws UserError for a following page on another host, since it would be sent the credential
 * @see https://www.twilio.com/docs/usage/twilios-response#pagination
 */
export function readPage(url: string, body: unknown): Page {
	const list = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
	const meta = (list.meta ?? {}) as { key?: string; next_page_url?: string | null };
	const rows = meta.key === undefined ? Object.values(list).find(Array.isArray) : list[meta.key];
	if (!Array.isArray(rows)) {
		throw new UnexpectedError('The answer has no list in it. Check the base URL of the credential.');
	}
	const next = (list.next_page_uri as string | null | undefined) ?? meta.next_page_url ?? undefined;
	return { rows: rows as IDataObject[], ...(next ? { next: resolveNext(url, next) } : {}) };
}

/**
 * The pages of a list, from link to link.
 *
 * @param read asks for one page
 * @throws UnexpectedError where a link leads to a page that was read before: such a list never ends
 */
export async function* followPages<P extends Page>(url: string, read: (url: string) => Promise<P>): AsyncGenerator<P> {
	const known = new Set<string>();
	for (let next: string | undefined = url; next !== undefined;) {
		const place = placeOf(next);
		if (known.has(place))
			throw new UnexpectedError(`The list leads back to a page that was read before: ${nameOf(next)}`);
		known.add(place);
		const page: P = await read(next);
		yield page;
		next = page.next;
	}
}

/** Which rows of a list are wanted. */
export interface RowSelection {
	/** Stop after this many rows; absent: all there are. */
	limit?: number;
	/** Rows for which it is false are left out, and do not count for the limit. */
	keep?: (row: IDataObject) => boolean;
}

/** Rows from page to page, each SID once: rows shift between pages while new ones arrive. */
export async function collectRows(
	pages: AsyncIterable<Page>,
	{ limit = Infinity, keep = () => true }: RowSelection,
): Promise<IDataObject[]> {
	const rows = new Map<unknown, IDataObject>();
	for await (const page of pages) {
		for (const row of page.rows) {
			if (!rows.has(row.sid) && keep(row)) rows.set(row.sid ?? row, row);
			if (rows.size >= limit) return [...rows.values()];
		}
	}
	return [...rows.values()];
}

function resolveNext(url: string, next: string): string {
	const base = url.split('/2010-04-01/')[0] as string;
	const resolved = /^\/(?![/\\])/.test(next) ? `${base}${next}` : next;
	// As parsed, and so with any user name in it: `https:user@host/` needs no slashes.
	const target = parseUrl(resolved)?.href ?? '';
	if (!target.startsWith(`${new URL(url).origin}/`)) {
		throw new UserError('The list continues on another host, which is not followed: it would be sent the credential.');
	}
	if (placeOf(target) === placeOf(url)) {
		throw new UnexpectedError(`The list names the same page as its next one: ${nameOf(target)}`);
	}
	return target;
}

/** What tells the pages of a list apart. Twilio counts them as well, in `Page`, but a token alone says where one begins. */
function placeOf(url: string): string {
	const { origin, pathname, searchParams } = new URL(url);
	if (searchParams.has('PageToken')) searchParams.delete('Page');
	searchParams.sort();
	return `${origin}${pathname}?${searchParams.toString()}`;
}

/** A page's name for an error: without the filters, which may be phone numbers, and without the base URL. */
function nameOf(url: string): string {
	const { pathname, searchParams } = new URL(url);
	const paging = [...searchParams].filter(([name]) => /^page(token)?$/i.test(name));
	const query = paging.map((pair) => pair.join('=')).join('&');
	return `${pathname.split('/').at(-1)}${query && '?'}${query}`;
}
