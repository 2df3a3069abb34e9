import type { World } from '../resource';
import { toRfc2822 } from '../times';
import { channelOf } from './messageRules';
import type { MessageRow, MessageStatus } from './messageRow';

/** What follows a status if nothing goes wrong. Twilio passes "sending" so fast that it rarely tells, so it is left out. */
const next: Partial<Record<MessageStatus, MessageStatus>> = {
	scheduled: 'queued',
	accepted: 'queued',
	queued: 'sent',
	sending: 'sent',
	sent: 'delivered',
};

/** Where a message leaves the way to "delivered" that is to fail. */
const failing: Partial<Record<MessageStatus, Partial<Record<MessageStatus, MessageStatus>>>> = {
	failed: { queued: 'failed' },
	undelivered: { sent: 'undelivered' },
};

const inProgress = new Set<MessageStatus>(['accepted', 'queued', 'sending', 'sent', 'receiving']);

/** Whether a message cannot be deleted yet (20009). */
export function isInProgress({ status }: MessageRow): boolean {
	return inProgress.has(status);
}

/** Moves every unfinished message one step on and posts its status callback. */
export function advanceMessages(world: World): void {
	// A callback's receiver may send further messages; they start with the next step.
	for (const row of [...world.state.messages]) {
		const status = nextStatus(world, row);
		if (status) setStatus(world, row, status);
	}
}

function nextStatus({ state, now }: World, row: MessageRow): MessageStatus | undefined {
	if (row.direction === 'inbound') return undefined;
	const { sendAt } = state.messageSettings.get(row.sid) ?? {};
	if (row.status === 'scheduled' && sendAt !== undefined && sendAt > now().getTime()) return undefined;
	const failure = state.deliveryFailures.get(row.to);
	const way = failure && failing[failure.status]?.[row.status];
	// Only these channels tell that a message was read.
	const read = row.status === 'delivered' && ['whatsapp', 'rcs'].includes(channelOf(row.to)) ? 'read' : undefined;
	return way ?? next[row.status] ?? read;
}

/** Gives a message a status, with the dates and fields that come with it, and posts the callback. */
export function setStatus(world: World, row: MessageRow, status: MessageStatus): void {
	const now = toRfc2822(world.now());
	row.status = status;
	row.date_updated = now;
	if (status === 'sent') {
		row.date_sent = now;
		row.from ??= world.state.phoneNumbers[0]?.phone_number ?? null;
		row.price = '-0.00790';
	}
	if (status === 'failed' || status === 'undelivered') {
		const failure = world.state.deliveryFailures.get(row.to);
		row.error_code = failure?.errorCode ?? 30008;
		row.error_message = failure?.errorMessage ?? 'Unknown error';
	}
	const url = callbackUrl(world, row);
	if (url) world.callbacks.send(row.sid, url, callbackParameters(world, row));
}

/** The message's own callback wins over its application's, and that over its service's. */
function callbackUrl({ state }: World, row: MessageRow): string | undefined {
	const { statusCallback, applicationSid } = state.messageSettings.get(row.sid) ?? {};
	const application = state.applications.find(({ sid }) => sid === applicationSid);
	const service = state.messagingServices.find(({ sid }) => sid === row.messaging_service_sid);
	return statusCallback || application?.message_status_callback || service?.status_callback || undefined;
}

/** https://www.twilio.com/docs/messaging/guides/outbound-message-logging#status-callback-parameters */
function callbackParameters({ account, state, now }: World, row: MessageRow): Record<string, string> {
	const channel = channelOf(row.to);
	const sender = state.channelSenders.find(({ sender_id }) => sender_id === row.from);
	const parameters: Record<string, string | undefined> = {
		AccountSid: account.accountSid,
		ApiVersion: row.api_version,
		MessageSid: row.sid,
		SmsSid: row.sid,
		MessageStatus: row.status,
		SmsStatus: row.status,
		From: row.from ?? '',
		To: row.to,
		MessagingServiceSid: row.messaging_service_sid ?? undefined,
		ErrorCode: row.error_code === null ? undefined : String(row.error_code),
		ErrorMessage: row.error_message ?? undefined,
		// YYMMDDhhmm
		RawDlrDoneDate: row.status === 'delivered' ? now().toISOString().replace(/\D/g, '').slice(2, 12) : undefined,
		ChannelPrefix: channel === 'sms' ? undefined : channel,
		ChannelInstallSid: channel === 'sms' ? undefined : sender?.sid,
		EventType: row.status === 'read' ? 'READ' : undefined,
	};
	return Object.fromEntries(
		Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined),
	);
}
