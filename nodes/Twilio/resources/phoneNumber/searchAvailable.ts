import { UserError } from 'n8n-workflow';

import { defineOperation } from '../../operation/defineOperation';
import { toTwilioParameters } from '../../operation/twilioNames';

/** @see https://www.twilio.com/docs/phone-numbers/api/availablephonenumber-resource */
export const searchAvailablePhoneNumbers = defineOperation({
	name: 'Search Available',
	value: 'searchAvailable',
	action: 'Search available phone numbers',
	description: 'Find numbers that can be bought; searching costs nothing',
	access: 'read',
	fields: [
		{
			displayName: 'Country Code',
			name: 'countryCode',
			type: 'string',
			default: 'US',
			required: true,
			placeholder: 'e.g. US',
			description: 'Two letters of the country, ISO 3166-1 alpha-2',
		},
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: [
				{ name: 'Local', value: 'Local' },
				{ name: 'Mobile', value: 'Mobile' },
				{ name: 'Toll Free', value: 'TollFree' },
			],
			default: 'Local',
			description: 'Kind of number; not every country has all of them',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			description: 'Max number of results to return',
		},
	],
	filters: [
		{
			displayName: 'Area Code',
			name: 'areaCode',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 415,
			description: 'Only numbers with this area code; US and Canada',
		},
		{
			displayName: 'Contains',
			name: 'contains',
			type: 'string',
			default: '',
			placeholder: 'e.g. 555****',
			description: 'Pattern of digits and letters, with * for any digit; at least two characters',
		},
		{
			displayName: 'In Locality',
			name: 'inLocality',
			type: 'string',
			default: '',
			placeholder: 'e.g. San Francisco',
			description: 'Only numbers of this city',
		},
		{
			displayName: 'In Postal Code',
			name: 'inPostalCode',
			type: 'string',
			default: '',
			placeholder: 'e.g. 94105',
			description: 'Only numbers of this postal code; US and Canada',
		},
		{
			displayName: 'In Region',
			name: 'inRegion',
			type: 'string',
			default: '',
			placeholder: 'e.g. CA',
			description: 'Only numbers of this state or province; US and Canada',
		},
		{
			displayName: 'MMS Enabled',
			name: 'mmsEnabled',
			type: 'boolean',
			default: true,
			description: 'Whether the number must be able to send pictures',
		},
		{
			displayName: 'SMS Enabled',
			name: 'smsEnabled',
			type: 'boolean',
			default: true,
			description: 'Whether the number must be able to text',
		},
		{
			displayName: 'Voice Enabled',
			name: 'voiceEnabled',
			type: 'boolean',
			default: true,
			description: 'Whether the number must be able to call',
		},
	],
	reservedNames: ['PageSize'],
	prepare({ parameters, twilio }) {
		if (!/^[A-Za-z]{2}$/.test(parameters.countryCode)) {
			throw new UserError("'Country Code' must be two letters, such as US");
		}
		const path = `AvailablePhoneNumbers/${parameters.countryCode.toUpperCase()}/${parameters.type}.json`;
		const query = toTwilioParameters(parameters.filters);
		return { method: 'GET', url: twilio.account(path), query, limit: parameters.limit };
	},
	execute: async ({ url, query, limit }, { twilio }) => await twilio.list(url, { query, limit }),
});
