import { secondsOf } from '../../shared/lists/listDate';
import { transcriptions } from '../../shared/lists/transcriptions';
import { definePollSource } from '../pollSource';

/**
 * The list has no filters, so that only its order, newest first, keeps it from being read whole at each poll.
 *
 * @see https://www.twilio.com/docs/voice/api/recording-transcription#read-multiple-transcription-resources
 */
export const newTranscription = definePollSource({
	name: 'New Transcription',
	value: 'newTranscription',
	description: 'When a transcription has its text; covers TwiML Record transcribe only, not Batch Transcription',
	noun: 'completed transcription',
	filters: [],
	watch: ({ twilio }) => ({
		url: transcriptions.url(twilio),
		query: () => ({}),
		timeOf: (row) => secondsOf(row.date_created),
		sortedBy: (row) => secondsOf(row.date_created),
		judge({ status }) {
			if (status === 'completed') return 'ready';
			return status === 'failed' ? 'ignored' : 'pending';
		},
		overlap: 30 * 60,
		maxHold: 24 * 60 * 60,
	}),
});
