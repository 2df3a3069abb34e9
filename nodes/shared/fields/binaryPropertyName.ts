import type { Field } from './field';

export const binaryPropertyName = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	description: 'The name of the output binary field to put the file in',
	hint: 'The name of the output binary field to put the file in',
} as const satisfies Field;
