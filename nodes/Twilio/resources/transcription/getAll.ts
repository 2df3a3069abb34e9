import { recordingLocator } from '../../../shared/fields/sids';
import { transcriptions } from '../../../shared/lists/transcriptions';
import { defineListOperation } from '../../operation/defineListOperation';
import { transcriptionRow } from './fields';

/** @see https://www.twilio.com/docs/voice/api/recording-transcription#read-multiple-transcription-resources */
export const getManyTranscriptions = defineListOperation({
	action: 'Get many transcriptions',
	description:
		'Get many transcriptions, also of one recording only; covers TwiML Record transcribe only, not Batch Transcription',
	fields: [],
	filters: [{ ...recordingLocator, description: 'Only transcriptions of this recording' }],
	row: transcriptionRow,
	list: ({ twilio, parameters: { filters } }) => ({
		url: filters.recordingSid
			? twilio.account(`Recordings/${filters.recordingSid}/Transcriptions.json`)
			: transcriptions.url(twilio),
	}),
});
