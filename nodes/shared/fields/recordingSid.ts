import type { Field } from './field';
import { sidValidation } from './sid';

/** A recording, for filters. */
export const recordingLocator = {
	displayName: 'Recording',
	name: 'recordingSid',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The recording, chosen among the newest ones or given by its SID',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a recording...',
			typeOptions: { searchListMethod: 'searchRecordings', searchable: true },
		},
		{
			displayName: 'By SID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. RExxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
			validation: [sidValidation('recordingSid')],
		},
	],
} as const satisfies Field;

/** The recording that an operation works on. */
export const recordingSid = { ...recordingLocator, required: true } as const satisfies Field;
