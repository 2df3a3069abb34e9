import { callSid } from '../../../shared/fields/sids';
import { defineOperation } from '../../operation/defineOperation';

/** @see https://www.twilio.com/docs/voice/api/call-resource#delete-a-call-resource */
export const deleteCall = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a call',
	description: 'Delete the record of an ended call from Twilio for good; its recordings stay',
	access: 'delete',
	fields: [callSid],
	prepare: ({ parameters: { callSid: sid }, twilio }) => ({
		method: 'DELETE',
		url: twilio.account(`Calls/${sid}.json`),
		sid,
	}),
});
