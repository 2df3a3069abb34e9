import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { credentialType, type TwilioCredentials } from '../api/credentials';
import { authTokensOf, readCredentials } from './authTokens';
import { nodeKey } from './nodeKey';
import { readPublicUrl } from './publicUrl';
import { formValues, jsonValues } from './receivedParameters';
import { receivedUrls } from './receivedUrls';
import { RecentCredentials } from './recentCredentials';
import { Refusals, shown } from './refusals';
import { isTooLarge } from './requestSize';
import { SharedReads } from './sharedReads';
import { isSignature, SignatureCheck } from './signature';

/** Of this process; n8n makes no new instance of a node for a new call. */
const recentCredentials = new RecentCredentials();
const reads = new SharedReads<TwilioCredentials>();
const refusals = new Refusals();

/** A request that Twilio has signed. */
export interface TwilioRequest {
	/** The node's credential, whose token has signed the request. */
	credentials: TwilioCredentials;
	/** What Twilio says. It is read from the bytes that were signed, not from what n8n made of them. */
	parameters: IDataObject;
}

/** A request that is not let in, and the status to answer it with: 403, or 503 if it could not be checked now. */
export interface RefusedRequest {
	refusedWith: 403 | 503;
}

/** Why a request is not let in: words for the log, made only if they are logged. */
interface Refusal {
	reason: () => string;
	/** It could not be checked, so that it may be Twilio's, and may come again. */
	isUnchecked?: boolean;
}

/**
 * Whether Twilio has signed a request. If not, n8n's log says why, once a minute for each node. Never throws: n8n would
 * record a failed execution for it, and anybody may send requests.
 *
 * The node has the option `publicUrl` in a collection named `options`.
 *
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export async function checkRequest(context: IWebhookFunctions): Promise<TwilioRequest | RefusedRequest> {
	const checked = await checkSignature(context);
	if ('credentials' in checked) return checked;
	logRefusal(context, checked.reason);
	return { refusedWith: checked.isUnchecked ? 503 : 403 };
}

/**
 * What costs most comes last, since anybody may send requests: first a look at the header and at the sizes, then the
 * signature with the credentials of a moment ago. n8n takes longer to read the credential than for all the rest. So it is
 * read only if those credentials do not fit, and once for all requests that wait for it.
 */
async function checkSignature(context: IWebhookFunctions): Promise<TwilioRequest | Refusal> {
	const { headers, originalUrl, rawBody } = context.getRequestObject();
	const signature = headers['x-twilio-signature'];
	if (typeof signature !== 'string' || signature === '')
		return { reason: () => 'it has no X-Twilio-Signature header.' };
	if (!isSignature(signature)) return { reason: () => 'its X-Twilio-Signature is none that Twilio makes.' };
	if (!Buffer.isBuffer(rawBody) || isTooLarge(originalUrl, rawBody))
		return { reason: () => 'its URL or its body is none that Twilio sends.' };
	try {
		const urls = receivedUrls(context, readPublicUrl(context));
		const check = new SignatureCheck(signature, urls, rawBody);
		const credentials = await credentialsThatSigned(context, check);
		if ('reason' in credentials) return credentials;
		const isJson = headers['content-type']?.includes('json');
		return { credentials, parameters: isJson ? jsonValues(rawBody) : formValues(check.form) };
	} catch (error) {
		return {
			reason: () => `it could not be checked (${shown((error as Error).message)}).`,
			// Without a credential nothing can ever be checked; one that cannot be read now perhaps can in a second.
			isUnchecked: context.getNode().credentials?.[credentialType] !== undefined,
		};
	}
}

async function credentialsThatSigned(
	context: IWebhookFunctions,
	check: SignatureCheck,
): Promise<TwilioCredentials | Refusal> {
	const key = `${nodeKey(context)}/${context.getNode().credentials?.[credentialType]?.id}`;
	const haveSigned = (credentials: TwilioCredentials) => check.isSignedWith(authTokensOf(credentials));
	const known = recentCredentials.get(key);
	if (known && haveSigned(known)) return known;
	const credentials = await reads.get(key, async () => await readCredentials(context), haveSigned);
	if (haveSigned(credentials)) {
		recentCredentials.set(key, credentials);
		return credentials;
	}
	if (authTokensOf(credentials).length === 0)
		return { reason: () => 'the credential has no Auth Token to check the signature with.' };
	return {
		reason: () =>
			`its X-Twilio-Signature does not fit. URLs tried: ${check.urls.map(shown).join(', ')}. If the request was Twilio's, it called another URL (then set 'Public URL' or N8N_WEBHOOK_URL), or the Auth Token in the credential is not that of the account or subaccount that owns the message or call.`,
	};
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
