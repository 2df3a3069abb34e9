import { defineOperation } from '../../../operation/defineOperation';
import { soughtMessage } from '../../../operation/lookUp/soughtMessage';
import { sendFields } from './fields';
import { messageForm, scheduleProblem } from './form';
import { sendOptions } from './options';

/** @see https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource */
export const sendMessage = defineOperation({
	name: 'Send',
	value: 'send',
	action: 'Send a message',
	description: 'Send an SMS, MMS, WhatsApp, RCS or Messenger message; each one costs money and cannot be taken back',
	access: 'write',
	harmsTwice: 'canBeFound',
	fields: sendFields,
	options: sendOptions,
	reservedNames: ['ScheduleType'],
	prepare({ parameters, twilio }) {
		const form = messageForm(parameters);
		const { sendAt } = parameters.options;
		return {
			method: 'POST',
			url: twilio.account('Messages.json'),
			form,
			recipient: form.To,
			tooLate: sendAt && scheduleProblem(sendAt),
			sought: soughtMessage(form),
		};
	},
});
