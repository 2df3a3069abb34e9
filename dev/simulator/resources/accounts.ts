import { TwilioError } from '../errors';
import type { Resource } from '../resource';
import { findRow } from '../rows';
import type { Seed } from '../state';
import { toRfc2822 } from '../times';

/** An account as `GET /Accounts/{Sid}.json` shows it. */
export interface AccountRow {
	sid: string;
	owner_account_sid: string;
	friendly_name: string;
	status: 'active' | 'suspended' | 'closed';
	type: 'Trial' | 'Full';
	auth_token: string;
	date_created: string;
	date_updated: string;
	uri: string;
	subresource_uris: Record<string, string>;
}

/** The account itself. */
export function seedAccount({ accountSid, authToken, now }: Seed): AccountRow[] {
	const path = `/2010-04-01/Accounts/${accountSid}`;
	return [
		{
			sid: accountSid,
			owner_account_sid: accountSid,
			friendly_name: 'Simulated account',
			status: 'active',
			type: 'Full',
			auth_token: authToken,
			date_created: toRfc2822(now),
			date_updated: toRfc2822(now),
			uri: `${path}.json`,
			subresource_uris: { messages: `${path}/Messages.json` },
		},
	];
}

declare module '../state' {
	interface State {
		accounts: AccountRow[];
	}
}

/** https://www.twilio.com/docs/iam/api/account */
export const accounts = {
	document: 'api_v2010',
	operations: {
		FetchAccount({ identity, state, path }) {
			// Standard API keys may do everything except read accounts and keys.
			if (identity === 'apiKey') throw new TwilioError(20003);
			return findRow(state.accounts, path.Sid);
		},
	},
	state: (seed) => ({ accounts: seedAccount(seed) }),
} satisfies Resource;
