import type { Field } from './field';
import { sidValidation } from './sid';

export const applicationSid = {
	displayName: 'Application',
	name: 'applicationSid',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'A TwiML application of the account',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an application...',
			typeOptions: { searchListMethod: 'searchApplications', searchable: true },
		},
		{
			displayName: 'By SID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. APxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
			validation: [sidValidation('applicationSid')],
		},
	],
} as const satisfies Field;
