import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { searchFirstPage } from './searchFirstPage';

/** A choice of a number, with the name that the user gave it. */
function toItem({ phone_number: number, friendly_name: name }: IDataObject): INodeListSearchItems {
	return { name: name === number ? String(number) : `${String(number)} (${String(name)})`, value: number as string };
}

/**
 * What a call can be made from: the account's numbers that have voice, and numbers verified as caller IDs.
 *
 * @see https://www.twilio.com/docs/voice/api/outgoing-caller-ids
 */
export async function searchCallerIds(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const [numbers, callerIds] = await Promise.all([
		searchFirstPage(
			this,
			{
				list: (twilio) => ({ url: twilio.account('IncomingPhoneNumbers.json') }),
				toItem: (row) => ((row.capabilities as { voice?: boolean } | null)?.voice ? toItem(row) : undefined),
			},
			filter,
		),
		searchFirstPage(this, { list: (twilio) => ({ url: twilio.account('OutgoingCallerIds.json') }), toItem }, filter),
	]);
	return { results: [...numbers.results, ...callerIds.results] };
}
