import { calls, endedCallStatuses } from '../../shared/lists/calls';
import { secondsOf, type Seconds } from '../../shared/lists/listDate';
import { callDirection } from '../fields';
import { definePollSource } from '../pollSource';
import { earliest, type Row } from '../engine/list';
import { goes } from './direction';

const hour = 60 * 60;

/** A call lasts a day at most. */
const longest = 25 * hour;

const ended = new Set<string>(endedCallStatuses.map(({ value }) => value));

/**
 * Ordered by the end of the call. Twilio documents that as empty for calls that were not completed; they have the date of
 * their last change then, which may move later.
 *
 * Twilio lists calls by their start, so that a long one stands deep in the list, which is read as far back as a call can have
 * begun that has just ended. No bound is asked of Twilio: whether `EndTime>` lets calls without an end pass is not documented,
 * nor whether `StartTime>` does so with those that were canceled before they were dialled. The price is that the list would be
 * read whole if it did not begin with the newest calls.
 *
 * @see https://www.twilio.com/docs/voice/api/call-resource#retrieve-a-list-of-calls
 */
export const callEnded = definePollSource({
	name: 'Call Ended',
	value: 'callEnded',
	description: 'When a call has ended, however it ended and however long it took',
	noun: 'ended call',
	fields: [callDirection],
	filters: [
		...calls.filters,
		{
			displayName: 'Statuses',
			name: 'statuses',
			type: 'multiOptions',
			options: endedCallStatuses,
			default: [],
			description: 'Only calls that ended with one of these statuses',
		},
	],
	watch: ({ parameters: { direction, filters }, twilio }) => ({
		url: calls.url(twilio),
		query: () => calls.query(filters),
		timeOf: (row) => secondsOf(row.end_time) ?? lastChange(row),
		mayMove: (row) => secondsOf(row.end_time) === undefined,
		// When the call must have ended.
		sortedBy: (row) => later(secondsOf(row.start_time)),
		judge(row) {
			const chosen: readonly unknown[] = filters.statuses ?? [row.status];
			return goes(row, direction) && chosen.includes(row.status) ? 'ready' : 'ignored';
		},
		overlap: 15 * 60,
	}),
});

/** When a call without an end changed last, which is of no interest long after it can have ended. */
function lastChange({ status, date_updated, start_time, date_created }: Row): Seconds | undefined {
	if (!ended.has(String(status))) return undefined;
	return earliest(secondsOf(date_updated), later(secondsOf(start_time) ?? secondsOf(date_created)));
}

function later(start: Seconds | undefined): Seconds | undefined {
	return start === undefined ? undefined : start + longest;
}
