import { defineResource } from '../../operation/defineResource';
import { deleteTranscription } from './delete';
import { getTranscription } from './get';
import { getManyTranscriptions } from './getAll';

export const transcription = defineResource({
	name: 'Transcription',
	value: 'transcription',
	description:
		"Transcriptions of recordings made with TwiML Record transcribe, up to 2 minutes long. Twilio's successor, Batch Transcription, is not part of this API.",
	operations: [getManyTranscriptions, getTranscription, deleteTranscription],
});
