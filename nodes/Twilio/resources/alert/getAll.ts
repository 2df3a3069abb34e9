import { DateTime } from 'luxon';
import { UserError } from 'n8n-workflow';

import { logLevel } from '../../../shared/fields/logLevel';
import { endOf } from '../../../shared/fields/time';
import { defineListOperation } from '../../operation/defineListOperation';
import { timeRange } from '../../operation/timeRange';
import { alertRow } from './row';

/** Days that Twilio keeps alerts. */
const daysKept = 30;

/** "30 days ago" is this much earlier by the time it is sent, at most, where the clocks changed in between. */
const slack = { hours: 1, minutes: 1 };

/** @see https://www.twilio.com/docs/usage/monitor-alert#read-multiple-alert-resources */
export const getManyAlerts = defineListOperation({
	action: 'Get many alerts',
	description: 'Get errors and warnings of the last 30 days, newest first',
	fields: [],
	filters: [
		{
			displayName: 'End Date',
			name: 'endDate',
			type: 'dateTime',
			default: '',
			description: 'Only alerts until this time, its second included; a date without a time means the whole day',
		},
		logLevel,
		{
			displayName: 'Start Date',
			name: 'startDate',
			type: 'dateTime',
			default: '',
			description:
				'Only alerts from this time or later; a date without a time means its beginning. Twilio keeps alerts for 30 days.',
		},
	],
	row: alertRow,
	list({ twilio, parameters: { filters } }) {
		// Of the day that was 30 days ago there is still a part.
		if (filters.startDate && endOf(filters.startDate) < oldest().minus(slack)) {
			throw new UserError(`'Start Date' is more than ${daysKept} days ago`, {
				description: `Twilio keeps alerts for ${daysKept} days and refuses to look further back.`,
			});
		}
		const end = filters.endDate && endOf(filters.endDate);
		return {
			url: twilio.product('monitor', 'v1/Alerts'),
			query: {
				LogLevel: filters.logLevel,
				// Both bounds are inclusive here, to the second.
				StartDate: filters.startDate && iso(DateTime.max(filters.startDate, oldest().plus({ minutes: 1 }))),
				EndDate: end && iso(end),
			},
			keep: timeRange('date_generated', filters.startDate, end).keep,
		};
	},
});

/** The time from which on Twilio has alerts. */
function oldest(): DateTime {
	return DateTime.utc().minus({ days: daysKept });
}

function iso(time: DateTime): string {
	return time.toUTC().startOf('second').toISO({ suppressMilliseconds: true }) ?? '';
}
