import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { searchFirstPage } from './searchFirstPage';

/** @see https://www.twilio.com/docs/content/content-api-resources */
export async function searchContentTemplates(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchFirstPage(
		this,
		{
			list: (twilio) => ({ url: twilio.product('content', 'v1/Content') }),
			toItem: ({ sid, friendly_name: name, language }) => ({
				name: `${String(name)} (${String(language)})`,
				value: sid as string,
			}),
		},
		filter,
	);
}
