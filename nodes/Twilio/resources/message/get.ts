import { messageSid } from '../../../shared/fields/messageSid';
import { simplify } from '../../../shared/fields/page';
import { defineOperation } from '../../operation/defineOperation';
import { toRow } from '../../operation/toRow';
import { messageRow } from './row';

/** @see https://www.twilio.com/docs/messaging/api/message-resource#fetch-a-message */
export const getMessage = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get a message',
	description: 'Get one message by its SID, with its current status and error code',
	access: 'read',
	fields: [messageSid, simplify],
	async execute({ parameters, twilio }) {
		const row = await twilio.get(twilio.account(`Messages/${parameters.messageSid}.json`));
		return toRow(row, messageRow, parameters.simplify);
	},
});
