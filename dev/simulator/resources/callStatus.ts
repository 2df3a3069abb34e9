import type { World } from '../resource';
import { timeOf, toRfc2822 } from '../times';
import type { CallRow, CallSettings, CallStatus } from './callRow';
import { finishRecordings, startRecording } from './recordings';

const next: Partial<Record<CallStatus, CallStatus>> = {
	queued: 'ringing',
	ringing: 'in-progress',
	'in-progress': 'completed',
};

/** Moves every call one step on and posts its callbacks. */
export function advanceCalls(world: World): void {
	for (const row of [...world.state.calls]) {
		const status = nextStatus(world, row);
		if (status === 'ringing') dial(world, row);
		else if (status === 'in-progress') answer(world, row);
		else if (status) endCall(world, row, status);
	}
}

function nextStatus({ state }: World, row: CallRow): CallStatus | undefined {
	const failure = state.callFailures.get(row.to);
	// "failed" means that the number cannot be reached at all; the others need a phone that rings.
	if (failure === 'failed' && row.status === 'queued') return failure;
	if (failure && failure !== 'failed' && row.status === 'ringing') return failure;
	return next[row.status];
}

function dial(world: World, row: CallRow): void {
	begin(world, row);
	row.status = 'ringing';
	report(world, row, 'initiated', 'initiated');
	report(world, row, 'ringing', 'ringing');
}

/** The dates come with the call, not with the request for it. */
function begin(world: World, row: CallRow): void {
	const now = toRfc2822(world.now());
	row.date_created ??= now;
	row.date_updated = now;
	row.start_time ??= now;
}

function answer(world: World, row: CallRow): void {
	const settings = world.state.callSettings.get(row.sid);
	row.status = 'in-progress';
	row.date_updated = toRfc2822(world.now());
	if (settings?.asyncDetection) report(world, row, 'answered', 'in-progress');
	row.answered_by = settings?.answeredBy ?? row.answered_by;
	if (settings?.asyncDetection) reportDetection(world, row, settings.asyncDetection);
	else report(world, row, 'answered', 'in-progress');
	if (settings?.record) startRecording(world, row, settings);
}

/** Ends a call; recordings of it are processed. */
export function endCall(world: World, row: CallRow, status: CallStatus): void {
	begin(world, row);
	const wasAnswered = row.status === 'in-progress';
	const now = toRfc2822(world.now());
	row.status = status;
	row.end_time = now;
	// Twilio's documentation leaves it empty for calls nobody answered; its answers say "0".
	row.duration = String(wasAnswered ? (timeOf(now) - timeOf(row.start_time ?? now)) / 1000 : 0);
	if (wasAnswered) row.price = '-0.01400';
	report(world, row, 'completed', status);
	finishRecordings(world, row);
}

/** https://www.twilio.com/docs/voice/api/call-resource#statuscallback */
function report(world: World, row: CallRow, event: string, status: string): void {
	const settings = world.state.callSettings.get(row.sid);
	const { statusCallback, statusCallbackMethod, statusCallbackEvents = ['completed'] } = settings ?? {};
	if (!settings || !statusCallback || !statusCallbackEvents.includes(event)) return;
	const recording = world.state.recordings.find(({ call_sid }) => call_sid === row.sid);
	const parameters: Record<string, string | undefined> = {
		AccountSid: row.account_sid,
		ApiVersion: row.api_version,
		CallSid: row.sid,
		CallStatus: status,
		From: row.from,
		To: row.to,
		Caller: row.from,
		Called: row.to,
		Direction: row.direction,
		ParentCallSid: row.parent_call_sid ?? undefined,
		ForwardedFrom: row.forwarded_from ?? undefined,
		Timestamp: toRfc2822(world.now()),
		CallbackSource: 'call-progress-events',
		SequenceNumber: String(settings.callbacks++),
		AnsweredBy: row.answered_by ?? undefined,
		...(event === 'completed' && {
			CallDuration: row.duration ?? '0',
			// Minutes, as they are charged.
			Duration: String(Math.ceil(Number(row.duration) / 60)),
			RecordingSid: recording?.sid,
		}),
	};
	world.callbacks.send(row.sid, statusCallback, parameters, statusCallbackMethod);
}

/** https://www.twilio.com/docs/voice/answering-machine-detection#asyncamdstatuscallback */
function reportDetection(
	world: World,
	row: CallRow,
	{ callback, method }: NonNullable<CallSettings['asyncDetection']>,
): void {
	if (!callback || row.answered_by === null) return;
	const parameters = {
		AccountSid: row.account_sid,
		CallSid: row.sid,
		AnsweredBy: row.answered_by,
		// Milliseconds.
		MachineDetectionDuration: '2500',
	};
	world.callbacks.send(row.sid, callback, parameters, method);
}
