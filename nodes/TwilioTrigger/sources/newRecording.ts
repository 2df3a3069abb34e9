import { fromSecond, secondsOf } from '../../shared/lists/listDate';
import { recordings } from '../../shared/lists/recordings';
import { definePollSource } from '../pollSource';

/**
 * A recording is listed from its beginning, and has its media when it is completed; `absent` is one that
 * never will.
 *
 * @see https://www.twilio.com/docs/voice/api/recording#read-multiple-recording-resources
 */
export const newRecording = definePollSource({
	name: 'New Recording',
	value: 'newRecording',
	description: 'When a recording is complete and can be downloaded',
	noun: 'completed recording',
	filters: recordings.filters,
	options: [
		{
			displayName: 'Include Absent Recordings',
			name: 'includeAbsent',
			type: 'boolean',
			default: false,
			description:
				'Whether to react also to recordings that came to nothing, for example because nothing was to be heard. There is no sound to download.',
		},
	],
	watch: ({ parameters: { filters, options }, twilio }) => ({
		url: recordings.url(twilio),
		query: ({ since }) => ({ ...recordings.query(filters), ...fromSecond(recordings.dates.created, since) }),
		timeOf: (row) => secondsOf(row.date_created),
		sortedBy: (row) => secondsOf(row.date_created),
		judge({ status }) {
			if (status === 'completed') return 'ready';
			if (status === 'absent') return options.includeAbsent ? 'ready' : 'ignored';
			return status === 'deleted' ? 'ignored' : 'pending';
		},
		overlap: 10 * 60,
		maxHold: 48 * 60 * 60,
	}),
});
