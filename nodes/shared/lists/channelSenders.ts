import type { IDataObject } from 'n8n-workflow';

import { definePlainList } from './list';

/**
 * The senders of a channel, such as approved WhatsApp numbers. Twilio wants to know the channel.
 *
 * @see https://www.twilio.com/docs/whatsapp/api/senders
 */
export const channelSenders = definePlainList({
	url: (twilio) => twilio.product('messaging', 'v2/Channels/Senders'),
	label({ sender_id: sender, status, profile }) {
		const { name } = (profile ?? {}) as IDataObject;
		const details = [name, status].filter(Boolean).join(', ');
		return details ? `${String(sender)} (${details})` : String(sender);
	},
});
