import type { Field } from './field';
import { sidValidation } from './sid';

export const messageSid = {
	displayName: 'Message',
	name: 'messageSid',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The message, chosen among the newest ones or given by its SID',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a message...',
			typeOptions: { searchListMethod: 'searchMessages', searchable: true },
		},
		{
			displayName: 'By SID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. SMxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
			validation: [sidValidation('messageSid')],
		},
	],
} as const satisfies Field;
