import { dateParameters } from '../../../shared/lists/list';
import { messages } from '../../../shared/lists/messages';
import { timeRange } from '../../../shared/lists/timeRange';
import { defineListOperation } from '../../operation/defineListOperation';
import { messageRow } from './row';

/** @see https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources */
export const getManyMessages = defineListOperation({
	action: 'Get many messages',
	description: 'Get messages of the account, newest first, sent and received',
	fields: [],
	filters: [
		...messages.filters,
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
	],
	row: messageRow,
	reservedNames: dateParameters(messages),
	list({ twilio, parameters: { filters } }) {
		const { sentAfter: after, sentBefore: before, sentOn: on } = filters;
		const sent = timeRange(messages.dates.sent, { after, before, on });
		return {
			url: messages.url(twilio),
			query: { ...messages.query(filters), ...sent.query },
			keep: sent.keep,
		};
	},
});
