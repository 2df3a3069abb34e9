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
