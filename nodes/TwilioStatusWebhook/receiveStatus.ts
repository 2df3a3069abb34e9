import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { jsonParse, NodeOperationError, sleep } from 'n8n-workflow';

import { credentialType, type TwilioCredentials } from '../shared/api/credentials';
import { errorCodes, errorHelp } from '../shared/api/errorCodes';
import { hasCustomBaseUrl } from '../shared/api/hosts';
import { savedMemory, triggerMemories } from '../shared/triggerMemories';
import { authTokensOf, readCredentials } from '../shared/webhook/authTokens';
import { choiceOf, type StatusEvent } from './events/statusEvent';
import { readStatusParameters, type StatusParameters } from './parameters';
import { receivedUrls } from '../shared/webhook/receivedUrls';
import { RecentCredentials } from '../shared/webhook/recentCredentials';
import { RecentStatuses } from './recentStatuses';
import { Refusals, shown } from '../shared/webhook/refusals';
import { isTooLarge } from '../shared/webhook/requestSize';
import { SharedReads } from '../shared/webhook/sharedReads';
import { isSignature, SignatureCheck } from '../shared/webhook/signature';
import { whenAnswered } from '../shared/n8n/whenAnswered';

/** Of this process; n8n makes no new instance of a node for a new call. */
const recentCredentials = new RecentCredentials();
const reads = new SharedReads<TwilioCredentials>();
const recentStatuses = new RecentStatuses();
const refusals = new Refusals();

/** Statuses of which n8n does not know yet whether it can store the execution, while Twilio has already given up waiting. */
const undecided = new Set<string>();

/**
 * Answers a request: 403 if Twilio has not signed it, else 204, whatever the workflow then does. And 503 if it is not known
 * yet, so that Twilio repeats it: because the credential cannot be read, or because the first of repeats is not stored yet.
 *
 * Where the workflow is to start, the 204 is left to n8n, which sends it as soon as the execution is stored. An answer
 * before that would be a little faster, but n8n would take more callbacks than it can store, and lose those it has
 * confirmed; this way Twilio waits, or sees the 500 and calls again.
 *
 * n8n would answer a throw with 500 and record a failed execution, so nothing throws before the signature is checked.
 *
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export async function receiveStatus(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const checked = await checkSignature(context);
	if ('refused' in checked) {
		logRefusal(context, checked.refused);
		return answer(context, checked.isUnchecked ? 503 : 403);
	}
	const parameters = checkedParameters(context, checked.credentials);
	const received = receivedParameters(context, checked.request);
	const start = startOf(context, parameters, received);
	if (start !== 'start') return answer(context, start === 'undecided' ? 503 : 204);
	return { workflowData: [[{ json: outputOf(parameters.event, received) }]] };
}

function answer(context: IWebhookFunctions, status: 204 | 403 | 503): IWebhookResponseData {
	context.getResponseObject().status(status).end();
	return { noWebhookResponse: true };
}

/**
 * A request that Twilio has signed, or why it is not let in: words for the log, made only if they are logged. One that could
 * not be checked may be Twilio's, and may come again.
 */
type Checked =
	{ request: SignatureCheck; credentials: TwilioCredentials } | { refused: () => string; isUnchecked?: boolean };

/**
 * Whether Twilio has signed the request. What costs most comes last, since anybody may send requests: first a look at the
 * header and at the sizes, then the signature with the credentials of a moment ago. n8n takes longer to read the credential
 * than for all the rest, so it is read only here, only when those do not do, and once for all requests that wait for it.
 */
async function checkSignature(context: IWebhookFunctions): Promise<Checked> {
	const { headers, originalUrl, rawBody } = context.getRequestObject();
	const signature = headers['x-twilio-signature'];
	if (typeof signature !== 'string' || signature === '')
		return { refused: () => 'it has no X-Twilio-Signature header.' };
	if (!isSignature(signature)) return { refused: () => 'its X-Twilio-Signature is none that Twilio makes.' };
	if (!Buffer.isBuffer(rawBody) || isTooLarge(originalUrl, rawBody))
		return { refused: () => 'its URL or its body is none that Twilio sends.' };
	try {
		const urls = receivedUrls(context, String(context.getNodeParameter('options.publicUrl', '')).trim());
		const request = new SignatureCheck(signature, urls, rawBody);
		const key = `${nodeKey(context)}/${context.getNode().credentials?.[credentialType]?.id}`;
		const isSignedWith = (credentials: TwilioCredentials) => request.isSignedWith(authTokensOf(credentials));
		const known = recentCredentials.get(key);
		if (known && isSignedWith(known)) return { request, credentials: known };
		const credentials = await reads.get(key, async () => await readCredentials(context), isSignedWith);
		if (isSignedWith(credentials)) {
			recentCredentials.set(key, credentials);
			return { request, credentials };
		}
		if (authTokensOf(credentials).length === 0)
			return { refused: () => 'the credential has no Auth Token to check the signature with.' };
		return {
			refused: () =>
				`its X-Twilio-Signature does not fit. URLs tried: ${urls.map(shown).join(', ')}. If the request was Twilio's, it called another URL (then set 'Public URL' or N8N_WEBHOOK_URL), or the Auth Token in the credential is not that of the account or subaccount that owns the message or call.`,
		};
	} catch (error) {
		return {
			refused: () => `it could not be checked (${shown((error as Error).message)}).`,
			// Without a credential nothing can ever be checked; one that cannot be read now perhaps can in a second.
			isUnchecked: context.getNode().credentials?.[credentialType] !== undefined,
		};
	}
}

