import { callFilters } from '../../shared/fields/callFilters';
import { normalizePhoneNumber } from '../../shared/fields/phoneNumber';
import { definePollSource, secondsOf, utcDay } from '../pollSource';

/** What a call can end with. */
const ended = new Set(['busy', 'canceled', 'completed', 'failed', 'no-answer']);

/**
 * A call gets its `start_time` when it is dialled; before, it waits in the queue, up to a day. The status is never asked of
 * Twilio: a call that reaches it hours later would come with a date that was passed long ago.
 *
 * @see https://www.twilio.com/docs/voice/api/call-resource#retrieve-a-list-of-calls
 */
export const newCall = definePollSource({
	name: 'New Call',
	value: 'newCall',
	description: 'When a call was received or dialled',
	noun: 'call',
	filters: [
		...callFilters,
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Busy', value: 'busy' },
				{ name: 'Canceled', value: 'canceled' },
				{ name: 'Completed', value: 'completed' },
				{ name: 'Failed', value: 'failed' },
				{ name: 'In Progress', value: 'in-progress' },
				{ name: 'No Answer', value: 'no-answer' },
				{ name: 'Queued', value: 'queued' },
				{ name: 'Ringing', value: 'ringing' },
			],
			default: 'completed',
			description:
				'Only calls that have this status when the trigger looks. A call that may still reach it is waited for; a short-lived status is easily missed.',
		},
	],
	watch: ({ parameters: { filters }, twilio }) => ({
		url: twilio.account('Calls.json'),
		query: ({ since }) => ({
			To: filters.to && normalizePhoneNumber(filters.to),
			From: filters.from && normalizePhoneNumber(filters.from),
			ParentCallSid: filters.parentCallSid,
			'StartTime>': utcDay(since),
		}),
		timeOf: (row) => secondsOf(row.start_time),
		sortedBy: (row) => secondsOf(row.start_time),
		judge(row) {
			if (filters.status === undefined || row.status === filters.status) return 'ready';
			return ended.has(String(row.status)) ? 'ignored' : 'pending';
		},
		overlap: 15 * 60,
		// A call lasts a day at most.
		maxHold: 25 * 60 * 60,
	}),
});
