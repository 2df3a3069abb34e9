import type { IDataObject } from 'n8n-workflow';

import { normalizePhoneNumber } from '../fields/phoneNumber';
import { defineList } from './list';

/** A number, with the name that the user gave it. */
export function numberLabel({ phone_number: number, friendly_name: name }: IDataObject): string {
	return name === number ? String(number) : `${String(number)} (${String(name)})`;
}

/**
 * The account's numbers.
 *
 * @see https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource#read-multiple-incomingphonenumber-resources
 */
export const phoneNumbers = defineList({
	url: (twilio) => twilio.account('IncomingPhoneNumbers.json'),
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
	query: ({ friendlyName, phoneNumber }) => ({
		FriendlyName: friendlyName,
		PhoneNumber: phoneNumber && normalizePhoneNumber(phoneNumber),
	}),
	dates: { created: { field: 'date_created' } },
	label: numberLabel,
});
