import { TwilioError } from '../errors';
import { dates, exact } from '../filters';
import { list } from '../paging';
import type { Exchange, Resource, World } from '../resource';
import { findRow, removeRow } from '../rows';
import { newSid } from '../sids';
import { toRfc2822 } from '../times';
import { isEnded, type CallFailure, type CallRow, type CallSettings, type CallStatus } from './callRow';
import { callRules, type CallForm } from './callRules';
import { advanceCalls, endCall } from './callStatus';

/** A call for {@link addCall}. */
export interface NewCall {
	from: string;
	to: string;
	/** Default `inbound`. */
	direction?: CallRow['direction'];
	/** Default `completed`. */
	status?: CallStatus;
	/** Default: now, or the duration ago if it has ended. */
	startTime?: Date;
	/** Seconds; default 30 for a completed call, 0 for one that was never answered. */
	duration?: number;
	/** Seen of the call that caused this one by `<Dial>`. */
	parentCallSid?: string;
}

const subresources = ['notifications', 'recordings', 'payments', 'events', 'siprec', 'streams', 'transcriptions'];

function storeCall(
	{ account, state }: World,
	essentials: Pick<CallRow, 'direction' | 'status' | 'from' | 'to'>,
	more: Partial<CallRow> = {},
): CallRow {
	const sid = newSid('CA');
	const path = `/2010-04-01/Accounts/${account.accountSid}/Calls/${sid}`;
	const own = essentials.direction === 'inbound' ? essentials.to : essentials.from;
	const row: CallRow = {
		sid,
		account_sid: account.accountSid,
		answered_by: null,
		api_version: '2010-04-01',
		caller_name: null,
		date_created: null,
		date_updated: null,
		direction: essentials.direction,
		duration: null,
		end_time: null,
		forwarded_from: null,
		from: essentials.from,
		from_formatted: formatted(essentials.from),
		group_sid: null,
		parent_call_sid: null,
		phone_number_sid: state.phoneNumbers.find(({ phone_number }) => phone_number === own)?.sid ?? null,
		price: null,
		price_unit: 'USD',
		queue_time: '0',
		start_time: null,
		status: essentials.status,
		subresource_uris: Object.fromEntries(
			subresources.map((name) => [name, `${path}/${name[0]!.toUpperCase()}${name.slice(1)}.json`]),
		),
		to: essentials.to,
		to_formatted: formatted(essentials.to),
		trunk_sid: null,
		uri: `${path}.json`,
		...more,
	};
	state.calls.push(row);
	return row;
}

/** `+14155550100` → `(415) 555-0100`; others stay as they are. */
export function formatted(number: string): string {
	return number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3');
}

/** A call appears that nobody asked for by the API: somebody calls one of the account's numbers, or called it before. */
export function addCall(world: World, call: NewCall): CallRow {
	const { from, to, direction = 'inbound', status = 'completed', parentCallSid = null } = call;
	const duration = call.duration ?? (status === 'completed' ? 30 : 0);
	const hasEnded = isEnded({ status });
	const start = call.startTime ?? new Date(world.now().getTime() - (hasEnded ? duration * 1000 : 0));
	const end = new Date(start.getTime() + duration * 1000);
	const started = status === 'queued' ? null : toRfc2822(start);
	return storeCall(
		world,
		{ direction, status, from, to },
		{
			parent_call_sid: parentCallSid,
			start_time: started,
			date_created: started,
			date_updated: started && toRfc2822(hasEnded ? end : start),
			...(hasEnded && { end_time: toRfc2822(end), duration: String(duration) }),
			...(status === 'completed' && { price: '-0.00850' }),
		},
	);
}

function createCall(exchange: Exchange): CallRow {
	const form = exchange.body as CallForm;
	const rule = callRules.find(({ broken }) => broken(form, exchange));
	if (rule) throw new TwilioError(rule.code, rule.message, rule.parameter);
	const { state } = exchange;
	const row = storeCall(exchange, {
		direction: 'outbound-api',
		status: 'queued',
		from: form.From ?? '',
		to: form.To ?? '',
	});
	const application = state.applications.find(({ sid }) => sid === form.ApplicationSid);
	state.callSettings.set(row.sid, {
		// With an application its own callback counts.
		...(application
			? {
					statusCallback: application.status_callback ?? undefined,
					statusCallbackMethod: application.status_callback_method,
					instructions: application.voice_url ?? undefined,
				}
			: {
					statusCallback: form.StatusCallback,
					statusCallbackMethod: form.StatusCallbackMethod,
					statusCallbackEvents: form.StatusCallbackEvent,
					instructions: form.Url ?? form.Twiml,
				}),
		callbacks: 0,
		record: form.Record ?? false,
		recordingChannels: form.RecordingChannels,
		recordingStatusCallback: form.RecordingStatusCallback,
		recordingStatusCallbackMethod: form.RecordingStatusCallbackMethod,
		// Twilio's documentation separates them by spaces, its SDK repeats the parameter.
		recordingStatusCallbackEvents: form.RecordingStatusCallbackEvent?.flatMap((events) => events.split(' ')),
		// SendDigits switches the detection off.
		answeredBy: form.MachineDetection && !form.SendDigits ? (state.answerers.get(row.to) ?? 'human') : undefined,
		...(form.AsyncAmd === 'true' && {
			asyncDetection: { callback: form.AsyncAmdStatusCallback, method: form.AsyncAmdStatusCallbackMethod },
		}),
	});
	// The row changes with the next step; the answer shows it as it is now.
	return { ...row };
}

