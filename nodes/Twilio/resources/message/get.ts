import { messageSid } from '../../../shared/fields/sids';
import { simplify } from '../../../shared/fields/page';
import { defineOperation } from '../../operation/defineOperation';
import { messageRow } from './row';

/** @see https://www.twilio.com/docs/messaging/api/message-resource#fetch-a-message */
export const getMessage = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get a message',
	description: 'Get one message by its SID, with its current status and error code',
	access: 'read',
	fields: [messageSid, simplify],
	prepare: ({ parameters, twilio }) => ({
		method: 'GET',
		url: twilio.account(`Messages/${parameters.messageSid}.json`),
		rowFields: parameters.simplify ? messageRow : undefined,
	}),
});
