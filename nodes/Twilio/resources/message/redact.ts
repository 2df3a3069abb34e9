import { messageSid } from '../../../shared/fields/sids';
import { defineOperation } from '../../operation/defineOperation';

/** @see https://www.twilio.com/docs/messaging/api/message-resource#update-a-message-resource */
export const redactMessage = defineOperation({
	name: 'Redact',
	value: 'redact',
	action: 'Redact a message',
	description: 'Empty the body of a message at Twilio for good and keep the rest of its record',
	access: 'write',
	fields: [messageSid],
	reservedNames: ['Body', 'Status'],
	prepare: ({ parameters, twilio }) => ({
		method: 'POST',
		url: twilio.account(`Messages/${parameters.messageSid}.json`),
		form: { Body: '' },
	}),
});
