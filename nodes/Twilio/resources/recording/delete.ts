import { recordingSid } from '../../../shared/fields/sids';
import { defineOperation } from '../../operation/defineOperation';

/** @see https://www.twilio.com/docs/voice/api/recording#delete-a-recording-resource */
export const deleteRecording = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a recording',
	description: 'Delete the sound of a recording from Twilio for good; its facts stay visible for 40 days',
	access: 'delete',
	fields: [recordingSid],
	prepare: ({ parameters: { recordingSid: sid }, twilio }) => ({
		method: 'DELETE',
		url: twilio.account(`Recordings/${sid}.json`),
		sid,
	}),
});
