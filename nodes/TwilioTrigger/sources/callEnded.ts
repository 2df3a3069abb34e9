import { callLocator } from '../../shared/fields/callSid';
import { normalizePhoneNumber } from '../../shared/fields/phoneNumber';
import { definePollSource, secondsOf, utcDay } from '../pollSource';

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
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Busy', value: 'busy' },
				{ name: 'Canceled', value: 'canceled' },
				{ name: 'Completed', value: 'completed' },
				{ name: 'Failed', value: 'failed' },
				{ name: 'No Answer', value: 'no-answer' },
			],
			default: 'completed',
			description: 'Only calls that ended with this status',
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
	watch: ({ parameters: { filters }, twilio }) => ({
		url: twilio.account('Calls.json'),
		query: ({ since }) => ({
			To: filters.to && normalizePhoneNumber(filters.to),
			From: filters.from && normalizePhoneNumber(filters.from),
			ParentCallSid: filters.parentCallSid,
			'EndTime>': utcDay(since),
		}),
		timeOf: (row) => secondsOf(row.end_time),
		judge: (row) => (filters.status === undefined || row.status === filters.status ? 'ready' : 'ignored'),
		overlap: 15 * 60,
	}),
});
