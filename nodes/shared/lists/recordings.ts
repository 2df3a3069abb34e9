import { callLocator } from '../fields/sids';
import { defineList } from './list';

/**
 * Newest first as far as is known. A recording is listed from its beginning.
 *
 * @see https://www.twilio.com/docs/voice/api/recording#read-multiple-recording-resources
 */
export const recordings = defineList({
	url: (twilio) => twilio.account('Recordings.json'),
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
	],
	query: ({ callSid, conferenceSid }) => ({ CallSid: callSid, ConferenceSid: conferenceSid }),
	dates: {
		created: {
			field: 'date_created',
			from: { parameter: 'DateCreated>', precision: 'second' },
			until: { parameter: 'DateCreated<', precision: 'day' },
		},
	},
	label: ({ date_created: created, duration, status }) =>
		`${String(created)}, ${String(duration)} s (${String(status)})`,
});
