import { phoneNumberSid } from '../../../shared/fields/sids';
import { defineOperation } from '../../operation/defineOperation';

/** @see https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource#delete-an-incomingphonenumber-resource */
export const releasePhoneNumber = defineOperation({
	name: 'Release',
	value: 'release',
	action: 'Release a phone number',
	description: 'Give a number back to Twilio: what was paid for it is lost, and somebody else may get it',
	access: 'delete',
	fields: [phoneNumberSid],
	prepare: ({ parameters: { phoneNumberSid: sid }, twilio }) => ({
		method: 'DELETE',
		url: twilio.account(`IncomingPhoneNumbers/${sid}.json`),
		sid,
	}),
});
