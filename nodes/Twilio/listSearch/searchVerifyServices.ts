import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { searchFirstPage } from './searchFirstPage';

/** @see https://www.twilio.com/docs/verify/api/service */
export async function searchVerifyServices(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchFirstPage(
		this,
		{
			list: (twilio) => ({ url: twilio.product('verify', 'v2/Services') }),
			toItem: ({ sid, friendly_name: name }) => ({ name: name as string, value: sid as string }),
		},
		filter,
	);
}