interface UpdateForm {
	Url?: string;
	Twiml?: string;
	Status?: 'canceled' | 'completed';
	StatusCallback?: string;
	StatusCallbackMethod?: string;
}

function updateCall(exchange: Exchange): CallRow {
	const { state, path } = exchange;
	const row = findRow(state.calls, path.Sid);
	const form = exchange.body as UpdateForm;
	const instructions = form.Url ?? form.Twiml;
	if (form.Url !== undefined && form.Twiml !== undefined) {
		throw new TwilioError(20001, 'Url and Twiml must not be used together', 'Twiml');
	}
	if (form.Twiml !== undefined && form.Twiml.length > 4000) throw new TwilioError(20001, undefined, 'Twiml');
	if (isEnded(row) || (instructions !== undefined && row.status !== 'in-progress')) throw new TwilioError(21220);

	const settings = state.callSettings.get(row.sid) ?? { callbacks: 0, record: false };
	state.callSettings.set(row.sid, {
		...settings,
		statusCallback: form.StatusCallback ?? settings.statusCallback,
		statusCallbackMethod: form.StatusCallbackMethod ?? settings.statusCallbackMethod,
		instructions: instructions ?? settings.instructions,
	});
	// "canceled" does not touch a call that was answered; "completed" ends any, and one that was not answered is canceled.
	if (form.Status && row.status !== 'in-progress') endCall(exchange, row, 'canceled');
	else if (form.Status === 'completed') endCall(exchange, row, 'completed');
	return row;
}

function deleteCall({ state, path }: Exchange): null {
	const row = findRow(state.calls, path.Sid);
	if (!isEnded(row)) throw new TwilioError(20009, 'Cannot delete call because it has not been completed.');
	removeRow(state.calls, row);
	return null;
}

declare module '../state' {
	interface State {
		calls: CallRow[];
		/** What was asked for a call and is not part of its row; by SID. */
		callSettings: Map<string, CallSettings>;
		/** Who is called in vain, by `To`. */
		callFailures: Map<string, CallFailure>;
		/** Who is found to answer a call with machine detection, by `To`; a human where nothing is said. */
		answerers: Map<string, string>;
	}

	interface Happenings {
		/** A call appears: by default an inbound one that has ended. */
		call(call: NewCall): CallRow;
	}
}

/** https://www.twilio.com/docs/voice/api/call-resource */
export const calls = {
	document: 'api_v2010',
	operations: {
		ListCall: list<CallRow>({
			key: 'calls',
			rows: ({ state }) => state.calls,
			// Twilio does not say; it is the most recently started first. What is queued stands above all.
			date: (row) => row.start_time,
			filters: {
				To: exact('to'),
				From: exact('from'),
				ParentCallSid: exact('parent_call_sid'),
				Status: exact('status'),
				// A time of day is accepted, and ignored: `>` is that day and later, `<` the days before it.
				...dates('StartTime', 'start_time', 'day', 'exclusive'),
				...dates('EndTime', 'end_time', 'day', 'exclusive'),
			},
		}),
		FetchCall: ({ state, path }) => findRow(state.calls, path.Sid),
		CreateCall: createCall,
		UpdateCall: updateCall,
		DeleteCall: deleteCall,
	},
	errorCodes: {
		CreateCall: { To: 21201, From: 21213, Url: 21205, StatusCallback: 21609, ApplicationSid: 21218 },
		UpdateCall: { Url: 21205, StatusCallback: 21609 },
	},
	advance: advanceCalls,
	state: () => ({ calls: [], callSettings: new Map(), callFailures: new Map(), answerers: new Map() }),
	happenings: { call: addCall },
} satisfies Resource;
