import { simplify } from '../../../shared/fields/page';
import { defineOperation } from '../../operation/defineOperation';
import { toRow } from '../../operation/toRow';
import { transcriptionRow, transcriptionSid } from './fields';

/** @see https://www.twilio.com/docs/voice/api/recording-transcription#fetch-a-transcription-resource */
export const getTranscription = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get a transcription',
	description: 'Get one transcription with its text; covers TwiML Record transcribe only, not Batch Transcription',
	access: 'read',
	fields: [transcriptionSid, simplify],
	async execute({ parameters, twilio }) {
		const row = await twilio.get(twilio.account(`Transcriptions/${parameters.transcriptionSid}.json`));
		return toRow(row, transcriptionRow, parameters.simplify);
	},
});
