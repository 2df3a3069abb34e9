import { callSid } from '../../../shared/fields/sids';
import { simplify } from '../../../shared/fields/page';
import { defineOperation } from '../../operation/defineOperation';
import { callRow } from './row';

/** @see https://www.twilio.com/docs/voice/api/call-resource#fetch-a-call-resource */
export const getCall = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get a call',
	description: 'Get one call by its SID, with its current status, duration and price',
	access: 'read',
	fields: [callSid, simplify],
	prepare: ({ parameters, twilio }) => ({
		method: 'GET',
		url: twilio.account(`Calls/${parameters.callSid}.json`),
		rowFields: parameters.simplify ? callRow : undefined,
	}),
});
