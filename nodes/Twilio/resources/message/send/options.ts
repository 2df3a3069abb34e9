import { applicationSid } from '../../../../shared/fields/sids';
import type { Fields } from '../../../../shared/fields/field';

/**
 * What is optional when sending a message.
 *
 * @see https://www.twilio.com/docs/messaging/api/message-resource#request-body-parameters
 */
export const sendOptions = [
	{
		displayName: 'Address Retention',
		name: 'addressRetention',
		type: 'options',
		options: [
			{ name: 'Obfuscate', value: 'obfuscate', description: 'Twilio hides the last digits of the recipient' },
			{ name: 'Retain', value: 'retain' },
		],
		default: 'retain',
		description: "Whether Twilio keeps the recipient's number readable",
	},
	{
		...applicationSid,
		description: 'A TwiML application whose message status callback is called instead of a status callback URL',
	},
	{
		displayName: 'Attempt',
		name: 'attempt',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1,
		description: 'How many times this message has been tried so far, this one included',
	},
	{
		displayName: 'Content Retention',
		name: 'contentRetention',
		type: 'options',
		options: [
			{ name: 'Discard', value: 'discard', description: 'Twilio deletes the text once it is sent' },
			{ name: 'Retain', value: 'retain' },
		],
		default: 'retain',
		description: 'Whether Twilio keeps the text of the message',
	},
	{
		displayName: 'Force Delivery',
		name: 'forceDelivery',
		type: 'boolean',
		default: false,
		description: 'Whether to force delivery. Reserved by Twilio.',
	},
	{
		displayName: 'Max Price',
		name: 'maxPrice',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 4 },
		default: 0,
		description: 'Obsolete: has no effect at Twilio since June 2024',
	},
	{
		displayName: 'Media URLs',
		name: 'mediaUrls',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. https://example.com/picture.jpg',
		description:
			'Public addresses of pictures or other files to send with the message: 1 to 10, separated by commas or new lines, or a list by expression',
	},
	{
		displayName: 'Persistent Actions',
		name: 'persistentActions',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. geo:37.787890,-122.391664|375 Beale St',
		description: 'Rich actions of WhatsApp, such as a location; one a line, or a list by expression',
	},
	{
		displayName: 'Provide Feedback',
		name: 'provideFeedback',
		type: 'boolean',
		default: false,
		description: "Whether you will tell Twilio with 'Send Feedback' if the recipient acted on the message",
	},
	{
		displayName: 'Retry Status Callback',
		name: 'retryStatusCallback',
		type: 'boolean',
		default: false,
		description:
			"Whether Twilio calls the status callback URL again, up to 3 times, when it fails or does not answer. Recommended for n8n's own webhooks.",
	},
	{
		displayName: 'Risk Check',
		name: 'riskCheck',
		type: 'options',
		options: [
			{ name: 'Disable', value: 'disable', description: 'Exempt the message from it' },
			{ name: 'Enable', value: 'enable' },
		],
		default: 'enable',
		description: 'Whether SMS pumping protection checks the message, where the account has it',
	},
	{
		displayName: 'Send as MMS',
		name: 'sendAsMms',
		type: 'boolean',
		default: false,
		description: 'Whether to send a long text as one MMS instead of several SMS segments',
	},
	{
		displayName: 'Send At',
		name: 'sendAt',
		type: 'dateTime',
		default: '',
		description:
			"Schedules the message: 15 minutes to 35 days from now. Needs a Messaging Service as sender. A time without a zone is in the workflow's timezone.",
	},
	{
		displayName: 'Shorten URLs',
		name: 'shortenUrls',
		type: 'boolean',
		default: false,
		description: 'Whether Twilio shortens links in the text. Needs a Messaging Service with a link shortening domain.',
	},
	{
		displayName: 'Smart Encoded',
		name: 'smartEncoded',
		type: 'boolean',
		default: false,
		description:
			'Whether Twilio replaces characters such as typographic quotes by plain ones, so that the text needs fewer segments',
	},
	{
		displayName: 'Status Callback URL',
		name: 'statusCallback',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/…',
		description:
			'Address that Twilio calls whenever the status of the message changes, such as the webhook URL of a trigger node',
	},
	{
		displayName: 'Traffic Type',
		name: 'trafficType',
		type: 'options',
		options: [{ name: 'Free', value: 'free' }],
		default: 'free',
		description: 'The kind of traffic, for accounts that have such an agreement with Twilio',
	},
	{
		displayName: 'Validity Period',
		name: 'validityPeriod',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 36000 },
		default: 36000,
		description:
			"Seconds that the message may wait in Twilio's queue before it is given up: 1 to 36000, more than 5 recommended",
	},
] as const satisfies Fields;
