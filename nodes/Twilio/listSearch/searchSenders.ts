import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { searchFirstPage, type Dropdown } from './searchFirstPage';

/**
 * The account's numbers that can send texts.
 *
 * @see https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
 */
const phoneNumbers: Dropdown = {
	list: (twilio) => ({ url: twilio.account('IncomingPhoneNumbers.json') }),
	toItem: ({ phone_number: number, friendly_name: name, capabilities }) => {
		const { sms, mms } = (capabilities ?? {}) as { sms?: boolean; mms?: boolean };
		if (!sms && !mms) return undefined;
		return { name: name === number ? String(number) : `${String(number)} (${String(name)})`, value: number as string };
	},
};

/**
 * The senders of another channel, such as approved WhatsApp numbers.
 *
 * @see https://www.twilio.com/docs/whatsapp/api/senders
 */
const channelSenders = (channel: string): Dropdown => ({
	list: (twilio) => ({ url: twilio.product('messaging', 'v2/Channels/Senders'), query: { Channel: channel } }),
	toItem: ({ sender_id: sender, status, profile }) => {
		const { name } = (profile ?? {}) as IDataObject;
		const details = [name, status].filter(Boolean).join(', ');
		return { name: details ? `${String(sender)} (${details})` : String(sender), value: sender as string };
	},
});

/** What a message can be sent from on the chosen channel. */
export async function searchSenders(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const channel = this.getCurrentNodeParameter('channel') as string | undefined;
	return await searchFirstPage(
		this,
		channel === undefined || channel === 'sms' ? phoneNumbers : channelSenders(channel),
		filter,
	);
}
