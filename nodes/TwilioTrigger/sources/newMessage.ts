import { fromSecond, secondsOf } from '../../shared/lists/listDate';
import { messages } from '../../shared/lists/messages';
import { messageDirection } from '../fields';
import { definePollSource } from '../pollSource';
import { earliest, type Row } from '../engine/list';
import { goes } from './direction';

/** What a message ends with that was never handed to a carrier. */
const endedUnsent = new Set(['failed', 'undelivered', 'canceled']);

/** A message is scheduled 35 days ahead at most. */
const longest = 36 * 24 * 60 * 60;

/**
 * Twilio sorts by `date_sent` and filters by it, by the second, though the documentation of the filter speaks of days.
 * The date is null until the message is sent, up to 35 days after it was scheduled.
 *
 * @see https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources
 */
export const newMessage = definePollSource({
	name: 'New Message',
	value: 'newMessage',
	description: 'When a message was received, or sent if you choose so, on any channel',
	noun: 'message',
	fields: [messageDirection],
	filters: messages.filters,
	options: [
		{
			displayName: 'Include Unsent Messages',
			name: 'includeUnsent',
			type: 'boolean',
			default: false,
			description:
				"Whether to react also to messages that failed or were canceled before they were sent. Choose the direction 'Outbound' or 'Both' for them.",
		},
	],
	watch({ parameters: { direction, filters, options }, twilio }) {
		const sent = (row: Row) => secondsOf(row.date_sent);
		// Such a row has no date but those of its record; the one of its last change is when it failed, unless it changed later.
		const failed = ({ status, date_updated, date_created }: Row) =>
			endedUnsent.has(String(status))
				? earliest(secondsOf(date_updated), (secondsOf(date_created) ?? Infinity) + longest)
				: undefined;
		return {
			url: messages.url(twilio),
			query: ({ since }) => ({
				...messages.query(filters),
				// Whether a bound lets rows without this date pass is not documented.
				...(options.includeUnsent ? {} : fromSecond(messages.dates.sent, since)),
			}),
			mayMove: (row) => sent(row) === undefined,
			timeOf: options.includeUnsent ? (row) => sent(row) ?? failed(row) : sent,
			sortedBy: sent,
			judge: (row) => (goes(row, direction) ? 'ready' : 'ignored'),
			overlap: 15 * 60,
		};
	},
});
