import { normalizePhoneNumber } from '../../../shared/fields/phoneNumber';
import { verifyServiceSid } from '../../../shared/fields/sids';
import { defineOperation } from '../../operation/defineOperation';
import { toTwilioParameters } from '../../operation/twilioNames';
import { to } from './to';

/** @see https://www.twilio.com/docs/verify/api/verification#start-new-verification */
export const sendVerification = defineOperation({
	name: 'Send',
	value: 'send',
	action: 'Send a verification code',
	description: 'Send somebody a one-time code; each one costs money. Check it with the operation Check.',
	access: 'write',
	harmsTwice: 'cannotBeFound',
	fields: [
		verifyServiceSid,
		to,
		{
			displayName: 'Channel',
			name: 'channel',
			type: 'options',
			options: [
				{ name: 'Automatic', value: 'auto', description: 'Twilio chooses' },
				{ name: 'Call', value: 'call' },
				{ name: 'Email', value: 'email' },
				{ name: 'SMS', value: 'sms' },
				{ name: 'WhatsApp', value: 'whatsapp' },
			],
			default: 'sms',
			description: 'How the code reaches the recipient',
		},
	],
	options: [
		{
			displayName: 'Custom Friendly Name',
			name: 'customFriendlyName',
			type: 'string',
			default: '',
			placeholder: 'e.g. My Company',
			description: "Name in the message instead of the service's own",
		},
		{
			displayName: 'Locale',
			name: 'locale',
			type: 'string',
			default: '',
			placeholder: 'e.g. en',
			description: "Language of the message; by the recipient's country unless given",
		},
	],
	prepare({ parameters, twilio }) {
		const recipient = normalizePhoneNumber(parameters.to);
		return {
			method: 'POST',
			url: twilio.product('verify', `v2/Services/${parameters.verifyServiceSid}/Verifications`),
			form: { To: recipient, Channel: parameters.channel, ...toTwilioParameters(parameters.options) },
			recipient,
		};
	},
});
