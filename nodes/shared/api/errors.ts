import type { Failure, IDataObject, INode, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { withoutSecrets, type TwilioCredentials } from './credentials';
import { errorCodes, errorHelp } from './errorCodes';
import { errorFields } from './errorDocument';
import type { Exchange, TwilioResponse } from './exchange';
import { retryAfter, type Access } from './retry';

/** The facts of a failed request, for workflows to decide on. What Twilio did not say is `null`. */
export interface ErrorDetails extends IDataObject {
	/** Twilio's error code, such as 21610. */
	code: number | null;
	/** The HTTP status. */
	status: number | null;
	moreInfo: string | null;
	/** `RQ…`, to be named to Twilio's support. */
	requestId: string | null;
}

export const noDetails: Readonly<ErrorDetails> = { code: null, status: null, moreInfo: null, requestId: null };

/** What a failed request was for, and for whom to word its error. */
export interface ErrorOrigin {
	node: INode;
	credentials: TwilioCredentials;
	access: Access;
	itemIndex?: number;
}

/**
 * The one error of a failed request: Twilio's message, and in the description Twilio's code, what it means, what to do,
 * where to read more, the request's id and the item.
 *
 * @see https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions
 */
export function twilioError(result: Exchange, origin: ErrorOrigin): NodeApiError {
	const clean = (text: string) => withoutSecrets(text, origin.credentials);
	const { message, details } = result.answered
		? describeAnswer(result, clean)
		: {
				message: result.sent
					? `Twilio's answer was lost (${result.code})`
					: `Twilio could not be reached (${result.code})`,
				details: { ...noDetails },
			};
	const unknown = mayHaveActed(result, origin.access);
	const known = details.code === null ? undefined : errorCodes[details.code];
	const facts = [
		details.moreInfo !== null && `More: ${details.moreInfo}`,
		details.requestId !== null && `Request ID: ${details.requestId}`,
		origin.itemIndex !== undefined && `Item: ${origin.itemIndex}`,
	];
	const description = [
		unknown &&
			"Twilio may have acted on this request all the same, so it is not sent again. Look in the Twilio Console under Monitor > Logs, or with a 'Get Many' operation, whether it did, before you repeat it.",
		details.code !== null && `Twilio code ${details.code}${known ? `: ${known.meaning} ${known.advice}` : '.'}`,
		// n8n shows the lines of a description as one.
		facts.filter(Boolean).join(' · '),
	].filter(Boolean);
	return createError(origin.node, {
		message: unknown ? `${message}; Twilio may have acted on it all the same` : message,
		description: description.join('\n'),
		details,
		unknown,
		itemIndex: origin.itemIndex,
		failure: failureOf(result),
	});
}

/**
 * An error that is neither an answer nor a matter of the network, such as one of n8n's own rules for requests. It may quote the
 * URL, and have the whole request as its cause.
 */
export function otherError(error: unknown, { node, credentials, itemIndex }: ErrorOrigin): NodeApiError {
	const { message, description, details, unknown } = errorParts(error);
	const clean = (text: string) => withoutSecrets(text, credentials);
	return createError(node, {
		message: clean(message),
		description: clean(description),
		details,
		unknown,
		itemIndex,
	});
}

/** What an error of ours is made of; also what a run remembers of one. */
export interface ErrorParts {
	message: string;
	description: string;
	details: ErrorDetails;
	/** Whether nobody knows if Twilio acted. */
	unknown: boolean;
	itemIndex?: number;
	failure?: Failure;
}

/** Makes the error; {@link errorParts} gives its parts back. */
export function createError(node: INode, { message, description, details, unknown, itemIndex, failure }: ErrorParts) {
	const { code, status, moreInfo, requestId } = details;
	const error = new NodeApiError(
		node,
		{ message, code, status, more_info: moreInfo, request_id: requestId } as JsonObject,
		{ message, description, httpCode: status === null ? '' : String(status), itemIndex, failure },
	);
	// n8n replaces a message in which it finds the name of a network error by a text of its own.
	error.message = message;
	error.description = description;
	// The editor shows it under "Error details".
	error.context.data = { ...details };
	error.context.outcomeUnknown = unknown;
	return error;
}

/** The parts of an error that {@link createError} made; other errors have no Twilio facts and a known outcome. */
export function errorParts(error: unknown): ErrorParts {
	const { message, description, context } = error as Partial<NodeApiError>;
	return {
		message: message ?? String(error),
		description: description ?? '',
		details: (context?.data as ErrorDetails | undefined) ?? { ...noDetails },
		unknown: context?.outcomeUnknown === true,
	};
}

/** A write may have been carried out when its answer never came, said that the server failed, or was not Twilio's. */
function mayHaveActed(result: Exchange, access: Access): boolean {
	if (access !== 'write') return false;
	return result.answered ? result.status >= 500 || result.status < 300 : result.sent;
}

/** Reads all dialects: `{ code, message, more_info }`, also as XML, RFC 9457 problem details, and gateways' documents. */
function describeAnswer(
	{ status, headers, body }: TwilioResponse,
	clean: (text: string) => string,
): { message: string; details: ErrorDetails } {
	const fields = errorFields(body);
	const text = (name: string) =>
		typeof fields[name] === 'string' && fields[name] !== '' ? clean(fields[name]) : undefined;
	const requestId = headers['twilio-request-id'];
	const code = typeof fields.code === 'number' ? fields.code : null;
	return {
		message:
			text('message') ??
			text('detail') ??
			text('title') ??
			`The answer (HTTP status ${status}) is not in Twilio's format`,
		details: {
			code,
			status,
			moreInfo: text('more_info') ?? (code === null ? null : errorHelp(code)),
			requestId: requestId === undefined ? null : clean(requestId),
		},
	};
}

/** What n8n's scheduler may make of it. */
function failureOf(result: Exchange): Failure | undefined {
	if (!result.answered || result.status >= 500) return { cause: 'temporarily-unavailable' };
	if (result.status === 429) return { cause: 'rate-limited', retryAfterMs: retryAfter(result, Date.now()) };
	if (result.status === 401) return { cause: 'credential-invalid' };
	return undefined;
}
