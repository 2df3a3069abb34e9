import { anyOther, type StatusesField, type StatusEvent } from './statusEvent';

const statuses = {
	displayName: 'Statuses',
	name: 'statuses',
	type: 'multiOptions',
	required: true,
	options: [
		anyOther,
		{ name: 'Busy', value: 'busy', description: 'The line was busy' },
		{ name: 'Canceled', value: 'canceled', description: 'Was hung up before anybody answered' },
		{ name: 'Completed', value: 'completed', description: 'Was answered, and has ended' },
		{ name: 'Failed', value: 'failed', description: 'Could not be connected, for example a wrong number' },
		{ name: 'In Progress', value: 'in-progress', description: 'Was answered' },
		{ name: 'Initiated', value: 'initiated', description: 'Is being dialed' },
		{ name: 'No Answer', value: 'no-answer', description: 'Rang until the timeout' },
		{ name: 'Queued', value: 'queued', description: 'Waits to be dialed' },
		{ name: 'Ringing', value: 'ringing', description: 'Rings' },
	],
	default: [
		'busy',
		'canceled',
		'completed',
		'failed',
		'in-progress',
		'initiated',
		'no-answer',
		'queued',
		'ringing',
		'other',
	],
	description:
		"Which statuses start the workflow. Twilio reports the end of a call only, unless 'Status Callback Events' of the call asks for more.",
} as const satisfies StatusesField;

/**
 * Callbacks about calls.
 *
 * @see https://www.twilio.com/docs/voice/api/call-resource#statuscallbackevent
 */
export const callStatus: StatusEvent = {
	name: 'Call Status',
	value: 'callStatus',
	description: 'A call was dialed, rings, was answered or has ended',
	sidParameters: ['CallSid'],
	statusParameters: ['CallStatus'],
	statuses,
	finalStatuses: ['busy', 'canceled', 'completed', 'failed', 'no-answer'],
};
