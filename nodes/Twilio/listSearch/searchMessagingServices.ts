import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { searchFirstPage } from './searchFirstPage';

/** @see https://www.twilio.com/docs/messaging/api/service-resource */
export async function searchMessagingServices(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchFirstPage(
		this,
		{
			list: (twilio) => ({ url: twilio.product('messaging', 'v1/Services') }),
			toItem: ({ sid, friendly_name: name }) => ({ name: name as string, value: sid as string }),
		},
		filter,
	);
}
