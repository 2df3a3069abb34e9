import type { Field } from '../shared/fields/field';

/** How many rows one poll emits; every event has it. */
export const limit = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	hint: 'For each poll. What is beyond it comes with the next polls; nothing is left out.',
} as const satisfies Field;

/** What a new activation does; every event has it. */
export const onActivation = {
	displayName: 'On Activation',
	name: 'onActivation',
	type: 'options',
	options: [
		{
			name: 'Continue Where It Stopped',
			value: 'continue',
			description: 'What happened while the workflow was inactive comes with the first polls',
		},
		{
			name: 'Start Now',
			value: 'startNow',
			description: 'What happened while the workflow was inactive is left out',
		},
	],
	default: 'continue',
	description: 'What to do when the workflow is activated again. A restart of n8n always continues.',
} as const satisfies Field;

/** Which way the calls go that start the workflow. */
export const callDirection = {
	displayName: 'Direction',
	name: 'direction',
	type: 'options',
	options: [
		{ name: 'Both', value: 'both' },
		{ name: 'Inbound', value: 'inbound', description: 'Received by you, also by Elastic SIP Trunking' },
		{
			name: 'Outbound',
			value: 'outbound',
			description: 'Made by you: by the API, by TwiML Dial or by Elastic SIP Trunking',
		},
	],
	default: 'both',
	description:
		"Which calls start the workflow. If the workflow makes calls itself, choose 'Inbound'; else it starts itself again and again, and every call costs money.",
} as const satisfies Field;

/**
 * Which way the messages go that start the workflow. A field of its own, since most workflows that react to messages answer
 * them, and would answer their own answers.
 */
export const messageDirection = {
	displayName: 'Direction',
	name: 'direction',
	type: 'options',
	options: [
		{ name: 'Both', value: 'both' },
		{ name: 'Inbound', value: 'inbound', description: 'Received by you' },
		{ name: 'Outbound', value: 'outbound', description: 'Sent by you' },
	],
	default: 'inbound',
	description:
		"Which messages start the workflow. If the workflow sends messages itself, choose 'Inbound'; else it starts itself again and again, and every message costs money.",
} as const satisfies Field;
