import type { IDataObject } from 'n8n-workflow';

import { channelSenders } from '../lists/channelSenders';
import { phoneNumbers } from '../lists/phoneNumbers';
import { search, type Dropdown, type ListSearch } from './dropdown';

/** The account's numbers that can send texts. */
const textNumbers: Dropdown = {
	list: phoneNumbers,
	value: 'phone_number',
	isChoice({ capabilities }: IDataObject) {
		const { sms, mms } = (capabilities ?? {}) as { sms?: boolean; mms?: boolean };
		return sms === true || mms === true;
	},
};

/** What a message can be sent from on the chosen channel. */
export const searchSenders: ListSearch = async function (filter) {
	const channel = this.getCurrentNodeParameter('channel') as string | undefined;
	const dropdown =
		channel === undefined || channel === 'sms'
			? textNumbers
			: { list: channelSenders, query: { Channel: channel }, value: 'sender_id' };
	return await search(this, dropdown, filter);
};
