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
	async execute({ parameters: { transcriptionSid: sid }, twilio }) {
		await twilio.delete(twilio.account(`Transcriptions/${sid}.json`));
		return { sid, deleted: true };
	},
});
