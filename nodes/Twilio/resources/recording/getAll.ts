import { dateParameters } from '../../../shared/lists/list';
import { recordings } from '../../../shared/lists/recordings';
import { timeRange } from '../../../shared/lists/timeRange';
import { defineListOperation } from '../../operation/defineListOperation';
import { recordingRow } from './row';

/** @see https://www.twilio.com/docs/voice/api/recording#read-multiple-recording-resources */
export const getManyRecordings = defineListOperation({
	action: 'Get many recordings',
	description: 'Get many recordings of the account, newest first, also of one call or conference only',
	fields: [],
	filters: [
		...recordings.filters,
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
	reservedNames: dateParameters(recordings),
	list({ twilio, parameters: { filters } }) {
		const { createdAfter: after, createdBefore: before, includeSoftDeleted } = filters;
		const created = timeRange(recordings.dates.created, { after, before });
		return {
			url: recordings.url(twilio),
			query: { ...recordings.query(filters), IncludeSoftDeleted: includeSoftDeleted, ...created.query },
			keep: created.keep,
		};
	},
});
