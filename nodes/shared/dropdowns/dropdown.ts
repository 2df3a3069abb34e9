import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { createTwilioClient } from '../api/client';
import { credentialType, type TwilioCredentials } from '../api/credentials';
import { encodeParameters, withQuery, type TwilioParameters } from '../api/parameters';
import type { TwilioList } from '../lists/list';

/** What a dropdown shows of a list. */
export interface Dropdown {
	list: Pick<TwilioList, 'url' | 'label'>;
	query?: TwilioParameters;
	/** The row's field with the value that is chosen; `sid` unless given. */
	value?: string;
	/** Whether a row is a choice; absent: all are. */
	isChoice?(row: IDataObject): boolean;
}

/** A method of a node that fills a dropdown with what the user typed in mind. */
export type ListSearch = (this: ILoadOptionsFunctions, filter?: string) => Promise<INodeListSearchResult>;

/** Rows that a dropdown reads and searches; one page, so that opening it never walks a large account's history. */
const pageSize = 100;

/** The method for a dropdown of SIDs. */
export function searchList(list: Dropdown['list']): ListSearch {
	return async function (filter) {
		return await search(this, { list }, filter);
	};
}

/** Fills a dropdown with the first page of its list, limited to what the user typed. */
export async function search(
	context: ILoadOptionsFunctions,
	{ list, query, value = 'sid', isChoice = () => true }: Dropdown,
	filter = '',
): Promise<INodeListSearchResult> {
	const credentials = await context.getCredentials<TwilioCredentials & IDataObject>(credentialType);
	const twilio = createTwilioClient(context, credentials);
	const typed = filter.trim().toLowerCase();
	const toItem = (row: IDataObject): INodeListSearchItems => ({ name: list.label(row), value: row[value] as string });
	const { rows } = await twilio.page(withQuery(list.url(twilio), encodeParameters({ ...query, PageSize: pageSize })));
	const items = rows.filter(isChoice).map(toItem);
	return { results: items.filter((item) => `${item.name} ${String(item.value)}`.toLowerCase().includes(typed)) };
}
