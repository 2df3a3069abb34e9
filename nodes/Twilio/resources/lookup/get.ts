import { normalizePhoneNumber } from '../../../shared/fields/phoneNumber';
import { defineOperation } from '../../operation/defineOperation';
import { onCode } from '../../operation/onCode';

/** Twilio's code for numbers that cannot be one at all; those that only do not exist are answered with `valid: false`. */
const notANumber = 20404;

/** @see https://www.twilio.com/docs/lookup/v2-api */
export const getLookup = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Look up a phone number',
	description: 'Check whether a number is valid and format it, for free; each added field costs money',
	access: 'read',
	fields: [
		{
			displayName: 'Phone Number',
			name: 'phoneNumber',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. +14155552671',
			description: 'With country code in E.164 format, or as written in the country given in the options',
		},
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'multiOptions',
			options: [
				{ name: 'Call Forwarding', value: 'call_forwarding' },
				{ name: 'Caller Name', value: 'caller_name', description: 'US numbers only' },
				{ name: 'Identity Match', value: 'identity_match' },
				{ name: 'Line Status', value: 'line_status' },
				{
					name: 'Line Type',
					value: 'line_type_intelligence',
					description: 'Mobile, landline or VoIP, and the carrier',
				},
				{ name: 'Phone Number Quality Score', value: 'phone_number_quality_score' },
				{ name: 'Pre-Fill', value: 'pre_fill' },
				{ name: 'Reassigned Number', value: 'reassigned_number' },
				{ name: 'SIM Swap', value: 'sim_swap' },
				{ name: 'SMS Pumping Risk', value: 'sms_pumping_risk' },
				{ name: 'Validation', value: 'validation', description: 'Free, always included' },
			],
			default: [],
			description: 'What to find out beyond the validity. Each field costs money, for every number looked up.',
		},
	],
	options: [
		{
			displayName: 'Country Code',
			name: 'countryCode',
			type: 'string',
			default: '',
			placeholder: 'e.g. US',
			description: 'Two letters of the country of a number that is written without country code',
		},
	],
	prepare({ parameters: { phoneNumber, fields, options }, twilio }) {
		const number = normalizePhoneNumber(phoneNumber);
		const query = { Fields: fields.length > 0 ? fields.join(',') : undefined, CountryCode: options.countryCode };
		return {
			method: 'GET',
			url: twilio.product('lookups', `v2/PhoneNumbers/${encodeURIComponent(number)}`),
			query,
			number,
		};
	},
	async execute({ url, query, number }, { twilio }) {
		return await onCode(twilio.get(url, query), notANumber, ({ message }) => ({
			phone_number: number,
			valid: false,
			validation_errors: [message],
		}));
	},
});
