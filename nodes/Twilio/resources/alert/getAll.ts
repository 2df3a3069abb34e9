import { DateTime } from 'luxon';
import { UserError } from 'n8n-workflow';

import { endOf } from '../../../shared/fields/time';
import { alerts, alertsUntil, daysOfAlerts } from '../../../shared/lists/alerts';
import { timeRange } from '../../../shared/lists/timeRange';
import { defineListOperation } from '../../operation/defineListOperation';
import { alertRow } from './row';

/** "30 days ago" is this much earlier by the time it is sent, at most, where the clocks changed in between. */
const slack = { hours: 1, minutes: 1 };

/** @see https://www.twilio.com/docs/usage/monitor-alert#read-multiple-alert-resources */
export const getManyAlerts = defineListOperation({
	action: 'Get many alerts',
	description: 'Get errors and warnings of the last 30 days, newest first',
	fields: [],
	filters: [
		...alerts.filters,
		alertsUntil,
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
			throw new UserError(`'Start Date' is more than ${daysOfAlerts} days ago`, {
				description: `Twilio keeps alerts for ${daysOfAlerts} days and refuses to look further back.`,
			});
		}
		const { startDate, endDate } = filters;
		const after = startDate && DateTime.max(startDate, oldest().plus({ minutes: 1 }));
		const generated = timeRange(alerts.dates.generated, { after, before: endDate && endOf(endDate) });
		return {
			url: alerts.url(twilio),
			query: { ...alerts.query(filters), ...generated.query },
			keep: generated.keep,
		};
	},
});

/** The time from which on Twilio has alerts. */
function oldest(): DateTime {
	return DateTime.utc().minus({ days: daysOfAlerts });
}
