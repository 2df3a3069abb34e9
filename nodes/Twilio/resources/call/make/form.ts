import { UserError } from 'n8n-workflow';

import type { TwilioParameters } from '../../../../shared/api/parameters';
import { checkPublicUrl, statusCallbackOf } from '../../../../shared/fields/callbackUrl';
import { normalizePhoneNumber } from '../../../../shared/fields/phoneNumber';
import type { OperationParameters } from '../../../operation/defineOperation';
import { toTwilioParameters } from '../../../operation/twilioNames';
import { checkTwiml, sayTwiml } from '../twiml';
import type { makeFields } from './fields';
import type { makeOptions } from './options';

export type MakeParameters = OperationParameters<typeof makeFields, typeof makeOptions, readonly []>;

/** Options that Twilio ignores when an application has the say. */
const ignoredWithApplication = {
	fallbackMethod: 'Fallback Method',
	fallbackUrl: 'Fallback URL',
	method: 'Method',
	statusCallback: 'Status Callback URL',
	statusCallbackEvents: 'Status Callback Events',
	statusCallbackMethod: 'Status Callback Method',
} as const;

/**
 * The form of a new call.
 *
 * @param anyHost whether URLs may lead to hosts that Twilio could not reach
 * @throws UserError for what Twilio would refuse or ignore
 * @see https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource
 */
export function callForm(parameters: MakeParameters, anyHost: boolean): TwilioParameters & { To: string } {
	const { statusCallback, retryStatusCallback, ...options } = parameters.options;
	checkOptions(parameters);
	return {
		To: normalizePhoneNumber(parameters.to),
		From: normalizePhoneNumber(parameters.from),
		...instructionsOf(parameters, anyHost),
		...toTwilioParameters(options),
		StatusCallback: statusCallbackOf({ statusCallback, retryStatusCallback }),
	};
}

function instructionsOf(parameters: MakeParameters, anyHost: boolean): TwilioParameters {
	const { instructions, url = '', twiml = '', applicationSid, sayText = '', sayVoice, sayLanguage } = parameters;
	switch (instructions) {
		case 'url':
			checkPublicUrl('URL', url, anyHost);
			return { Url: url };
		case 'twiml':
			checkTwiml('TwiML', twiml);
			return { Twiml: twiml };
		case 'application':
			return { ApplicationSid: applicationSid };
		case 'say': {
			const spoken = sayTwiml(sayText, sayVoice, sayLanguage);
			checkTwiml('Text', spoken);
			return { Twiml: spoken };
		}
	}
}

function checkOptions({ to, instructions, options }: MakeParameters): void {
	const { sendDigits, machineDetection, sipAuthUsername, sipAuthPassword } = options;
	if (sendDigits !== undefined && !/^[0-9A-D#*wW]{1,32}$/.test(sendDigits)) {
		throw new UserError("'Send Digits' must be 1 to 32 of the characters 0-9, A-D, #, *, w and W");
	}
	if (sendDigits !== undefined && machineDetection !== undefined) {
		throw new UserError("'Send Digits' and 'Machine Detection' cannot be used together");
	}
	if ((sipAuthUsername ?? sipAuthPassword) !== undefined && !/^sips?:/i.test(to)) {
		throw new UserError("'SIP Username' and 'SIP Password' need a SIP address as 'To', such as sip:anna@example.com");
	}
	if (instructions === 'application') {
		const ignored = Object.entries(ignoredWithApplication).find(([name]) => name in options);
		if (ignored) {
			throw new UserError(`'${ignored[1]}' has no effect with an application: Twilio uses what the application says`);
		}
	}
}
