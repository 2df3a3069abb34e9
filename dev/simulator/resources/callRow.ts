/** https://www.twilio.com/docs/voice/api/call-resource#call-status-values */
export type CallStatus =
	'queued' | 'ringing' | 'in-progress' | 'completed' | 'busy' | 'failed' | 'no-answer' | 'canceled';

/** How a call ends that nobody answers. */
export type CallFailure = 'busy' | 'no-answer' | 'failed';

/** A call as Twilio shows it. Dates are RFC 2822. */
export interface CallRow {
	sid: string;
	account_sid: string;
	answered_by: string | null;
	api_version: string;
	caller_name: string | null;
	/** This and the other dates are null until the call is dialled. */
	date_created: string | null;
	date_updated: string | null;
	direction: 'inbound' | 'outbound-api' | 'outbound-dial' | 'trunking-originating' | 'trunking-terminating';
	/** Seconds; null until the call has ended. */
	duration: string | null;
	end_time: string | null;
	forwarded_from: string | null;
	from: string;
	from_formatted: string;
	group_sid: string | null;
	parent_call_sid: string | null;
	phone_number_sid: string | null;
	price: string | null;
	price_unit: string;
	/** Milliseconds. */
	queue_time: string;
	start_time: string | null;
	status: CallStatus;
	subresource_uris: Record<string, string>;
	to: string;
	to_formatted: string;
	trunk_sid: string | null;
	uri: string;
}

/** What was asked for a call and is not part of its row. */
export interface CallSettings {
	statusCallback?: string;
	statusCallbackMethod?: string;
	/** Default: only `completed`. */
	statusCallbackEvents?: string[];
	/** Callbacks posted so far. */
	callbacks: number;
	record: boolean;
	recordingChannels?: string;
	recordingStatusCallback?: string;
	recordingStatusCallbackMethod?: string;
	recordingStatusCallbackEvents?: string[];
	/** The `Url` or `Twiml` the call follows at last. The simulator does not ask or obey it. */
	instructions?: string;
	answeredBy?: string;
	/** Present when the call goes on while the detection still listens. */
	asyncDetection?: { callback?: string; method?: string };
}

/** Whether a call is over, however it went. */
export function isEnded({ status }: Pick<CallRow, 'status'>): boolean {
	return !['queued', 'ringing', 'in-progress'].includes(status);
}
