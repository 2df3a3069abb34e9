import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { searchFirstPage } from './searchFirstPage';

/** The newest recordings. */
export async function searchRecordings(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchFirstPage(
		this,
		{
			list: (twilio) => ({ url: twilio.account('Recordings.json') }),
			toItem: ({ sid, date_created: created, duration, status }) => ({
				name: `${String(created)}, ${String(duration)} s (${String(status)})`,
				value: sid as string,
			}),
		},
		filter,
	);
}
