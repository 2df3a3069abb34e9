import { simplify } from '../../../shared/fields/page';
import { recordingSid } from '../../../shared/fields/sids';
import { defineOperation } from '../../operation/defineOperation';
import { recordingRow } from './row';

/** @see https://www.twilio.com/docs/voice/api/recording#fetch-a-recording-resource */
export const getRecording = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get a recording',
	description: 'Get the facts of one recording: its call, status and duration; the sound itself comes with Download',
	access: 'read',
	fields: [recordingSid, simplify],
	prepare: ({ parameters, twilio }) => ({
		method: 'GET',
		url: twilio.account(`Recordings/${parameters.recordingSid}.json`),
		rowFields: parameters.simplify ? recordingRow : undefined,
	}),
});
