import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { searchFirstPage } from './searchFirstPage';

/** Characters of a body that a choice shows. */
const previewLength = 40;

/** The newest messages. */
export async function searchMessages(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchFirstPage(
		this,
		{
			list: (twilio) => ({ url: twilio.account('Messages.json') }),
			toItem: ({ sid, from, to, body, status }) => ({
				name: `${String(from ?? '?')} → ${String(to)}: ${String(body ?? '').slice(0, previewLength)} (${String(status)})`,
				value: sid as string,
			}),
		},
		filter,
	);
}
