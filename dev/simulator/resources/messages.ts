import { TwilioError } from '../errors';
import { dates, exact } from '../filters';
import { list } from '../paging';
import type { Exchange, Resource, World } from '../resource';
import { findRow, removeRow } from '../rows';
import { newSid } from '../sids';
import { parseFilterTime, toRfc2822 } from '../times';
import { attachMedia, inventMedia, removeMedia, type MediaContent } from './media';
import { messageRules, type MessageForm } from './messageRules';
import type { DeliveryFailure, MessageRow, MessageSettings } from './messageRow';
import { countSegments } from './messageSegments';
import { advanceMessages, isInProgress, setStatus } from './messageStatus';

/** An inbound message for {@link receiveMessage}. */
export interface InboundMessage {
	/** E.164 or channel address. */
	from: string;
	to: string;
	body?: string;
	media?: MediaContent[];
}

type Essentials = Pick<MessageRow, 'direction' | 'status' | 'from' | 'to' | 'body'>;

function storeMessage(
	world: World,
	essentials: Essentials,
	files: MediaContent[],
	more: Partial<MessageRow> = {},
): MessageRow {
	const { account, state } = world;
	const sid = newSid(files.length ? 'MM' : 'SM');
	const now = toRfc2822(world.now());
	const path = `/2010-04-01/Accounts/${account.accountSid}/Messages/${sid}`;
	const row: MessageRow = {
		body: essentials.body,
		num_segments: String(countSegments(essentials.body)),
		direction: essentials.direction,
		from: essentials.from,
		date_updated: now,
		price: null,
		error_message: null,
		uri: `${path}.json`,
		account_sid: account.accountSid,
		num_media: String(files.length),
		to: essentials.to,
		date_created: now,
		status: essentials.status,
		sid,
		date_sent: null,
		messaging_service_sid: null,
		error_code: null,
		price_unit: 'USD',
		api_version: '2010-04-01',
		subresource_uris: { media: `${path}/Media.json`, feedback: `${path}/Feedback.json` },
		...more,
	};
	state.messages.push(row);
	files.forEach((file) => attachMedia(world, sid, file));
	return row;
}

/** A message arrives at one of the account's numbers. */
export function receiveMessage(world: World, { from, to, body = '', media = [] }: InboundMessage): MessageRow {
	// The time Twilio called the number's webhook; there is none here, so it is now.
	const more = { date_sent: toRfc2822(world.now()), price: '-0.00750' };
	return storeMessage(world, { direction: 'inbound', status: 'received', from, to, body }, media, more);
}

function createMessage(exchange: Exchange): MessageRow {
	const form = exchange.body as MessageForm;
	const rule = messageRules.find(({ broken }) => broken(form, exchange));
	if (rule) throw new TwilioError(rule.code, undefined, rule.parameter);

	const service = form.MessagingServiceSid;
	const status = form.SendAt && form.ScheduleType ? 'scheduled' : service ? 'accepted' : 'queued';
	const row = storeMessage(
		exchange,
		{
			direction: 'outbound-api',
			status,
			from: form.From || null,
			to: form.To ?? '',
			body: trialPrefix(exchange) + (form.Body || templateText(exchange, form)),
		},
		(form.MediaUrl ?? []).map(inventMedia),
		{ messaging_service_sid: service ?? null },
	);
	exchange.state.messageSettings.set(row.sid, {
		statusCallback: form.StatusCallback,
		applicationSid: form.ApplicationSid,
		sendAt: form.SendAt ? parseFilterTime(form.SendAt)?.time : undefined,
		provideFeedback: form.ProvideFeedback ?? false,
	});
	return row;
}

/** An account that nobody has paid for yet says so in each text. */
function trialPrefix({ state }: Exchange): string {
	return state.accounts[0]?.type === 'Trial' ? 'Sent from your Twilio trial account - ' : '';
}

/** Text of a content template with the variables filled in. */
function templateText({ state }: Exchange, { ContentSid, ContentVariables = '{}' }: MessageForm): string {
	const template = state.contentTemplates.find(({ sid }) => sid === ContentSid);
	const type = Object.values(template?.types ?? {})[0] as { body?: string } | undefined;
	const values = { ...template?.variables, ...(JSON.parse(ContentVariables) as Record<string, string>) };
	return (type?.body ?? '').replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
}

function updateMessage(exchange: Exchange): MessageRow {
	const row = findRow(exchange.state.messages, exchange.path.Sid);
	const { Body, Status } = exchange.body as { Body?: string; Status?: 'canceled' };
	// Exactly one of: an empty Body, which redacts, and Status=canceled.
	if ((Body === undefined) === (Status === undefined) || Body) throw new TwilioError(30400);
	if (Status === undefined) {
		row.body = '';
		row.date_updated = toRfc2822(exchange.now());
		return row;
	}
	if (row.status !== 'scheduled') throw new TwilioError(30409);
	setStatus(exchange, row, Status);
	return row;
}

function deleteMessage(exchange: Exchange): null {
	const { state, path } = exchange;
	const row = findRow(state.messages, path.Sid);
	if (isInProgress(row)) throw new TwilioError(20009);
	removeRow(state.messages, row);
	state.media.filter((file) => file.parent_sid === row.sid).forEach((file) => removeMedia(exchange, file));
	return null;
}

function createFeedback({ state, path, body, account, now, requestPath }: Exchange): object {
	const row = findRow(state.messages, path.MessageSid);
	if (!state.messageSettings.get(row.sid)?.provideFeedback) {
		throw new TwilioError(20001, 'The message was not sent with ProvideFeedback', 'ProvideFeedback');
	}
	const date = toRfc2822(now());
	return {
		account_sid: account.accountSid,
		message_sid: row.sid,
		outcome: body.Outcome ?? 'confirmed',
		date_created: date,
		date_updated: date,
		uri: requestPath,
	};
}

declare module '../state' {
	interface State {
		messages: MessageRow[];
		/** What was asked for a message and is not part of its row; by SID. */
		messageSettings: Map<string, MessageSettings>;
		/** Recipients whose messages fail after they were accepted, by `To`. */
		deliveryFailures: Map<string, DeliveryFailure>;
		/** Recipients that answered STOP: 21610. */
		optedOut: Set<string>;
	}

	interface Happenings {
		/** A message arrives. */
		receive(message: InboundMessage): MessageRow;
	}
}

/** https://www.twilio.com/docs/messaging/api/message-resource */
export const messages = {
	document: 'api_v2010',
	operations: {
		ListMessage: list<MessageRow>({
			key: 'messages',
			rows: ({ state }) => state.messages,
			// Most recently sent first; what is not sent yet stands above all.
			date: (row) => row.date_sent,
			filters: { To: exact('to'), From: exact('from'), ...dates('DateSent', 'date_sent') },
		}),
		FetchMessage: ({ state, path }) => findRow(state.messages, path.Sid),
		CreateMessage: createMessage,
		UpdateMessage: updateMessage,
		DeleteMessage: deleteMessage,
		CreateMessageFeedback: createFeedback,
	},
	// Errors about these parameters have codes of their own.
	errorCodes: { CreateMessage: { To: 21604, StatusCallback: 21609, MediaUrl: 21620, SendAt: 35114 } },
	advance: advanceMessages,
	state: () => ({ messages: [], messageSettings: new Map(), deliveryFailures: new Map(), optedOut: new Set() }),
	happenings: { receive: receiveMessage },
} satisfies Resource;
