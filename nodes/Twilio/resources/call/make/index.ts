import { defineOperation } from '../../../operation/defineOperation';
import { makeFields } from './fields';
import { callForm } from './form';
import { makeOptions } from './options';

/** @see https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource */
export const makeCall = defineOperation({
	name: 'Make',
	value: 'make',
	action: 'Make a call',
	description: 'Call somebody and play, say or ask something; each call costs money and cannot be taken back',
	access: 'write',
	harmsTwice: 'cannotBeFound',
	fields: makeFields,
	options: makeOptions,
	reservedNames: ['Twiml'],
	prepare({ parameters, twilio, anyHost }) {
		const form = callForm(parameters, anyHost);
		return { method: 'POST', url: twilio.account('Calls.json'), form, recipient: form.To };
	},
});
