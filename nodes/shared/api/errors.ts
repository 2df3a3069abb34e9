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

const noDetails: Readonly<ErrorDetails> = { code: null, status: null, moreInfo: null, requestId: null };

/** Whether Twilio has acted: `notDone`, or `unknown` where a write was sent and no answer tells. */
export type TwilioOutcome = 'notDone' | 'unknown';

/** What an error is made of, as plain data that a run can remember. */
export interface TwilioErrorFacts extends ErrorDetails {
	message: string;
	description: string;
	outcome: TwilioOutcome;
}

/** What n8n shows or uses beside the facts. */
interface ErrorPlace {
	itemIndex?: number;
	failure?: Failure;
}

/** The error of a request to Twilio; {@link isTwilioError} tells it from others. */
export class TwilioError extends NodeApiError {
	readonly code: number | null;

	readonly status: number | null;

	readonly moreInfo: string | null;

	readonly requestId: string | null;

	readonly outcome: TwilioOutcome;

	constructor(node: INode, facts: TwilioErrorFacts, { itemIndex, failure }: ErrorPlace = {}) {
		const { message, description, code, status, moreInfo, requestId, outcome } = facts;
		const answer: JsonObject = { message, code, status, more_info: moreInfo, request_id: requestId };
		super(node, answer, { message, description, httpCode: status === null ? '' : String(status), itemIndex, failure });
		// n8n replaces a message in which it finds the name of a network error by a text of its own.
		this.message = message;
		this.description = description;
		// What n8n knows the error by, also in saved executions.
		this.name = 'NodeApiError';
		this.code = code;
		this.status = status;
		this.moreInfo = moreInfo;
		this.requestId = requestId;
		this.outcome = outcome;
		// The editor shows it under "Error details".
		this.context.data = this.details;
	}

	/** What workflows can decide on. */
	get details(): ErrorDetails {
		const { code, status, moreInfo, requestId } = this;
		return { code, status, moreInfo, requestId };
	}

	/** What {@link TwilioError} makes the same error of again, for any item. */
	get facts(): TwilioErrorFacts {
		return { message: this.message, description: this.description ?? '', ...this.details, outcome: this.outcome };
	}
}

/** Whether an error is the one of a request to Twilio. */
export function isTwilioError(error: unknown): error is TwilioError {
	return error instanceof TwilioError;
}

/** The facts of any error, for an item's result: those that are not of a request have none. */
export function errorDetails(error: unknown): ErrorDetails {
	return isTwilioError(error) ? error.details : { ...noDetails };
}

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
export function twilioError(result: Exchange, origin: ErrorOrigin): TwilioError {
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
	return new TwilioError(
		origin.node,
		{
			...details,
			message: unknown ? `${message}; Twilio may have acted on it all the same` : message,
			description: description.join('\n'),
			outcome: unknown ? 'unknown' : 'notDone',
		},
		{ itemIndex: origin.itemIndex, failure: failureOf(result) },
	);
}

/**
 * An error that is neither an answer nor a matter of the network, such as one of n8n's own rules for requests. It may quote the
 * URL, and have the whole request as its cause.
 */
export function otherError(error: unknown, { node, credentials, itemIndex }: ErrorOrigin): TwilioError {
	if (isTwilioError(error)) return error;
	const { message = String(error), description } = (error ?? {}) as { message?: string; description?: string | null };
	const clean = (text: string) => withoutSecrets(text, credentials);
	const facts = { ...noDetails, message: clean(message), description: clean(description ?? '') };
	return new TwilioError(node, { ...facts, outcome: 'notDone' }, { itemIndex });
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
