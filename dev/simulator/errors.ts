/** Error codes the simulator answers with: HTTP status and Twilio's text. See https://www.twilio.com/docs/api/errors */
const catalogue: Record<number, { status: number; message: string }> = {
	20001: { status: 400, message: 'Invalid parameter' },
	20003: { status: 401, message: 'Authenticate' },
	20004: { status: 405, message: 'Method not allowed' },
	20005: { status: 403, message: 'A GET request must not have a body' },
	20007: { status: 400, message: 'Page size must not be greater than 1000' },
	20009: { status: 409, message: 'Cannot delete message because delivery has not been completed.' },
	20404: { status: 404, message: 'The requested resource was not found' },
	20429: { status: 429, message: 'Too Many Requests' },
	16113: { status: 400, message: 'Requested dual-channel media of a mono recording' },
	20500: { status: 500, message: 'An internal server error has occurred' },
	20501: { status: 501, message: 'The simulator has no handler for this operation' },
	21201: { status: 400, message: "No 'To' number is specified" },
	21205: { status: 400, message: 'Url is not a valid URL' },
	21210: { status: 400, message: "'From' phone number not verified" },
	21211: { status: 400, message: "Invalid 'To' Phone Number" },
	21212: { status: 400, message: "Invalid 'From' Phone Number" },
	21213: { status: 400, message: "A 'From' phone number is required" },
	21214: { status: 400, message: "'To' phone number cannot be reached" },
	21215: { status: 400, message: 'Account not authorized to call this number: geographic permission is missing' },
	21216: { status: 400, message: 'Account not allowed to call this number' },
	21217: { status: 400, message: 'Phone number does not appear to be valid' },
	21218: { status: 400, message: 'Invalid ApplicationSid' },
	21220: { status: 400, message: 'Invalid call state: the call is not in progress' },
	21266: { status: 400, message: "'To' and 'From' number cannot be the same" },
	21408: {
		status: 400,
		message: "Permission to send an SMS has not been enabled for the region indicated by the 'To' number",
	},
	21421: { status: 400, message: 'PhoneNumber is invalid' },
	21422: { status: 400, message: 'PhoneNumber is not available' },
	21452: { status: 400, message: 'No phone numbers found in area code' },
	21481: { status: 400, message: 'Invalid Page Token' },
	21602: { status: 400, message: 'Message body is required.' },
	21603: { status: 400, message: "A 'From' phone number is required." },
	21604: { status: 400, message: "A 'To' phone number is required." },
	21606: {
		status: 400,
		message:
			"The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination/account",
	},
	21609: { status: 400, message: 'The StatusCallback URL is not a valid URL' },
	21610: { status: 400, message: 'Attempt to send to unsubscribed recipient' },
	21611: { status: 400, message: "This 'From' number has exceeded the maximum number of queued messages" },
	21612: {
		status: 400,
		message: "Message cannot be sent with the current combination of 'To' and/or 'From' parameters",
	},
	21614: { status: 400, message: "'To' number is not a valid mobile number" },
	21617: { status: 400, message: 'The concatenated message body exceeds the 1600 character limit' },
	21620: { status: 400, message: 'Invalid media URL(s)' },
	21623: { status: 400, message: 'Number of media files exceeds allowed limit' },
	21654: { status: 400, message: 'ContentSid Required' },
	21655: { status: 400, message: 'The ContentSid is Invalid' },
	21656: { status: 400, message: 'The ContentVariables Parameter is invalid' },
	21701: { status: 400, message: 'The Messaging Service does not exist' },
	21910: { status: 400, message: "Invalid 'From' and 'To' pair. 'From' and 'To' should be of the same channel" },
	30400: { status: 400, message: 'Illegal combination of Body and Status, or a Body that is not empty' },
	30409: { status: 409, message: 'Message cannot be canceled: it has been finalised or was never scheduled' },
	35111: { status: 400, message: 'SendAt timestamp is missing' },
	35114: { status: 400, message: 'Scheduling does not support this timestamp' },
	35118: { status: 400, message: 'MessagingServiceSid is required to schedule a message' },
	60200: { status: 400, message: 'Invalid parameter' },
	// https://www.twilio.com/docs/api/errors/60202: the status is that of a rate limit, but to wait does not help
	60202: { status: 429, message: 'Max check attempts reached' },
	60203: { status: 429, message: 'Max send attempts reached' },
	63007: { status: 400, message: 'Twilio could not find a Channel with the specified From address' },
};

/** The errors of Twilio's that tell a status without a better code, used for faults. */
export const codeOfStatus: Partial<Record<number, number>> = {
	401: 20003,
	403: 20403,
	404: 20404,
	405: 20004,
	429: 20429,
};

/** JSON of an error. `details` exists in the product APIs only. */
export interface ErrorBody {
	code: number;
	message: string;
	more_info: string;
	status: number;
	details?: Record<string, unknown>;
}

/** A request that Twilio refuses. */
export class TwilioError extends Error {
	readonly status: number;

	/**
	 * @param code - Twilio's error code; decides the HTTP status
	 * @param message - instead of the usual text
	 * @param parameter - name of the parameter at fault, if it is one
	 */
	constructor(
		readonly code: number,
		message?: string,
		readonly parameter?: string,
	) {
		super(message ?? catalogue[code]?.message ?? `Error ${code}`);
		this.status = catalogue[code]?.status ?? 400;
	}
}

/** JSON of an error in the dialect of the API that was asked. */
export function errorBody(
	error: Pick<TwilioError, 'code' | 'message' | 'status' | 'parameter'>,
	product: string,
): ErrorBody {
	const { code, message, status, parameter } = error;
	const body = { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
	return product === 'api' || !parameter ? body : { ...body, details: { parameter } };
}

/** XML of an error: what the 2010 API speaks when a path does not end in `.json`. */
export function errorXml({ code, message, more_info, status }: ErrorBody): string {
	const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
	return (
		"<?xml version='1.0' encoding='UTF-8'?>\n<TwilioResponse><RestException>" +
		`<Code>${code}</Code><Message>${escape(message)}</Message><MoreInfo>${escape(more_info)}</MoreInfo><Status>${status}</Status>` +
		'</RestException></TwilioResponse>'
	);
}

/** The body Twilio sends with a bare status, such as 429 or 503. */
export function bodyOfStatus(status: number, product: string): ErrorBody {
	const code = codeOfStatus[status] ?? (status >= 500 ? 20500 : 20001);
	return errorBody({ code, message: catalogue[code]?.message ?? 'Forbidden', status, parameter: undefined }, product);
}
