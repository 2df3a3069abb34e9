import type { FileContent } from '../content';
import { TwilioError } from '../errors';
import { dates, exact } from '../filters';
import { list, type List } from '../paging';
import { Answer, type Exchange, type Handler, type Resource, type World } from '../resource';
import { findRow, omit } from '../rows';
import { newSid } from '../sids';
import { timeOf, toRfc2822 } from '../times';
import { isEnded, type CallRow, type CallSettings } from './callRow';
import { soundOf, type SoundFormat } from './sound';

/** https://www.twilio.com/docs/voice/api/recording */
export type RecordingStatus =
	| 'in-progress'
	| 'paused'
	| 'stopped'
	| 'processing'
	| 'completed'
	| 'absent'
	/** Only rows that `IncludeSoftDeleted` shows. */
	| 'deleted';

/** A recording as the account's list shows it, without its media URL. Dates are RFC 2822. */
export interface RecordingRow {
	sid: string;
	account_sid: string;
	api_version: string;
	call_sid: string | null;
	conference_sid: string | null;
	channels: number;
	date_created: string;
	date_updated: string;
	start_time: string;
	/** Seconds; "-1" until the recording has ended. */
	duration: string;
	price: string | null;
	price_unit: string;
	source:
		| 'DialVerb'
		| 'Conference'
		| 'OutboundAPI'
		| 'Trunking'
		| 'RecordVerb'
		| 'StartCallRecordingAPI'
		| 'StartConferenceRecordingAPI';
	status: RecordingStatus;
	error_code: number | null;
	encryption_details: object | null;
	uri: string;
	subresource_uris: Record<string, string>;
}

/** A recording for {@link addRecording}. */
export interface NewRecording {
	/** Default: none, as of a conference. */
	callSid?: string;
	conferenceSid?: string;
	/** Default `completed`. */
	status?: RecordingStatus;
	/** Seconds; default 15. */
	duration?: number;
	/** Default 1. */
	channels?: 1 | 2;
	/** Default: `RecordVerb`, or `Conference` with a conference. */
	source?: RecordingRow['source'];
	/** Default: now. */
	dateCreated?: Date;
	/** The media, or how large they are made up; default: a tone of this duration. */
	content?: FileContent;
}

const unfinished = new Set<RecordingStatus>(['in-progress', 'paused', 'stopped', 'processing']);

/** A recording appears. */
export function addRecording(world: World, recording: NewRecording = {}): RecordingRow {
	const { account, state } = world;
	const { callSid = null, conferenceSid = null, status = 'completed', duration = 15, channels = 1 } = recording;
	const sid = newSid('RE');
	const date = toRfc2822(recording.dateCreated ?? world.now());
	const path = `/2010-04-01/Accounts/${account.accountSid}/Recordings/${sid}`;
	const row: RecordingRow = {
		sid,
		account_sid: account.accountSid,
		api_version: '2010-04-01',
		call_sid: callSid,
		conference_sid: conferenceSid,
		channels,
		date_created: date,
		date_updated: date,
		start_time: date,
		duration: status === 'in-progress' ? '-1' : String(duration),
		price: status === 'completed' ? '-0.00250' : null,
		price_unit: 'USD',
		source: recording.source ?? (conferenceSid ? 'Conference' : 'RecordVerb'),
		status,
		error_code: null,
		encryption_details: null,
		uri: `${path}.json`,
		subresource_uris: {
			add_on_results: `${path}/AddOnResults.json`,
			transcriptions: `${path}/Transcriptions.json`,
		},
	};
	state.recordings.push(row);
	if (recording.content) state.recordingContent.set(sid, recording.content);
	return row;
}

/** Starts to record a call that was made with `Record`. */
export function startRecording(world: World, call: CallRow, settings: CallSettings): RecordingRow {
	const row = addRecording(world, {
		callSid: call.sid,
		status: 'in-progress',
		channels: settings.recordingChannels === 'dual' ? 2 : 1,
		source: 'OutboundAPI',
	});
	report(world, row);
	return row;
}

/** The call has ended: its recordings are being processed. */
export function finishRecordings(world: World, call: CallRow): void {
	for (const row of world.state.recordings) {
		if (row.call_sid === call.sid && row.status === 'in-progress') finish(world, row);
	}
}

function finish(world: World, row: RecordingRow): void {
	row.status = 'processing';
	row.date_updated = toRfc2822(world.now());
	row.duration = String((timeOf(row.date_updated) - timeOf(row.start_time)) / 1000);
}

/** Completes what is being processed. A recording in progress ends with its call, or now if there is none. */
function advanceRecordings(world: World): void {
	const unfinishedRows = world.state.recordings.filter(({ status }) => unfinished.has(status));
	for (const row of unfinishedRows) {
		if (row.status === 'processing') {
			row.status = 'completed';
			row.price = '-0.00250';
			row.date_updated = toRfc2822(world.now());
			report(world, row);
		} else if (!world.state.calls.some(({ sid, status }) => sid === row.call_sid && !isEnded({ status }))) {
			finish(world, row);
		}
	}
}

