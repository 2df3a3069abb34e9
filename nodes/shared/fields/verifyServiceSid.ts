import type { Field } from './field';
import { sidValidation } from './sid';

export const verifyServiceSid = {
	displayName: 'Verify Service',
	name: 'verifyServiceSid',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The service whose settings and name the code is sent with, from the Console under Verify',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a Verify service...',
			typeOptions: { searchListMethod: 'searchVerifyServices', searchable: true },
		},
		{
			displayName: 'By SID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. VAxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
			validation: [sidValidation('verifyServiceSid')],
		},
	],
} as const satisfies Field;
