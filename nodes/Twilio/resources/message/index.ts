import { defineResource } from '../../operation/defineResource';
import { cancelMessage } from './cancel';
import { deleteMessage } from './delete';
import { getMessage } from './get';
import { getManyMessages } from './getAll';
import { redactMessage } from './redact';
import { sendMessage } from './send';
import { sendMessageFeedback } from './sendFeedback';

export const message = defineResource({
	name: 'Message',
	value: 'message',
	description: 'SMS, MMS, WhatsApp, RCS and Messenger messages',
	operations: [
		sendMessage,
		getMessage,
		getManyMessages,
		deleteMessage,
		redactMessage,
		cancelMessage,
		sendMessageFeedback,
	],
});
