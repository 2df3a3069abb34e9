import { anyOther, type StatusesField, type StatusEvent } from './statusEvent';

const statuses = {
	displayName: 'Statuses',
	name: 'statuses',
	type: 'multiOptions',
	required: true,
	options: [
		{ name: 'Accepted', value: 'accepted', description: 'A Messaging Service has taken it and chooses a sender' },
		anyOther,
		{ name: 'Canceled', value: 'canceled', description: 'Was scheduled, and then canceled' },
		{ name: 'Delivered', value: 'delivered', description: 'The carrier or the phone has confirmed it' },
		{ name: 'Failed', value: 'failed', description: 'Could not be sent' },
		{ name: 'Queued', value: 'queued', description: 'Waits to be sent' },
		{ name: 'Read', value: 'read', description: 'The recipient has opened it, on WhatsApp or RCS' },
		{ name: 'Received', value: 'received', description: 'An incoming message is there' },
		{ name: 'Receiving', value: 'receiving', description: 'An incoming message is being processed' },
		{ name: 'Scheduled', value: 'scheduled', description: 'Is to be sent later' },
		{ name: 'Sending', value: 'sending', description: 'Is on its way to the carrier' },
		{ name: 'Sent', value: 'sent', description: 'The carrier has taken it' },
		{ name: 'Undelivered', value: 'undelivered', description: 'Was sent, but did not arrive' },
	],
	default: ['queued', 'failed', 'sent', 'delivered', 'undelivered', 'other'],
	description: 'Which statuses start the workflow. Twilio does not promise their order.',
} as const satisfies StatusesField;

/**
 * Callbacks about texts and channel messages. Incoming messages have the older names only.
 *
 * @see https://www.twilio.com/docs/messaging/guides/track-outbound-message-status
 */
export const messageStatus: StatusEvent = {
	name: 'Message Status',
	value: 'messageStatus',
	description: 'A message was queued, sent, delivered, or could not be',
	sidParameters: ['MessageSid', 'SmsSid'],
	statusParameters: ['MessageStatus', 'SmsStatus'],
	statuses,
	finalStatuses: ['canceled', 'delivered', 'failed', 'read', 'received', 'undelivered'],
};
