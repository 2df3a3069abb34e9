import { calls, callStatuses } from '../../../shared/lists/calls';
import { dateParameters } from '../../../shared/lists/list';
import { bothRanges, timeRange } from '../../../shared/lists/timeRange';
import { defineListOperation } from '../../operation/defineListOperation';
import { callRow } from './row';

/** @see https://www.twilio.com/docs/voice/api/call-resource#retrieve-a-list-of-calls */
export const getManyCalls = defineListOperation({
	action: 'Get many calls',
	description: 'Get calls of the account, newest first, made and received',
	fields: [],
	filters: [
		...calls.filters,
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
			options: callStatuses,
			default: 'completed',
			description: 'Only calls that have this status now',
		},
	],
	row: callRow,
	reservedNames: dateParameters(calls),
	list({ twilio, parameters: { filters } }) {
		const { startedAfter, startedBefore, endedAfter, endedBefore } = filters;
		const started = timeRange(calls.dates.started, { after: startedAfter, before: startedBefore });
		const ended = timeRange(calls.dates.ended, { after: endedAfter, before: endedBefore });
		return {
			url: calls.url(twilio),
			query: { ...calls.query(filters), Status: filters.status, ...started.query, ...ended.query },
			keep: bothRanges(started, ended),
		};
	},
});
