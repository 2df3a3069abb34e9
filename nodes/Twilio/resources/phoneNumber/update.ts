import { phoneNumberSid } from '../../../shared/fields/sids';
import { defineOperation } from '../../operation/defineOperation';
import { toTwilioParameters } from '../../operation/twilioNames';
import { phoneNumberSettings } from './settings';

/** @see https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource#update-an-incomingphonenumber-resource */
export const updatePhoneNumber = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update a phone number',
	description: 'Change the name of a number and what happens on texts and calls; an option left empty is cleared',
	access: 'write',
	fields: [phoneNumberSid],
	options: phoneNumberSettings,
	sendsEmptyOptions: true,
	prepare: ({ parameters, twilio }) => ({
		method: 'POST',
		url: twilio.account(`IncomingPhoneNumbers/${parameters.phoneNumberSid}.json`),
		form: toTwilioParameters(parameters.options),
	}),
});
