import type { Field } from '../../../shared/fields/field';

/** Where a call's instructions are fetched from. */
export const url = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. https://example.com/voice.xml',
	description: 'Public address that answers with TwiML, such as a webhook of n8n',
	displayOptions: { show: { instructions: ['url'] } },
} as const satisfies Field;

/** A call's instructions themselves. */
export const twiml = {
	displayName: 'TwiML',
	name: 'twiml',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. <Response><Say>One moment please.</Say></Response>',
	description: "Instructions in Twilio's markup language, up to 4000 characters",
	displayOptions: { show: { instructions: ['twiml'] } },
} as const satisfies Field;
