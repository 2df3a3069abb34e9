import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { createTwilioClient, type TwilioClient } from '../../shared/api/client';
import { credentialType, type TwilioCredentials } from '../../shared/api/credentials';
import type { Page } from '../../shared/api/pages';
import type { TwilioParameters } from '../../shared/api/parameters';

/** A dropdown: the list it shows, and how its rows look there. */
export interface Dropdown {
	list(twilio: TwilioClient): { url: string; query?: TwilioParameters };
	/** `undefined` for rows that are no choice. */
	toItem(row: IDataObject): INodeListSearchItems | undefined;
}

/** Rows that a dropdown reads and searches; one page, so that opening it never walks a large account's history. */
const pageSize = 100;

/** Fills a dropdown with the first page of its list, limited to what the user typed. */
export async function searchFirstPage(
	context: ILoadOptionsFunctions,
	{ list, toItem }: Dropdown,
	filter = '',
): Promise<INodeListSearchResult> {
	const credentials = await context.getCredentials<TwilioCredentials & IDataObject>(credentialType);
	const twilio = createTwilioClient(context, credentials);
	const { url, query } = list(twilio);
	const { value: page } = await twilio.pages(url, { ...query, PageSize: pageSize }).next();
	const results = ((page as Page | undefined)?.rows ?? [])
		.map(toItem)
		.filter((item) => item !== undefined)
		.filter(({ name, value }) => `${name} ${String(value)}`.toLowerCase().includes(filter.trim().toLowerCase()));
	return { results };
}
