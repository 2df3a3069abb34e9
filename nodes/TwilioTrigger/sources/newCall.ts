import { calls, listedCallStatuses } from '../../shared/lists/calls';
import { fromSecond, secondsOf } from '../../shared/lists/listDate';
import { callDirection } from '../fields';
import { definePollSource } from '../pollSource';
import { goes } from './direction';

/** How far a call is with each status; with none of these, it may still reach all of them. */
const stages: Readonly<Record<string, number>> = {
	ringing: 1,
	'in-progress': 2,
	busy: 3,
	canceled: 3,
	completed: 3,
	failed: 3,
	'no-answer': 3,
};

const stageOf = (status: string) => stages[status] ?? 0;

/**
 * A call gets its `start_time` when it is dialled; before, it waits in the queue, up to a day. The status is never asked of
 * Twilio: a call that reaches it hours later would come with a date that was passed long ago.
 *
 * @see https://www.twilio.com/docs/voice/api/call-resource#retrieve-a-list-of-calls
 */
export const newCall = definePollSource({
	name: 'New Call',
	value: 'newCall',
	description: 'When a call was received or dialled',
	noun: 'call',
	fields: [callDirection],
	filters: [
		...calls.filters,
		{
			displayName: 'Statuses',
			name: 'statuses',
			type: 'multiOptions',
			options: listedCallStatuses,
			default: [],
			description:
				'Only calls that have one of these statuses when the trigger looks. A call that may still reach one is waited for; a short-lived status is easily missed.',
		},
	],
	watch: ({ parameters: { direction, filters }, twilio }) => ({
		url: calls.url(twilio),
		query: ({ since }) => ({ ...calls.query(filters), ...fromSecond(calls.dates.started, since) }),
		timeOf: (row) => secondsOf(row.start_time),
		sortedBy: (row) => secondsOf(row.start_time),
		judge(row) {
			if (!goes(row, direction)) return 'ignored';
			const status = String(row.status);
			const chosen: readonly string[] = filters.statuses ?? [status];
			if (chosen.includes(status)) return 'ready';
			return chosen.some((other) => stageOf(other) > stageOf(status)) ? 'pending' : 'ignored';
		},
		overlap: 15 * 60,
		// A call lasts a day at most.
		maxHold: 25 * 60 * 60,
	}),
});
