import type { Field } from './field';
import { sidValidation } from './sid';

/** A call, for filters. */
export const callLocator = {
	displayName: 'Call',
	name: 'callSid',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The call, chosen among the newest ones or given by its SID',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a call...',
			typeOptions: { searchListMethod: 'searchCalls', searchable: true },
		},
		{
			displayName: 'By SID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. CAxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
			validation: [sidValidation('callSid')],
		},
	],
} as const satisfies Field;

/** The call that an operation works on. */
export const callSid = { ...callLocator, required: true } as const satisfies Field;
