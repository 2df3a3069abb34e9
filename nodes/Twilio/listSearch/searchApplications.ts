import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { searchFirstPage } from './searchFirstPage';

/** @see https://www.twilio.com/docs/usage/api/applications */
export async function searchApplications(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchFirstPage(
		this,
		{
			list: (twilio) => ({ url: twilio.account('Applications.json') }),
			toItem: ({ sid, friendly_name: name }) => ({ name: name as string, value: sid as string }),
		},
		filter,
	);
}
