import type { Field } from './field';

export const mediaSid = {
	displayName: 'Media SID',
	name: 'mediaSid',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. MExxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
	description: "The SID of the media file, as 'Media: Get Many' gives it",
} as const satisfies Field;