function logRefusal(context: IWebhookFunctions, reason: () => string): void {
	const others = refusals.count(nodeKey(context));
	if (others === undefined) return;
	const { id, name } = context.getWorkflow();
	const before = others === 0 ? '' : ` ${others} more were refused since the last such line.`;
	context.logger.warn(
		`The node ${shown(context.getNode().name)} of the workflow ${shown(name ?? '')} (${shown(id ?? '')}) has refused a request: ${reason()}${before}`,
	);
}

function nodeKey(context: IWebhookFunctions): string {
	return `${context.getWorkflow().id}/${context.getNode().id}`;
}

/** Only signed requests get here, so that a mistake in the parameters may become a failed execution. */
function checkedParameters(context: IWebhookFunctions, credentials: TwilioCredentials): StatusParameters {
	try {
		return readStatusParameters(context, hasCustomBaseUrl(credentials));
	} catch (error) {
		throw new NodeOperationError(context.getNode(), error as Error);
	}
}

/** What Twilio says. It is read from the bytes that were signed, not from what n8n made of them. */
function receivedParameters(context: IWebhookFunctions, request: SignatureCheck): IDataObject {
	const { headers, rawBody } = context.getRequestObject();
	if (headers['content-type']?.includes('json')) {
		const body = jsonParse<unknown>(rawBody.toString('utf8'), { fallbackValue: undefined });
		return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as IDataObject) : {};
	}
	const values = new Map<string, string[]>();
	for (const [name, value] of request.form) {
		const known = values.get(name);
		if (known) known.push(value);
		else values.set(name, [value]);
	}
	return Object.fromEntries([...values].map(([name, each]) => [name, each.length === 1 ? each[0] : each]));
}

/** Whether a status starts the workflow; if not, whether it is known already that it need not. */
function startOf(
	context: IWebhookFunctions,
	{ event, statuses, deduplicate }: StatusParameters,
	received: IDataObject,
): 'start' | 'ignore' | 'undecided' {
	const status = firstOf(received, event.statusParameters);
	const sid = firstOf(received, event.sidParameters);
	if (status === undefined || !statuses.includes(choiceOf(event, status))) return 'ignore';
	if (firstOf(received, event.foreignParameters ?? []) !== undefined) return 'ignore';
	// Whoever listens for a test event wants to see it, as often as it comes.
	if (!deduplicate || sid === undefined || context.getMode() === 'manual') return 'start';
	const key = `${nodeKey(context)}/${sid}:${status}`;
	if (!remember(context, sid, status)) return undecided.has(key) ? 'undecided' : 'ignore';
	whenAnswered(context.getResponseObject(), {
		hungUp: () => undecided.add(key),
		answered: (code) => {
			undecided.delete(key);
			// n8n could not store the execution: when Twilio calls again, this is no repetition.
			if (code >= 400) recentStatuses.forget(nodeKey(context), sid, status);
		},
	});
	return 'start';
}

/** Remembers a status, in this process and with the workflow, and tells whether it is new. */
function remember(context: IWebhookFunctions, sid: string, status: string): boolean {
	const memory = { ...savedMemory(context) };
	if (!recentStatuses.isNew(nodeKey(context), memory, sid, status)) return false;
	triggerMemories.set(context, { recentStatuses: memory.recentStatuses });
	// What a poll of another process has saved meanwhile must not be overwritten: then only this process remembers.
	if (!triggerMemories.isPolledElsewhere(context)) {
		triggerMemories.save(context);
		void markAsChanged(context.getWorkflowStaticData('global'));
	}
	return true;
}

/**
 * n8n 2.41 forgets that static data was changed when it starts the workflow, since it makes a second `Workflow` of the
 * same data, and would not save it. It has done so before the next turn of the event loop, and saves only after it has
 * stored the execution; so a change in between is saved.
 */
async function markAsChanged(staticData: IDataObject): Promise<void> {
	await sleep(0);
	Object.assign(staticData, { ...staticData });
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
