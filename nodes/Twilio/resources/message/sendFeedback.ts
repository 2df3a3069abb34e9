import { messageSid } from '../../../shared/fields/sids';
import { defineOperation } from '../../operation/defineOperation';

/** @see https://www.twilio.com/docs/messaging/api/message-feedback-resource */
export const sendMessageFeedback = defineOperation({
	name: 'Send Feedback',
	value: 'sendFeedback',
	action: 'Send feedback on a message',
	description: 'Tell Twilio whether the recipient acted on a message that was sent with "Provide Feedback"',
	access: 'write',
	fields: [
		messageSid,
		{
			displayName: 'Outcome',
			name: 'outcome',
			type: 'options',
			options: [
				{
					name: 'Confirmed',
					value: 'confirmed',
					description: 'The recipient acted on it, for example entered the code',
				},
				{
					name: 'Unconfirmed',
					value: 'unconfirmed',
					description: 'Nothing shows that the recipient got it',
				},
			],
			default: 'confirmed',
			description: 'What became of the message',
		},
	],
	prepare: ({ parameters, twilio }) => ({
		method: 'POST',
		url: twilio.account(`Messages/${parameters.messageSid}/Feedback.json`),
		form: { Outcome: parameters.outcome },
	}),
});
