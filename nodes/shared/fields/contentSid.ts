import type { Field } from './field';
import { sidValidation } from './sid';

export const contentSid = {
	displayName: 'Content Template',
	name: 'contentSid',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description:
		"A template of Twilio's Content Template Builder. WhatsApp needs an approved one to start a conversation.",
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a template...',
			typeOptions: { searchListMethod: 'searchContentTemplates', searchable: true },
		},
		{
			displayName: 'By SID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. HXxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
			validation: [sidValidation('contentSid')],
		},
	],
} as const satisfies Field;
