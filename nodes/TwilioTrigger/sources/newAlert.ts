import { endOf } from '../../shared/fields/time';
import { alerts, alertsUntil, daysOfAlerts } from '../../shared/lists/alerts';
import { fromSecond, secondsOf, untilSecond } from '../../shared/lists/listDate';
import { definePollSource } from '../pollSource';

const hour = 60 * 60;

/**
 * Twilio collects alerts before it lists them, keeps them for 30 days, and gives 10,000 for one request.
 *
 * @see https://www.twilio.com/docs/usage/monitor-alert#read-multiple-alert-resources
 */
export const newAlert = definePollSource({
	name: 'New Alert',
	value: 'newAlert',
	description: 'When Twilio met an error or has a warning, for example about a webhook of yours',
	noun: 'alert',
	filters: [
		...alerts.filters,
		alertsUntil,
		{
			displayName: 'Start Date',
			name: 'startDate',
			type: 'dateTime',
			default: '',
			description:
				'Only alerts from this time or later; a date without a time means its beginning. A time in the past gives those alerts too, once; Twilio keeps them for 30 days.',
		},
	],
	watch({ parameters: { filters }, twilio }) {
		const endsAt = filters.endDate && endOf(filters.endDate).toSeconds();
		return {
			url: alerts.url(twilio),
			query: ({ since, until }) => ({
				...alerts.query(filters),
				...fromSecond(alerts.dates.generated, since),
				...(until === undefined ? {} : untilSecond(alerts.dates.generated, until)),
			}),
			timeOf: (row) => secondsOf(row.date_generated),
			judge: (row) => (endsAt !== undefined && (secondsOf(row.date_generated) ?? 0) >= endsAt ? 'ignored' : 'ready'),
			overlap: hour,
			isCapped: true,
			// A little less than 30 days, so that the bound is not passed while the request is under way.
			maxAge: daysOfAlerts * 24 * hour - hour,
			startsAt: filters.startDate && Math.floor(filters.startDate.toSeconds()),
			endsAt,
		};
	},
});
