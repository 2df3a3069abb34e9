import type { Field } from './field';
import { sidValidation } from './sid';

export const messagingServiceSid = {
	displayName: 'Messaging Service',
	name: 'messagingServiceSid',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description:
		'Picks the best sender of its pool for each recipient. Needed to schedule messages and to shorten links.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a Messaging Service...',
			typeOptions: { searchListMethod: 'searchMessagingServices', searchable: true },
		},
		{
			displayName: 'By SID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. MGxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
			validation: [sidValidation('messagingServiceSid')],
		},
	],
} as const satisfies Field;
