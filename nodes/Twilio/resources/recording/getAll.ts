import { callLocator } from '../../../shared/fields/sids';
import { defineListOperation } from '../../operation/defineListOperation';
import { timeRange } from '../../operation/timeRange';
import { recordingRow } from './row';

/** @see https://www.twilio.com/docs/voice/api/recording#read-multiple-recording-resources */
export const getManyRecordings = defineListOperation({
	action: 'Get many recordings',
	description: 'Get many recordings of the account, newest first, also of one call or conference only',
	fields: [],
	filters: [
		{
			...callLocator,
			description: 'Only recordings of this call',
		},
		{
			displayName: 'Conference SID',
			name: 'conferenceSid',
			type: 'string',
			default: '',
			placeholder: 'e.g. CFxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
			description: 'Only recordings of this conference',
		},
		{
			displayName: 'Created After',
			name: 'createdAfter',
			type: 'dateTime',
			default: '',
			description: 'Only recordings created at this time or later',
		},
		{
			displayName: 'Created Before',
			name: 'createdBefore',
			type: 'dateTime',
			default: '',
			description: 'Only recordings created before this time',
		},
		{
			displayName: 'Include Soft Deleted',
			name: 'includeSoftDeleted',
			type: 'boolean',
			default: false,
			description: 'Whether to include recordings that were deleted; Twilio keeps their facts for 40 days',
		},
	],
	row: recordingRow,
	reservedNames: ['DateCreated<', 'DateCreated>'],
	list({ twilio, parameters: { filters } }) {
		const created = timeRange('date_created', filters.createdAfter, filters.createdBefore);
		return {
			url: twilio.account('Recordings.json'),
			query: {
				CallSid: filters.callSid,
				ConferenceSid: filters.conferenceSid,
				IncludeSoftDeleted: filters.includeSoftDeleted,
				'DateCreated>': created.onOrAfter?.second,
				'DateCreated<': created.before?.nextDay,
			},
			keep: created.keep,
		};
	},
});
