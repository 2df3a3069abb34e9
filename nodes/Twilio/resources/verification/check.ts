import { normalizePhoneNumber } from '../../../shared/fields/phoneNumber';
import { verifyServiceSid } from '../../../shared/fields/verifyServiceSid';
import { defineOperation } from '../../operation/defineOperation';
import { to } from './to';

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
	async execute({ parameters, twilio }) {
		return await twilio.post(twilio.product('verify', `v2/Services/${parameters.verifyServiceSid}/VerificationCheck`), {
			To: normalizePhoneNumber(parameters.to),
			Code: parameters.code,
		});
	},
});
