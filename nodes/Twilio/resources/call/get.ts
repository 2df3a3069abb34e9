import { callSid } from '../../../shared/fields/callSid';
import { simplify } from '../../../shared/fields/page';
import { defineOperation } from '../../operation/defineOperation';
import { toRow } from '../../operation/toRow';
import { callRow } from './row';

/** @see https://www.twilio.com/docs/voice/api/call-resource#fetch-a-call-resource */
export const getCall = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get a call',
	description: 'Get one call by its SID, with its current status, duration and price',
	access: 'read',
	fields: [callSid, simplify],
	async execute({ parameters, twilio }) {
		const row = await twilio.get(twilio.account(`Calls/${parameters.callSid}.json`));
		return toRow(row, callRow, parameters.simplify);
	},
});
