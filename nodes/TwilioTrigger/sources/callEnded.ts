import { callFilters } from '../../shared/fields/callFilters';
import { normalizePhoneNumber } from '../../shared/fields/phoneNumber';
import { callDirection } from '../fields';
import { definePollSource, secondsOf, utcDay } from '../pollSource';
import { goes } from './direction';

/**
 * Ordered by the end of the call. Twilio lists calls by their start, so that a long one stands deep in the list: it is read
 * to its end, which is the calls of today, and just after midnight (UTC) those of yesterday too.
 *
 * @see https://www.twilio.com/docs/voice/api/call-resource#retrieve-a-list-of-calls
 */
export const callEnded = definePollSource({
	name: 'Call Ended',
	value: 'callEnded',
	description: 'When a call has ended, however it ended and however long it took',
	noun: 'ended call',
	fields: [callDirection],
	filters: [
		...callFilters,
		{
			displayName: 'Statuses',
			name: 'statuses',
			type: 'multiOptions',
			options: [
				{ name: 'Busy', value: 'busy' },
				{ name: 'Canceled', value: 'canceled' },
				{ name: 'Completed', value: 'completed' },
				{ name: 'Failed', value: 'failed' },
				{ name: 'No Answer', value: 'no-answer' },
			],
			default: [],
			description: 'Only calls that ended with one of these statuses',
		},
	],
	watch: ({ parameters: { direction, filters }, twilio }) => ({
		url: twilio.account('Calls.json'),
		query: ({ since }) => ({
			To: filters.to && normalizePhoneNumber(filters.to),
			From: filters.from && normalizePhoneNumber(filters.from),
			ParentCallSid: filters.parentCallSid,
			'EndTime>': utcDay(since),
		}),
		timeOf: (row) => secondsOf(row.end_time),
		judge(row) {
			const chosen: readonly unknown[] = filters.statuses ?? [row.status];
			return goes(row, direction) && chosen.includes(row.status) ? 'ready' : 'ignored';
		},
		overlap: 15 * 60,
	}),
});
