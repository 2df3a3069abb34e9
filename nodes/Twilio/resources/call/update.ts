import { callSid } from '../../../shared/fields/sids';
import { checkPublicUrl } from '../../../shared/fields/callbackUrl';
import { defineOperation } from '../../operation/defineOperation';
import { toTwilioParameters } from '../../operation/twilioNames';
import { callbackOptions } from './callbackOptions';
import { twiml, url } from './instructions';
import { checkTwiml } from './twiml';

/** @see https://www.twilio.com/docs/voice/api/call-resource#update-a-call-resource */
export const updateCall = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update a call',
	description: 'Redirect a live call to new instructions; what it was doing stops',
	access: 'write',
	fields: [
		callSid,
		{
			displayName: 'Instructions',
			name: 'instructions',
			type: 'options',
			options: [
				{ name: 'TwiML', value: 'twiml', description: 'Instructions written here' },
				{ name: 'URL', value: 'url', description: 'Instructions that Twilio fetches from an address' },
			],
			default: 'url',
			description: 'What the call does from now on',
		},
		url,
		twiml,
	],
	options: callbackOptions,
	sendsEmptyOptions: true,
	reservedNames: ['Status'],
	prepare({ parameters, twilio, anyHost }) {
		if (parameters.url) checkPublicUrl('URL', parameters.url, anyHost);
		checkTwiml('TwiML', parameters.twiml ?? '');
		return {
			method: 'POST',
			url: twilio.account(`Calls/${parameters.callSid}.json`),
			form: { Url: parameters.url, Twiml: parameters.twiml, ...toTwilioParameters(parameters.options) },
		};
	},
});
