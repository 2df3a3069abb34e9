import { TwilioError } from '../errors';
import { exact } from '../filters';
import { list } from '../paging';
import type { Exchange, Resource, World } from '../resource';
import { findRow, omit } from '../rows';
import { newSid } from '../sids';
import { parseFilterTime, timeOf, toIso } from '../times';

/** How severe an alert is. */
export type LogLevel = 'error' | 'warning' | 'notice' | 'debug';

/** An alert, without its link. Dates are ISO 8601. */
export interface AlertRow {
	sid: string;
	account_sid: string;
	alert_text: string;
	api_version: string | null;
	date_created: string;
	/** When it happened; `date_created` may be later. */
	date_generated: string;
	date_updated: string;
	error_code: string;
	log_level: LogLevel;
	more_info: string;
	request_method: 'GET' | 'POST' | null;
	request_url: string | null;
	resource_sid: string | null;
	service_sid: string | null;
	request_variables: string | null;
	request_headers: string | null;
	response_headers: string | null;
	response_body: string | null;
}

/** An alert for {@link addAlert}. */
export interface NewAlert {
	/** Default 11200, a webhook that could not be fetched. */
	errorCode?: number;
	/** Default `error`. */
	logLevel?: LogLevel;
	text?: string;
	/** What it is about: a message, a call. */
	resourceSid?: string;
	requestUrl?: string;
	responseBody?: string;
	/** When it happened; default now. */
	dateGenerated?: Date;
}

const day = 86_400_000;
const maximumAge = 30 * day;

/** An alert appears. */
export function addAlert({ account, state, now }: World, alert: NewAlert = {}): AlertRow {
	const { errorCode = 11200, logLevel = 'error', dateGenerated = now() } = alert;
	const row: AlertRow = {
		sid: newSid('NO'),
		account_sid: account.accountSid,
		alert_text: alert.text ?? 'HTTP retrieval failure',
		api_version: '2010-04-01',
		date_created: toIso(now()),
		date_generated: toIso(dateGenerated),
		date_updated: toIso(now()),
		error_code: String(errorCode),
		log_level: logLevel,
		more_info: `https://www.twilio.com/docs/errors/${errorCode}`,
		request_method: 'POST',
		request_url: alert.requestUrl ?? 'https://example.com/webhook',
		resource_sid: alert.resourceSid ?? null,
		service_sid: null,
		request_variables: 'AccountSid=' + account.accountSid,
		request_headers: 'Content-Type=application/x-www-form-urlencoded',
		response_headers: 'Content-Type=text/html',
		response_body: alert.responseBody ?? '<h1>Bad Gateway</h1>',
	};
	state.alerts.push(row);
	return row;
}

/** Milliseconds a value stands for: a day or a second. */
function span(value: unknown): { from: number; to: number; isDay: boolean } {
	const { time, granularity } = parseFilterTime(String(value)) ?? { time: NaN, granularity: 'second' };
	const from = Math.floor(time / 1000) * 1000;
	return { from, to: from + (granularity === 'day' ? day : 1000) - 1, isDay: granularity === 'day' };
}

/** Only the last 30 days can be asked for. */
function checkStart({ query, now }: Exchange): void {
	if (query.StartDate === undefined) return;
	const { from, isDay } = span(query.StartDate);
	const oldest = now().getTime() - maximumAge;
	if (from < (isDay ? Math.floor(oldest / day) * day : Math.floor(oldest / 1000) * 1000)) {
		throw new TwilioError(20001, 'StartDate must not be more than 30 days ago', 'StartDate');
	}
}

const show = (row: AlertRow, { productUrl }: Exchange) => ({ ...row, url: `${productUrl}/v1/Alerts/${row.sid}` });

declare module '../state' {
	interface State {
		alerts: AlertRow[];
	}

	interface Happenings {
		/** An alert appears, by default about a webhook that could not be fetched. */
		alert(alert?: NewAlert): AlertRow;
	}
}

/** https://www.twilio.com/docs/usage/monitor-alert */
export const alerts = {
	document: 'monitor_v1',
	operations: {
		ListAlert: list<AlertRow>({
			key: 'alerts',
			rows(exchange) {
				const { LogLevel } = exchange.query;
				if (LogLevel !== undefined && !/^(error|warning|notice|debug)$/.test(String(LogLevel))) {
					throw new TwilioError(20001, 'Invalid parameter LogLevel', 'LogLevel');
				}
				checkStart(exchange);
				return exchange.state.alerts;
			},
			date: (row) => row.date_generated,
			within: (row, { query, now }) =>
				query.StartDate !== undefined || timeOf(row.date_generated) >= now().getTime() - maximumAge,
			filters: {
				LogLevel: exact('log_level'),
				StartDate: (value) => {
					const { from } = span(value);
					return (row) => timeOf(row.date_generated) >= from;
				},
				EndDate: (value) => {
					const { to } = span(value);
					return (row) => timeOf(row.date_generated) <= to;
				},
			},
			cap: 10_000,
			// What was asked and answered is only told of one alert at a time.
			show: (row, exchange) =>
				omit(show(row, exchange), 'request_variables', 'request_headers', 'response_headers', 'response_body'),
		}),
		FetchAlert: (exchange) => show(findRow(exchange.state.alerts, exchange.path.Sid), exchange),
	},
	state: () => ({ alerts: [] }),
	happenings: { alert: addAlert },
} satisfies Resource;
