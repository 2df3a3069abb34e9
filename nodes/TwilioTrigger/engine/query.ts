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
