import { defineList } from './list';

/**
 * Newest first as far as is known; Twilio filters it by nothing.
 *
 * @see https://www.twilio.com/docs/voice/api/recording-transcription#read-multiple-transcription-resources
 */
export const transcriptions = defineList({
	url: (twilio) => twilio.account('Transcriptions.json'),
	filters: [],
	query: () => ({}),
	dates: { created: { field: 'date_created' } },
	label: ({ date_created: created, status }) => `${String(created)} (${String(status)})`,
});
