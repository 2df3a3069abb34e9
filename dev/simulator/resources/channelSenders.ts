import { list } from '../paging';
import type { Exchange, Resource } from '../resource';
import { findRow } from '../rows';
import { seededSid } from '../sids';

/** A sender of a channel other than SMS, without its link. Twilio gives these rows no dates. */
export interface ChannelSenderRow {
	sid: string;
	status: 'CREATING' | 'ONLINE' | 'OFFLINE' | 'PENDING_VERIFICATION' | 'VERIFYING' | 'ONLINE:UPDATING' | 'STUBBED';
	/** Channel address: `whatsapp:+14155550100` */
	sender_id: string;
	profile: { name: string };
	properties: { quality_rating: string; messaging_limit: string } | null;
}

/** One WhatsApp sender. */
export function seedChannelSenders(): ChannelSenderRow[] {
	return [
		{
			sid: seededSid('XE', 'whatsapp:+14155550100'),
			status: 'ONLINE',
			sender_id: 'whatsapp:+14155550100',
			profile: { name: 'Simulated shop' },
			properties: { quality_rating: 'HIGH', messaging_limit: '10K Customers/24hr' },
		},
	];
}

const withLink = (row: ChannelSenderRow, { productUrl }: Exchange) => ({
	...row,
	url: `${productUrl}/v2/Channels/Senders/${row.sid}`,
});

declare module '../state' {
	interface State {
		channelSenders: ChannelSenderRow[];
	}
}

/** https://www.twilio.com/docs/whatsapp/api/senders */
export const channelSenders = {
	document: 'messaging_v2',
	operations: {
		ListChannelsSender: list<ChannelSenderRow>({
			key: 'senders',
			rows: ({ state }) => state.channelSenders,
			filters: { Channel: (value) => (row) => row.sender_id.startsWith(`${value}:`) },
			show: withLink,
		}),
		FetchChannelsSender: (exchange) => withLink(findRow(exchange.state.channelSenders, exchange.path.Sid), exchange),
	},
	state: () => ({ channelSenders: seedChannelSenders() }),
} satisfies Resource;
