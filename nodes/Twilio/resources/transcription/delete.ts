import { defineOperation } from '../../operation/defineOperation';
import { transcriptionSid } from './fields';

/** @see https://www.twilio.com/docs/voice/api/recording-transcription#delete-a-transcription-resource */
export const deleteTranscription = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a transcription',
	description: 'Delete a transcription from Twilio for good',
	access: 'delete',
	fields: [transcriptionSid],
	prepare: ({ parameters: { transcriptionSid: sid }, twilio }) => ({
		method: 'DELETE',
		url: twilio.account(`Transcriptions/${sid}.json`),
		sid,
	}),
});
