import { list } from '../paging';
import type { Resource } from '../resource';
import { findRow } from '../rows';
import { seededSid } from '../sids';
import type { Seed } from '../state';
import { toIso } from '../times';

/** A Messaging Service, without its links: they depend on where the simulator listens. */
export interface MessagingServiceRow {
	sid: string;
	account_sid: string;
	friendly_name: string;
	date_created: string;
	date_updated: string;
	inbound_request_url: string | null;
	inbound_method: 'GET' | 'POST';
	fallback_url: string | null;
	fallback_method: 'GET' | 'POST';
	/** Gets the status of messages that name no callback themselves. */
	status_callback: string | null;
	sticky_sender: boolean;
	mms_converter: boolean;
	smart_encoding: boolean;
	scan_message_content: 'inherit' | 'enable' | 'disable';
	fallback_to_long_code: boolean;
	area_code_geomatch: boolean;
	synchronous_validation: boolean;
	/** Seconds. */
	validity_period: number;
	usecase: string;
	us_app_to_person_registered: boolean;
	use_inbound_webhook_on_number: boolean;
}

/** Two services. Messages sent through them leave from the account's first number. */
export function seedMessagingServices({ accountSid, now }: Seed): MessagingServiceRow[] {
	return ['Notifications', 'Marketing'].map((name) => ({
		sid: seededSid('MG', name),
		account_sid: accountSid,
		friendly_name: name,
		date_created: toIso(now),
		date_updated: toIso(now),
		inbound_request_url: null,
		inbound_method: 'POST',
		fallback_url: null,
		fallback_method: 'POST',
		status_callback: null,
		sticky_sender: true,
		mms_converter: true,
		smart_encoding: true,
		scan_message_content: 'inherit',
		fallback_to_long_code: true,
		area_code_geomatch: true,
		synchronous_validation: false,
		validity_period: 36_000,
		usecase: name.toLowerCase(),
		us_app_to_person_registered: true,
		use_inbound_webhook_on_number: false,
	}));
}

const withLinks = (row: MessagingServiceRow, { productUrl }: { productUrl: string }) => {
	const url = `${productUrl}/v1/Services/${row.sid}`;
	return { ...row, url, links: { phone_numbers: `${url}/PhoneNumbers`, channel_senders: `${url}/ChannelSenders` } };
};

declare module '../state' {
	interface State {
		messagingServices: MessagingServiceRow[];
	}
}

/** https://www.twilio.com/docs/messaging/api/service-resource */
export const messagingServices = {
	document: 'messaging_v1',
	operations: {
		ListService: list<MessagingServiceRow>({
			key: 'services',
			rows: ({ state }) => state.messagingServices,
			date: (row) => row.date_created,
			show: withLinks,
		}),
		FetchService: (exchange) => withLinks(findRow(exchange.state.messagingServices, exchange.path.Sid), exchange),
	},
	state: (seed) => ({ messagingServices: seedMessagingServices(seed) }),
} satisfies Resource;
