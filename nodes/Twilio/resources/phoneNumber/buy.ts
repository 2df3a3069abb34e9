import { normalizePhoneNumber } from '../../../shared/fields/phoneNumber';
import { defineOperation } from '../../operation/defineOperation';
import { toTwilioParameters } from '../../operation/twilioNames';
import { phoneNumberSettings } from './settings';

/** @see https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource#create-an-incomingphonenumber-resource */
export const buyPhoneNumber = defineOperation({
	name: 'Buy',
	value: 'buy',
	action: 'Buy a phone number',
	description: 'Buy a number: costs money now and every month until it is released',
	access: 'write',
	fields: [
		{
			displayName: 'Phone Number',
			name: 'phoneNumber',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. +14155552671',
			description: "The number to buy, as 'Search Available' gives it. Costs money now and every month.",
		},
	],
	options: phoneNumberSettings,
	prepare({ parameters, twilio }) {
		const number = normalizePhoneNumber(parameters.phoneNumber);
		return {
			method: 'POST',
			url: twilio.account('IncomingPhoneNumbers.json'),
			form: { PhoneNumber: number, ...toTwilioParameters(parameters.options) },
			recipient: number,
		};
	},
});
