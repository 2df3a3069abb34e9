import { logLevel } from '../fields/logLevel';
import { defineList } from './list';

/** Days that Twilio keeps alerts. */
export const daysOfAlerts = 30;

/**
 * Twilio collects alerts before it lists them, keeps them for 30 days, and gives 10,000 for one request and its following
 * pages. Both bounds include their second.
 *
 * @see https://www.twilio.com/docs/usage/monitor-alert#read-multiple-alert-resources
 */
export const alerts = defineList({
	url: (twilio) => twilio.product('monitor', 'v1/Alerts'),
	filters: [logLevel],
	query: (filters) => ({ LogLevel: filters.logLevel }),
	dates: {
		generated: {
			field: 'date_generated',
			from: { parameter: 'StartDate', precision: 'second', isInclusive: true },
			until: { parameter: 'EndDate', precision: 'second', isInclusive: true },
		},
	},
	label: ({ date_generated: generated, error_code: code }) => `${String(generated)}, ${String(code)}`,
});

/** Bounds of the alerts' date, as fields. */
export const alertsUntil = {
	displayName: 'End Date',
	name: 'endDate',
	type: 'dateTime',
	default: '',
	description: 'Only alerts until this time, its second included; a date without a time means the whole day',
} as const;
