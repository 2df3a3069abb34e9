import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { TwilioCredentials } from '../shared/api/credentials';
import { errorCodes, errorHelp } from '../shared/api/errorCodes';
import { hasCustomBaseUrl } from '../shared/api/hosts';
import { answer } from '../shared/webhook/answer';
import { checkRequest } from '../shared/webhook/checkRequest';
import { claimRequest } from '../shared/webhook/claimRequest';
import { choiceOf, type StatusEvent } from './events/statusEvent';
import { readStatusParameters, type StatusParameters } from './parameters';

/**
 * Answers a request: 403 if Twilio has not signed it, else 204, whatever the workflow then does. And 503 if it is not known
 * yet, so that Twilio repeats it: because the credential cannot be read, or because the first of repeats is not stored yet.
 *
 * Where the workflow is to start, the 204 is left to n8n, which sends it as soon as the execution is stored. An answer
 * before that would be a little faster, but n8n would take more callbacks than it can store, and lose those it has
 * confirmed; this way Twilio waits, or sees the 500 and calls again.
 *
 * n8n would answer a throw with 500 and record a failed execution, so nothing throws before the signature is checked.
 */
export async function receiveStatus(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const request = await checkRequest(context);
	if ('refusedWith' in request) return answer(context, request.refusedWith);
	const parameters = checkedParameters(context, request.credentials);
	const { event, deduplicate } = parameters;
	if (!isWanted(parameters, request.parameters)) return answer(context, 204);
	const sid = firstOf(request.parameters, event.sidParameters);
	// Whoever listens for a test event wants to see it, as often as it comes.
	if (deduplicate && sid !== undefined && context.getMode() !== 'manual') {
		const claim = claimRequest(context, `${sid}:${firstOf(request.parameters, event.statusParameters)}`);
		if (claim !== 'first') return answer(context, claim === 'undecided' ? 503 : 204);
	}
	return { workflowData: [[{ json: outputOf(event, request.parameters) }]] };
}

/** Only signed requests get here, so that a mistake in the parameters may become a failed execution. */
function checkedParameters(context: IWebhookFunctions, credentials: TwilioCredentials): StatusParameters {
	try {
		return readStatusParameters(context, hasCustomBaseUrl(credentials));
	} catch (error) {
		throw new NodeOperationError(context.getNode(), error as Error);
	}
}

/** Whether a callback is about the event, and has one of the chosen statuses. */
function isWanted({ event, statuses }: StatusParameters, received: IDataObject): boolean {
	const status = firstOf(received, event.statusParameters);
	if (status === undefined || !statuses.includes(choiceOf(event, status))) return false;
	return firstOf(received, event.foreignParameters ?? []) === undefined;
}

/** Twilio's parameters as they are, whether anything will follow, and what an error means. */
function outputOf(event: StatusEvent, received: IDataObject): IDataObject {
	const status = firstOf(received, event.statusParameters) ?? '';
	return { ...received, isFinal: event.finalStatuses.includes(status), ...explanationOf(received) };
}

function explanationOf({ ErrorCode, ErrorMessage }: IDataObject): IDataObject {
	const code = Number(ErrorCode);
	if (!Number.isInteger(code) || code <= 0) return {};
	const known = errorCodes[code];
	const unknown = typeof ErrorMessage === 'string' && ErrorMessage !== '' ? ErrorMessage : `Twilio error ${code}`;
	return {
		errorDescription: known ? `${known.meaning} ${known.advice}` : unknown,
		errorHelp: errorHelp(code),
	};
}

function firstOf(received: IDataObject, names: readonly string[]): string | undefined {
	const value = names.map((name) => received[name]).find((each) => each !== undefined && each !== '');
	return typeof value === 'string' ? value : undefined;
}
