import { simplify } from '../../../shared/fields/page';
import { defineOperation } from '../../operation/defineOperation';
import { transcriptionRow, transcriptionSid } from './fields';

/** @see https://www.twilio.com/docs/voice/api/recording-transcription#fetch-a-transcription-resource */
export const getTranscription = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get a transcription',
	description: 'Get one transcription with its text; covers TwiML Record transcribe only, not Batch Transcription',
	access: 'read',
	fields: [transcriptionSid, simplify],
	prepare: ({ parameters, twilio }) => ({
		method: 'GET',
		url: twilio.account(`Transcriptions/${parameters.transcriptionSid}.json`),
		rowFields: parameters.simplify ? transcriptionRow : undefined,
	}),
});
