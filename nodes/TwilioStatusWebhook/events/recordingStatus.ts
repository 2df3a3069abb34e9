import { anyOther, type StatusesField, type StatusEvent } from './statusEvent';

const statuses = {
	displayName: 'Statuses',
	name: 'statuses',
	type: 'multiOptions',
	required: true,
	options: [
		{ name: 'Absent', value: 'absent', description: 'There is nothing to hear, so there is no recording' },
		anyOther,
		{ name: 'Completed', value: 'completed', description: 'Can be downloaded' },
		{ name: 'Failed', value: 'failed', description: 'Was lost while it was recorded or processed' },
		{ name: 'In Progress', value: 'in-progress', description: 'Has begun' },
	],
	default: ['absent', 'completed', 'failed', 'in-progress', 'other'],
	description:
		"Which statuses start the workflow. Twilio reports completed recordings only, unless 'Recording Status Callback Events' of the call asks for more.",
} as const satisfies StatusesField;

/**
 * Callbacks about recordings of calls and conferences.
 *
 * @see https://www.twilio.com/docs/voice/api/recording#recordingstatuscallback
 */
export const recordingStatus: StatusEvent = {
	name: 'Recording Status',
	value: 'recordingStatus',
	description: 'A recording has begun, can be downloaded, or is absent',
	sidParameters: ['RecordingSid'],
	statusParameters: ['RecordingStatus'],
	statuses,
	finalStatuses: ['absent', 'completed', 'failed'],
};
