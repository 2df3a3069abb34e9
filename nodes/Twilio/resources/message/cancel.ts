import { messageSid } from '../../../shared/fields/sids';
import { defineOperation } from '../../operation/defineOperation';

/** @see https://www.twilio.com/docs/messaging/features/message-scheduling#cancel-a-scheduled-message */
export const cancelMessage = defineOperation({
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel a scheduled message',
	description: 'Cancel a scheduled message before it is sent',
	access: 'write',
	fields: [messageSid],
	reservedNames: ['Body', 'Status'],
	prepare: ({ parameters, twilio }) => ({
		method: 'POST',
		url: twilio.account(`Messages/${parameters.messageSid}.json`),
		form: { Status: 'canceled' },
	}),
});
