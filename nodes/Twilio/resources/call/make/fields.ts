import { applicationSid } from '../../../../shared/fields/sids';
import type { Fields } from '../../../../shared/fields/field';
import { twiml, url } from '../instructions';

/** Who calls whom, and what happens then. */
export const makeFields = [
	{
		displayName: 'From',
		name: 'from',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: 'The number that the recipient sees: one of the account, or one verified as caller ID',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a number...',
				typeOptions: { searchListMethod: 'searchCallerIds', searchable: true },
			},
			{
				displayName: 'By Phone Number',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. +14155552671',
			},
		],
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. +14155552671',
		description:
			'Whom to call: a phone number with country code in E.164 format, a SIP address (sip:anna@example.com) or a client (client:anna)',
	},
	{
		displayName: 'Instructions',
		name: 'instructions',
		type: 'options',
		options: [
			{ name: 'Application', value: 'application', description: 'A TwiML application of the account' },
			{ name: 'Text to Speech', value: 'say', description: 'A text that is read out' },
			{ name: 'TwiML', value: 'twiml', description: 'Instructions written here' },
			{ name: 'URL', value: 'url', description: 'Instructions that Twilio fetches from an address' },
		],
		default: 'url',
		description: 'What happens when somebody answers',
	},
	url,
	twiml,
	{
		...applicationSid,
		required: true,
		displayOptions: { show: { instructions: ['application'] } },
	},
	{
		displayName: 'Text',
		name: 'sayText',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. Your table is ready.',
		description: 'What is read out to whoever answers',
		displayOptions: { show: { instructions: ['say'] } },
	},
	{
		displayName: 'Voice',
		name: 'sayVoice',
		type: 'string',
		default: '',
		placeholder: 'e.g. Polly.Joanna-Neural',
		description:
			'Name of the voice; Twilio\'s default when empty. <a href="https://www.twilio.com/docs/voice/twiml/say/text-speech#available-voices-and-languages">List of voices</a>.',
		displayOptions: { show: { instructions: ['say'] } },
	},
	{
		displayName: 'Language',
		name: 'sayLanguage',
		type: 'string',
		default: '',
		placeholder: 'e.g. en-US',
		description: "Language and country of the text; the voice's own when empty",
		displayOptions: { show: { instructions: ['say'] } },
	},
] as const satisfies Fields;
