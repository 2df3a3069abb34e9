import { anyOther, type StatusesField, type StatusEvent } from './statusEvent';

const statuses = {
	displayName: 'Statuses',
	name: 'statuses',
	type: 'multiOptions',
	required: true,
	options: [
		anyOther,
		{ name: 'Fax', value: 'fax', description: 'A fax machine' },
		{ name: 'Human', value: 'human', description: 'A person' },
		{
			name: 'Machine: Greeting Ended Otherwise',
			value: 'machine_end_other',
			description: 'An answering machine whose greeting is over, without a beep and not followed by silence',
		},
		{
			name: 'Machine: Greeting Ended With a Beep',
			value: 'machine_end_beep',
			description: 'An answering machine that now records',
		},
		{
			name: 'Machine: Greeting Ended With Silence',
			value: 'machine_end_silence',
			description: 'An answering machine whose greeting is over',
		},
		{
			name: 'Machine: Greeting Has Begun',
			value: 'machine_start',
			description:
				'An answering machine; this is all that is reported unless the detection waits for the end of the greeting',
		},
		{ name: 'Unknown', value: 'unknown', description: 'Twilio could not tell in time' },
	],
	default: [
		'human',
		'machine_start',
		'machine_end_beep',
		'machine_end_silence',
		'machine_end_other',
		'fax',
		'unknown',
		'other',
	],
	description: 'Which results start the workflow',
} as const satisfies StatusesField;

/**
 * Callbacks of the asynchronous machine detection: one for each call, and without a status of the call. The callbacks about
 * a call's status say who has answered, too.
 *
 * @see https://www.twilio.com/docs/voice/answering-machine-detection#asyncamdstatuscallback
 */
export const machineDetection: StatusEvent = {
	name: 'Machine Detection',
	value: 'machineDetection',
	description: 'Twilio has found out whether a person or a machine has answered a call',
	sidParameters: ['CallSid'],
	statusParameters: ['AnsweredBy'],
	statuses,
	finalStatuses: [
		'human',
		'machine_start',
		'machine_end_beep',
		'machine_end_silence',
		'machine_end_other',
		'fax',
		'unknown',
	],
	foreignParameters: ['CallStatus'],
};
