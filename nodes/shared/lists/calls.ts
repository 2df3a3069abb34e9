import { normalizePhoneNumber } from '../fields/phoneNumber';
import { callLocator } from '../fields/sids';
import { defineList } from './list';

const busy = { name: 'Busy', value: 'busy' } as const;
const canceled = { name: 'Canceled', value: 'canceled' } as const;
const completed = { name: 'Completed', value: 'completed' } as const;
const failed = { name: 'Failed', value: 'failed' } as const;
const inProgress = { name: 'In Progress', value: 'in-progress' } as const;
const noAnswer = { name: 'No Answer', value: 'no-answer' } as const;
const queued = { name: 'Queued', value: 'queued' } as const;
const ringing = { name: 'Ringing', value: 'ringing' } as const;

/** What a call can end with, as choices of a field. */
export const endedCallStatuses = [busy, canceled, completed, failed, noAnswer] as const;

/** What Twilio's list can show; a call that is queued is not in it yet. */
export const listedCallStatuses = [busy, canceled, completed, failed, inProgress, noAnswer, ringing] as const;

/** All statuses of a call. */
export const callStatuses = [busy, canceled, completed, failed, inProgress, noAnswer, queued, ringing] as const;

/**
 * Newest first by `start_time` as far as is known; the documentation promises no order. A call gets its `start_time` when it
 * is dialled, and its `end_time` when it has ended. Twilio filters by both by the day.
 *
 * @see https://www.twilio.com/docs/voice/api/call-resource#retrieve-a-list-of-calls
 */
export const calls = defineList({
	url: (twilio) => twilio.account('Calls.json'),
	filters: [
		{
			displayName: 'From',
			name: 'from',
			type: 'string',
			default: '',
			placeholder: 'e.g. +14155552671',
			description: 'Only calls from this number, SIP address or client',
		},
		{
			...callLocator,
			displayName: 'Parent Call',
			name: 'parentCallSid',
			description: 'Only calls that were started by this one, for example by TwiML Dial',
		},
		{
			displayName: 'To',
			name: 'to',
			type: 'string',
			default: '',
			placeholder: 'e.g. +14155552671',
			description: 'Only calls to this number, SIP address or client',
		},
	],
	query: ({ from, parentCallSid, to }) => ({
		To: to && normalizePhoneNumber(to),
		From: from && normalizePhoneNumber(from),
		ParentCallSid: parentCallSid,
	}),
	dates: {
		started: {
			field: 'start_time',
			from: { parameter: 'StartTime>', precision: 'day' },
			until: { parameter: 'StartTime<', precision: 'day' },
		},
		ended: {
			field: 'end_time',
			from: { parameter: 'EndTime>', precision: 'day' },
			until: { parameter: 'EndTime<', precision: 'day' },
		},
	},
	label: ({ from, to, start_time: startTime, status }) =>
		`${String(from)} → ${String(to)}, ${String(startTime ?? 'not started')} (${String(status)})`,
});
