import { normalizePhoneNumber } from '../../../shared/fields/phoneNumber';
import { defineListOperation } from '../../operation/defineListOperation';
import { phoneNumberRow } from './row';

/** @see https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource */
export const getManyPhoneNumbers = defineListOperation({
	action: 'Get many phone numbers',
	description: 'Get the numbers of the account',
	fields: [],
	filters: [
		{
			displayName: 'Friendly Name',
			name: 'friendlyName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Support',
			description: 'Only numbers with exactly this name',
		},
		{
			displayName: 'Phone Number',
			name: 'phoneNumber',
			type: 'string',
			default: '',
			placeholder: 'e.g. +1415',
			description: 'Only this number; a part of it is enough',
		},
	],
	row: phoneNumberRow,
	list: ({ twilio, parameters: { filters } }) => ({
		url: twilio.account('IncomingPhoneNumbers.json'),
		query: {
			FriendlyName: filters.friendlyName,
			PhoneNumber: filters.phoneNumber && normalizePhoneNumber(filters.phoneNumber),
		},
	}),
});
