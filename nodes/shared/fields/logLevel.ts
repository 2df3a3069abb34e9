import type { Field } from './field';

/** @see https://www.twilio.com/docs/usage/monitor-alert#alert-properties */
export const logLevel = {
	displayName: 'Log Level',
	name: 'logLevel',
	type: 'options',
	options: [
		{ name: 'Debug', value: 'debug' },
		{ name: 'Error', value: 'error' },
		{ name: 'Notice', value: 'notice' },
		{ name: 'Warning', value: 'warning' },
	],
	default: 'error',
	description: 'Only alerts of this level',
} as const satisfies Field;
