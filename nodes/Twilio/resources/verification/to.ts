import type { Field } from '../../../shared/fields/field';

/** Who is verified. */
export const to = {
	displayName: 'To',
	name: 'to',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. +14155552671',
	description: 'Phone number with country code in E.164 format, or e-mail address for the channel Email',
} as const satisfies Field;
