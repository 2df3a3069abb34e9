import type { Field } from '../../shared/fields/field';

/** Every operation has it. */
export const requestsAtOnce = {
	displayName: 'Requests at Once',
	name: 'requestsAtOnce',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 50 },
	default: 10,
	description:
		'How many items are worked on at the same time. Items for the same recipient keep their order, and files are downloaded at most 3 at a time. Read once, for the first item.',
} as const satisfies Field;

/** Every operation that posts, and every list, has it. */
export const additionalParameters = {
	displayName: 'Additional Parameters',
	name: 'additionalParameters',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Parameter',
	default: {},
	description: "Parameters of Twilio's API that have no field here, under the names of Twilio's documentation",
	options: [
		{
			displayName: 'Parameter',
			name: 'parameter',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					required: true,
					placeholder: 'e.g. MessageIntent',
					description: "As in Twilio's documentation",
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					typeOptions: { rows: 1 },
					default: '',
				},
			],
		},
	],
} as const satisfies Field;

const refuse = {
	name: 'Refuse',
	value: 'refuse',
	description: 'Stop with an error before anything is done',
} as const;

const sendAgain = {
	name: 'Send Again',
	value: 'sendAgain',
	description: 'Do it for all items, also for those that it was done for',
} as const;

const lookUp = {
	name: 'Look Up',
	value: 'lookUp',
	description: 'Look for each message at Twilio, and send those that are not there',
} as const;

const afterCrashDescription =
	'What to do when an execution is retried that n8n could not finish because it was killed: nothing tells which items were done then';

/** Operations that reach people or cost money have it. */
export const afterCrash = {
	displayName: 'After a Crash',
	name: 'afterCrash',
	type: 'options',
	options: [refuse, sendAgain],
	default: 'refuse',
	description: afterCrashDescription,
} as const satisfies Field;

/** Operations of which Twilio tells later whether they were done have it instead. */
export const afterCrashWithLookUp = {
	...afterCrash,
	options: [lookUp, refuse, sendAgain],
} as const satisfies Field;

/** Goes with it. */
export const afterCrashHours = {
	displayName: 'After a Crash: Hours to Look Back',
	name: 'afterCrashHours',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 720 },
	default: 24,
	description: "How long ago the execution began at most, for 'Look Up'. Older messages are not taken for those of it.",
} as const satisfies Field;
