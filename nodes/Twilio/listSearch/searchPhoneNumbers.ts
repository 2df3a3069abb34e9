import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { searchFirstPage } from './searchFirstPage';

/** All numbers of the account, for what is done with a number itself. */
export async function searchPhoneNumbers(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchFirstPage(
		this,
		{
			list: (twilio) => ({ url: twilio.account('IncomingPhoneNumbers.json') }),
			toItem: ({ sid, phone_number: number, friendly_name: name }) => ({
				name: name === number ? String(number) : `${String(number)} (${String(name)})`,
				value: sid as string,
			}),
		},
		filter,
	);
}
