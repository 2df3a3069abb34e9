import { normalizePhoneNumber } from '../../../shared/fields/phoneNumber';
import { verifyServiceSid } from '../../../shared/fields/sids';
import { defineOperation } from '../../operation/defineOperation';
import { onCode } from '../../operation/onCode';
import { to } from './to';

/** Twilio's code for "there is nothing to check", which sounds as if the service were missing. */
const nothingToCheck = 20404;

/** @see https://www.twilio.com/docs/verify/api/verification-check#check-a-verification */
export const checkVerification = defineOperation({
	name: 'Check',
	value: 'check',
	action: 'Check a verification code',
	description: 'Check the code that somebody entered: gives "valid" and "status"; a wrong code is no error',
	access: 'write',
	fields: [
		verifyServiceSid,
		to,
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 123456',
			description: 'What the person entered, 4 to 10 characters',
		},
	],
	prepare({ parameters, twilio }) {
		const recipient = normalizePhoneNumber(parameters.to);
		return {
			method: 'POST',
			url: twilio.product('verify', `v2/Services/${parameters.verifyServiceSid}/VerificationCheck`),
			form: { To: recipient, Code: parameters.code },
			recipient,
		};
	},
	async execute({ url, form }, { twilio }) {
		return await onCode(twilio.post(url, form), nothingToCheck, (error) => {
			error.description = `The code has expired (after 10 minutes), was used already, or was never sent to this recipient by this service. Send a new one.\n${error.description ?? ''}`;
			throw error;
		});
	},
});
