import { normalizePhoneNumber } from '../fields/phoneNumber';
import { defineList } from './list';

/** Characters of a body that a label shows. */
const previewLength = 40;

/**
 * Newest first by `date_sent`, which is null until the message is sent. Twilio filters by the second, though its
 * documentation speaks of days.
 *
 * @see https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources
 */
export const messages = defineList({
	url: (twilio) => twilio.account('Messages.json'),
	filters: [
		{
			displayName: 'From',
			name: 'from',
			type: 'string',
			default: '',
			placeholder: 'e.g. +14155552671',
			description: 'Only messages from this number or channel address',
		},
		{
			displayName: 'To',
			name: 'to',
			type: 'string',
			default: '',
			placeholder: 'e.g. +14155552671',
			description: 'Only messages to this number or channel address',
		},
	],
	query: ({ from, to }) => ({
		To: to && normalizePhoneNumber(to),
		From: from && normalizePhoneNumber(from),
	}),
	dates: {
		sent: {
			field: 'date_sent',
			from: { parameter: 'DateSent>', precision: 'second' },
			until: { parameter: 'DateSent<', precision: 'day' },
		},
	},
	label: ({ from, to, body, status }) =>
		`${String(from ?? '?')} → ${String(to)}: ${String(body ?? '').slice(0, previewLength)} (${String(status)})`,
});
