import { TwilioError } from '../errors';
import { list, type List } from '../paging';
import type { Exchange, Handler, Resource, World } from '../resource';
import { findRow, removeRow } from '../rows';
import { newSid } from '../sids';
import { toRfc2822 } from '../times';

/** A transcription as Twilio shows it. Dates are RFC 2822. */
export interface TranscriptionRow {
	sid: string;
	account_sid: string;
	api_version: string;
	date_created: string;
	date_updated: string;
	/** Seconds. */
	duration: string;
	price: number | null;
	price_unit: string;
	recording_sid: string;
	status: 'in-progress' | 'completed' | 'failed';
	/** Empty until it is completed. */
	transcription_text: string;
	type: string;
	uri: string;
}

/** A transcription for {@link addTranscription}. */
export interface NewTranscription {
	recordingSid: string;
	/** What will be read in it once it is completed. */
	text?: string;
	/** Default `completed`. */
	status?: TranscriptionRow['status'];
	/** Default: now. */
	dateCreated?: Date;
}

const anyText = 'Hello, please call me back.';

/** A transcription of a recording appears. */
export function addTranscription(
	{ account, state, now }: World,
	{ recordingSid, text = anyText, status = 'completed', dateCreated = now() }: NewTranscription,
): TranscriptionRow {
	const sid = newSid('TR');
	const date = toRfc2822(dateCreated);
	const row: TranscriptionRow = {
		sid,
		account_sid: account.accountSid,
		api_version: '2010-04-01',
		date_created: date,
		date_updated: date,
		duration: state.recordings.find((recording) => recording.sid === recordingSid)?.duration ?? '0',
		price: null,
		price_unit: 'USD',
		recording_sid: recordingSid,
		status,
		transcription_text: '',
		type: 'fast',
		uri: `/2010-04-01/Accounts/${account.accountSid}/Transcriptions/${sid}.json`,
	};
	if (status === 'completed') complete(row, text);
	else if (status === 'in-progress') state.transcribedTexts.set(sid, text);
	state.transcriptions.push(row);
	return row;
}

function complete(row: TranscriptionRow, text: string): void {
	row.status = 'completed';
	row.transcription_text = text;
	row.price = -0.05;
}

/** Completes every transcription in progress. */
function advanceTranscriptions({ state, now }: World): void {
	for (const row of state.transcriptions) {
		if (row.status !== 'in-progress') continue;
		complete(row, state.transcribedTexts.get(row.sid) ?? anyText);
		row.date_updated = toRfc2822(now());
	}
}

function requested({ state, path }: Exchange): TranscriptionRow {
	const rows = state.transcriptions.filter(
		({ recording_sid }) => path.RecordingSid === undefined || recording_sid === path.RecordingSid,
	);
	return findRow(rows, path.Sid);
}

function deleteTranscription(exchange: Exchange): null {
	const row = requested(exchange);
	if (row.status === 'in-progress') {
		throw new TwilioError(20009, 'Cannot delete transcription because it has not been completed.');
	}
	removeRow(exchange.state.transcriptions, row);
	return null;
}

const listTranscriptions = (more: Partial<List<TranscriptionRow>> = {}): Handler =>
	list<TranscriptionRow>({
		key: 'transcriptions',
		rows: ({ state }) => state.transcriptions,
		date: (row) => row.date_created,
		...more,
	});

declare module '../state' {
	interface State {
		transcriptions: TranscriptionRow[];
		/** What will be read in a transcription that is in progress, by SID. */
		transcribedTexts: Map<string, string>;
	}

	interface Happenings {
		/** A transcription appears, by default a completed one. */
		transcribe(transcription: NewTranscription): TranscriptionRow;
	}
}

/** The older of Twilio's transcription APIs. @see https://www.twilio.com/docs/voice/api/recording-transcription */
export const transcriptions = {
	document: 'api_v2010',
	operations: {
		ListTranscription: listTranscriptions(),
		ListRecordingTranscription: listTranscriptions({
			rows: ({ state, path }) => {
				findRow(state.recordings, path.RecordingSid);
				return state.transcriptions;
			},
			within: (row, { path }) => row.recording_sid === path.RecordingSid,
		}),
		FetchTranscription: requested,
		FetchRecordingTranscription: requested,
		DeleteTranscription: deleteTranscription,
		DeleteRecordingTranscription: deleteTranscription,
	},
	advance: advanceTranscriptions,
	state: () => ({ transcriptions: [], transcribedTexts: new Map() }),
	happenings: { transcribe: addTranscription },
} satisfies Resource;