/** https://www.twilio.com/docs/voice/api/recording#recordingstatuscallback */
function report(world: World, row: RecordingRow): void {
	const settings = world.state.callSettings.get(row.call_sid ?? '');
	const { recordingStatusCallback: url, recordingStatusCallbackEvents: events = ['completed'] } = settings ?? {};
	if (!url || !events.includes(row.status)) return;
	const { account, origin } = world;
	const parameters: Record<string, string | undefined> = {
		AccountSid: row.account_sid,
		CallSid: row.call_sid ?? undefined,
		RecordingSid: row.sid,
		RecordingUrl: `${origin}/api/2010-04-01/Accounts/${account.accountSid}/Recordings/${row.sid}`,
		RecordingStatus: row.status,
		RecordingDuration: row.status === 'completed' ? row.duration : undefined,
		RecordingChannels: String(row.channels),
		RecordingStartTime: row.start_time,
		RecordingSource: row.source,
		RecordingTrack: 'both',
		ErrorCode: row.error_code === null ? undefined : String(row.error_code),
	};
	world.callbacks.send(row.sid, url, parameters, settings?.recordingStatusCallbackMethod);
}

/** The recording a path names; one that was deleted is only there for those who ask for such. */
function requested({ state, path, query }: Exchange): RecordingRow {
	const row = findRow(state.recordings, path.Sid);
	const isIn = (parent: string | null, asked: string | undefined) => asked === undefined || asked === parent;
	const isThere = isIn(row.call_sid, path.CallSid) && isIn(row.conference_sid, path.ConferenceSid);
	if (!isThere || (row.status === 'deleted' && query.IncludeSoftDeleted !== true)) {
		throw new TwilioError(20404, `The requested resource ${path.Sid} was not found`);
	}
	return row;
}

const withMediaUrl = (row: RecordingRow, { productUrl }: Exchange) => ({
	...row,
	media_url: productUrl + row.uri.replace('.json', ''),
});

/** The same row below a call: neither sub-resources nor media URL, and the price is a number. */
const ofCall = (row: RecordingRow) => ({
	...omit(row, 'subresource_uris'),
	price: row.price === null ? null : Number(row.price),
	track: 'both',
});

const ofConference = (row: RecordingRow) => omit(row, 'subresource_uris');

function deleteRecording(exchange: Exchange): null {
	const row = requested(exchange);
	if (unfinished.has(row.status)) {
		throw new TwilioError(20009, 'Cannot delete recording because it has not been completed.');
	}
	row.status = 'deleted';
	row.date_updated = toRfc2822(exchange.now());
	exchange.state.recordingContent.delete(row.sid);
	return null;
}

const listRecordings = (more: Partial<List<RecordingRow>>): Handler =>
	list<RecordingRow>({
		key: 'recordings',
		rows: ({ state }) => state.recordings,
		date: (row) => row.date_created,
		within: (row, { query }) => row.status !== 'deleted' || query.IncludeSoftDeleted === true,
		...more,
	});

/** https://www.twilio.com/docs/voice/api/recording#fetch-a-recordings-media-file */
const download =
	(format: SoundFormat): Handler =>
	(exchange) => {
		const row = requested(exchange);
		if (row.status !== 'completed') throw new TwilioError(20404, `The media of ${row.sid} were not found`);
		const channels = (exchange.query.RequestedChannels as number | undefined) ?? row.channels;
		if (channels > row.channels) throw new TwilioError(16113, undefined, 'RequestedChannels');
		const { contentType, content } = soundOf(
			format,
			{ seconds: Number(row.duration), channels },
			exchange.state.recordingContent.get(row.sid),
		);
		return new Answer(content, { 'Content-Type': contentType });
	};

declare module '../state' {
	interface State {
		recordings: RecordingRow[];
		/** What is served instead of a made-up tone, by SID: bytes, or how many. */
		recordingContent: Map<string, FileContent>;
	}

	interface Happenings {
		/** A recording appears, by default a completed one. */
		record(recording?: NewRecording): RecordingRow;
	}
}

/** https://www.twilio.com/docs/voice/api/recording */
export const recordings = {
	document: 'api_v2010',
	operations: {
		ListRecording: listRecordings({
			show: withMediaUrl,
			filters: {
				CallSid: exact('call_sid'),
				ConferenceSid: exact('conference_sid'),
				...dates('DateCreated', 'date_created'),
			},
		}),
		ListCallRecording: listRecordings({
			rows: ({ state, path }) => {
				findRow(state.calls, path.CallSid);
				return state.recordings;
			},
			within: (row, { path }) => row.call_sid === path.CallSid && row.status !== 'deleted',
			filters: dates('DateCreated', 'date_created', 'day'),
			show: ofCall,
		}),
		ListConferenceRecording: listRecordings({
			within: (row, { path }) => row.conference_sid === path.ConferenceSid && row.status !== 'deleted',
			filters: dates('DateCreated', 'date_created', 'day'),
			show: ofConference,
		}),
		FetchRecording: (exchange) => withMediaUrl(requested(exchange), exchange),
		FetchCallRecording: (exchange) => ofCall(requested(exchange)),
		FetchConferenceRecording: (exchange) => ofConference(requested(exchange)),
		DeleteRecording: deleteRecording,
		DeleteCallRecording: deleteRecording,
		DeleteConferenceRecording: deleteRecording,
		DownloadRecording: download('wav'),
		DownloadRecording_wav: download('wav'),
		DownloadRecording_mp3: download('mp3'),
	},
	advance: advanceRecordings,
	state: () => ({ recordings: [], recordingContent: new Map() }),
	happenings: { record: addRecording },
} satisfies Resource;
