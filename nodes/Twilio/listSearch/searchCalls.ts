import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { searchFirstPage } from './searchFirstPage';

/** The newest calls. */
export async function searchCalls(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchFirstPage(
		this,
		{
			list: (twilio) => ({ url: twilio.account('Calls.json') }),
			toItem: ({ sid, from, to, start_time: startTime, status }) => ({
				name: `${String(from)} → ${String(to)}, ${String(startTime ?? 'not started')} (${String(status)})`,
				value: sid as string,
			}),
		},
		filter,
	);
}
