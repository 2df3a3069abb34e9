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
