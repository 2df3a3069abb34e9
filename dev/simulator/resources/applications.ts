import { exact } from '../filters';
import { list } from '../paging';
import type { Resource } from '../resource';
import { findRow } from '../rows';
import { seededSid } from '../sids';
import type { Seed } from '../state';
import { toRfc2822 } from '../times';

/** A TwiML application. */
export interface ApplicationRow {
	sid: string;
	account_sid: string;
	api_version: string;
	friendly_name: string;
	date_created: string;
	date_updated: string;
	message_status_callback: string | null;
	sms_url: string | null;
	sms_method: 'GET' | 'POST';
	voice_url: string | null;
	voice_method: 'GET' | 'POST';
	status_callback: string | null;
	status_callback_method: 'GET' | 'POST';
	uri: string;
}

/** One application, without a status callback. */
export function seedApplications({ accountSid, now }: Seed): ApplicationRow[] {
	const sid = seededSid('AP', 'Order notifications');
	return [
		{
			sid,
			account_sid: accountSid,
			api_version: '2010-04-01',
			friendly_name: 'Order notifications',
			date_created: toRfc2822(now),
			date_updated: toRfc2822(now),
			message_status_callback: null,
			sms_url: null,
			sms_method: 'POST',
			voice_url: 'https://example.com/voice',
			voice_method: 'POST',
			status_callback: null,
			status_callback_method: 'POST',
			uri: `/2010-04-01/Accounts/${accountSid}/Applications/${sid}.json`,
		},
	];
}

declare module '../state' {
	interface State {
		applications: ApplicationRow[];
	}
}

/** https://www.twilio.com/docs/usage/api/applications */
export const applications = {
	document: 'api_v2010',
	operations: {
		ListApplication: list<ApplicationRow>({
			key: 'applications',
			rows: ({ state }) => state.applications,
			date: (row) => row.date_created,
			filters: { FriendlyName: exact('friendly_name') },
		}),
		FetchApplication: ({ state, path }) => findRow(state.applications, path.Sid),
	},
	state: (seed) => ({ applications: seedApplications(seed) }),
} satisfies Resource;
