import { callFilters } from '../../../shared/fields/callFilters';
import { normalizePhoneNumber } from '../../../shared/fields/phoneNumber';
import { defineListOperation } from '../../operation/defineListOperation';
import { bothRanges, timeRange } from '../../operation/timeRange';
import { callRow } from './row';

/** @see https://www.twilio.com/docs/voice/api/call-resource#retrieve-a-list-of-calls */
export const getManyCalls = defineListOperation({
	action: 'Get many calls',
	description: 'Get calls of the account, newest first, made and received',
	fields: [],
	filters: [
		...callFilters,
		{
			displayName: 'Ended After',
			name: 'endedAfter',
			type: 'dateTime',
			default: '',
			description: 'Only calls that ended at this time or later',
		},
		{
			displayName: 'Ended Before',
			name: 'endedBefore',
			type: 'dateTime',
			default: '',
			description: 'Only calls that ended before this time',
		},
		{
			displayName: 'Started After',
			name: 'startedAfter',
			type: 'dateTime',
			default: '',
			description: 'Only calls that started at this time or later',
		},
		{
			displayName: 'Started Before',
			name: 'startedBefore',
			type: 'dateTime',
			default: '',
			description: 'Only calls that started before this time',
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
				{ name: 'In Progress', value: 'in-progress' },
				{ name: 'No Answer', value: 'no-answer' },
				{ name: 'Queued', value: 'queued' },
				{ name: 'Ringing', value: 'ringing' },
			],
			default: 'completed',
			description: 'Only calls that have this status now',
		},
	],
	row: callRow,
	reservedNames: ['StartTime<', 'StartTime>', 'EndTime<', 'EndTime>'],
	list({ twilio, parameters: { filters } }) {
		const started = timeRange('start_time', filters.startedAfter, filters.startedBefore);
		const ended = timeRange('end_time', filters.endedAfter, filters.endedBefore);
		return {
			url: twilio.account('Calls.json'),
			query: {
				To: filters.to && normalizePhoneNumber(filters.to),
				From: filters.from && normalizePhoneNumber(filters.from),
				ParentCallSid: filters.parentCallSid,
				Status: filters.status,
				'StartTime>': started.onOrAfter?.day,
				'StartTime<': started.before?.nextDay,
				'EndTime>': ended.onOrAfter?.day,
				'EndTime<': ended.before?.nextDay,
			},
			keep: bothRanges(started, ended),
		};
	},
});
