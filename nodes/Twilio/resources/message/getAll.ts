import { defineListOperation } from '../../operation/defineListOperation';
import { timeRange } from '../../operation/timeRange';
import { normalizePhoneNumber } from '../../../shared/fields/phoneNumber';
import { messageRow } from './row';

/** @see https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources */
export const getManyMessages = defineListOperation({
	action: 'Get many messages',
	description: 'Get messages of the account, newest first, sent and received',
	fields: [],
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
			displayName: 'Sent After',
			name: 'sentAfter',
			type: 'dateTime',
			default: '',
			description: 'Only messages sent or received at this time or later',
		},
		{
			displayName: 'Sent Before',
			name: 'sentBefore',
			type: 'dateTime',
			default: '',
			description: 'Only messages sent or received before this time',
		},
		{
			displayName: 'Sent On',
			name: 'sentOn',
			type: 'dateTime',
			default: '',
			description: "Only messages sent or received on this day, in the workflow's timezone",
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
	row: messageRow,
	reservedNames: ['DateSent<', 'DateSent>'],
	list({ twilio, parameters: { filters } }) {
		const sent = timeRange('date_sent', filters.sentAfter, filters.sentBefore, filters.sentOn);
		return {
			url: twilio.account('Messages.json'),
			query: {
				To: filters.to && normalizePhoneNumber(filters.to),
				From: filters.from && normalizePhoneNumber(filters.from),
				'DateSent>': sent.onOrAfter?.second,
				'DateSent<': sent.before?.nextDay,
			},
			keep: sent.keep,
		};
	},
});
