import { messageSid } from '../../../shared/fields/sids';
import { defineOperation } from '../../operation/defineOperation';

/** @see https://www.twilio.com/docs/messaging/api/message-resource#delete-a-message-resource */
export const deleteMessage = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a message',
	description: 'Delete a message and its media from Twilio for good; it must have reached a final status',
	access: 'delete',
	fields: [messageSid],
	prepare: ({ parameters: { messageSid: sid }, twilio }) => ({
		method: 'DELETE',
		url: twilio.account(`Messages/${sid}.json`),
		sid,
	}),
});
