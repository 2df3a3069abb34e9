import { encodeParameters } from '../../shared/api/parameters';
import type { DatedList, Range } from './list';

/** The largest page that Twilio's lists give, so that a poll that finds nothing costs one request. */
const pageSize = 1000;

/** The query of the first page of a list without dates. */
export const wholeQuery = encodeParameters({ PageSize: pageSize }).toString();

/** The query of a list's first page. With one second to spare, since Twilio's filters differ in whether their bound is included. */
export function firstQuery(list: DatedList, { since, until }: Range): string {
	return encodeParameters({ ...list.query({ since: since - 1, until }), PageSize: pageSize }).toString();
}

/** What was asked for, so that a list whose pages lead back to one of them comes to an end. */
export class AskedPages {
	private readonly places = new Set<string>();

	get size(): number {
		return this.places.size;
	}

	add(query: string): void {
		this.places.add(placeOf(query));
	}

	has(query: string): boolean {
		return this.places.has(placeOf(query));
	}

	clear(): void {
		this.places.clear();
	}
}

/** Where a page begins. Twilio counts pages as well, in `Page`, but a token alone says where one begins. */
function placeOf(query: string): string {
	const parameters = new URLSearchParams(query);
	if (parameters.has('PageToken')) parameters.delete('Page');
	parameters.sort();
	return parameters.toString();
}

/** What the log is told of such a list. */
export const circleNotice = 'The pages of the list lead back to one that was read; it is taken to end there';
