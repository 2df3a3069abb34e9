import { exact } from '../filters';
import { list } from '../paging';
import type { Resource } from '../resource';
import { findRow } from '../rows';
import { seededSid } from '../sids';
import type { Seed } from '../state';
import { toRfc2822 } from '../times';

/** A number that is verified as a caller ID but not owned. */
export interface OutgoingCallerIdRow {
	sid: string;
	account_sid: string;
	friendly_name: string;
	phone_number: string;
	date_created: string;
	date_updated: string;
	uri: string;
}

/** One verified number. */
export function seedOutgoingCallerIds({ accountSid, now }: Seed): OutgoingCallerIdRow[] {
	const sid = seededSid('PN', '+14155550188');
	return [
		{
			sid,
			account_sid: accountSid,
			friendly_name: 'Front desk',
			phone_number: '+14155550188',
			date_created: toRfc2822(now),
			date_updated: toRfc2822(now),
			uri: `/2010-04-01/Accounts/${accountSid}/OutgoingCallerIds/${sid}.json`,
		},
	];
}

declare module '../state' {
	interface State {
		outgoingCallerIds: OutgoingCallerIdRow[];
	}
}

/** https://www.twilio.com/docs/voice/api/outgoing-caller-ids */
export const outgoingCallerIds = {
	document: 'api_v2010',
	operations: {
		ListOutgoingCallerId: list<OutgoingCallerIdRow>({
			key: 'outgoing_caller_ids',
			rows: ({ state }) => state.outgoingCallerIds,
			date: (row) => row.date_created,
			filters: { PhoneNumber: exact('phone_number'), FriendlyName: exact('friendly_name') },
		}),
		FetchOutgoingCallerId: ({ state, path }) => findRow(state.outgoingCallerIds, path.Sid),
	},
	state: (seed) => ({ outgoingCallerIds: seedOutgoingCallerIds(seed) }),
} satisfies Resource;
