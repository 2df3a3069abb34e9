import type {
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
	JsonObject,
} from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { credentialType } from './credentials';

/** A stream of bytes. n8n's package rules do not allow an import of Node's `stream`, not even of its types. */
export type FileContent = Exclude<Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0], Buffer>;

/** The n8n contexts that can send requests with the credential. */
export type RequestContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

export interface TwilioRequest {
	method: IHttpRequestMethods;
	/** Absolute, with its query. */
	url: string;
	/** Sent as `application/x-www-form-urlencoded`; absent on GET, where Twilio refuses a body with 403. */
	form?: URLSearchParams;
	/** Sent as JSON. */
	json?: object;
	/** Headers of the user's own. */
	headers?: Readonly<Record<string, string>>;
	/** Whether the answer's body is wanted as a stream. */
	stream?: boolean;
	/** False for hosts that must never see the credential. */
	authenticated?: boolean;
}

/** An answer of any status. Header names are lower-case. */
export interface TwilioResponse {
	answered: true;
	status: number;
	headers: Readonly<Record<string, string | undefined>>;
	/** Parsed JSON, the text where it is no JSON, or a stream where one was asked for. */
	body: unknown;
}

/** No answer, or not a whole one: nobody knows whether Twilio acted, unless `sent` is false. */
export interface NoAnswer {
	answered: false;
	/** The network error's code, such as `ECONNRESET`. */
	code: string;
	/** False where the connection never came about, so that nothing can have been done. */
	sent: boolean;
}

export type Exchange = TwilioResponse | NoAnswer;

/** Milliseconds without an answer after which a request counts as lost. Twilio's own SDK waits as long. */
const timeout = 30_000;

/** Errors of the connection phase: no byte of the request has left. */
const neverSent = new Set([
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'EAI_AGAIN',
	'ECONNREFUSED',
	'ENOTFOUND',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * Sends one request and gives what came of it; only an error that is no matter of the network is thrown. Statuses are
 * answers, not errors: n8n would send a request that was answered with 401 a second time, and replace Twilio's message.
 * Redirects are not followed: n8n would take the credential along.
 */
export async function exchange(context: RequestContext, request: TwilioRequest): Promise<Exchange> {
	const options: IHttpRequestOptions = {
		method: request.method,
		url: request.url,
		headers: { ...request.headers },
		...(request.form || request.json ? { body: request.form ?? request.json } : {}),
		...(request.stream ? { encoding: 'stream' } : { json: true }),
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		sendCredentialsOnCrossOriginRedirect: false,
		timeout,
	};
	try {
		const response = (
			request.authenticated === false
				? await context.helpers.httpRequest(options)
				: await context.helpers.httpRequestWithAuthentication.call(context, credentialType, options)
		) as { statusCode: number; headers: Record<string, string | undefined>; body: unknown };
		return { answered: true, status: response.statusCode, headers: response.headers, body: response.body };
	} catch (error) {
		const code = networkErrorCode(error);
		if (code === undefined) throw new NodeApiError(context.getNode(), error as JsonObject);
		return { answered: false, code, sent: !neverSent.has(code) };
	}
}

/** Codes of connections that broke; a stream's error carries nothing else to know it by. */
const brokenConnection = new Set([
	'ECONNABORTED',
	'ECONNRESET',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EPIPE',
	'ERR_STREAM_PREMATURE_CLOSE',
	'ETIMEDOUT',
]);

/** The code of a network error, also where n8n has wrapped it; `undefined` for errors of any other kind. */
export function networkErrorCode(error: unknown): string | undefined {
	for (let each = error; typeof each === 'object' && each !== null; each = (each as Error).cause) {
		const { code, isAxiosError } = each as { code?: unknown; isAxiosError?: unknown };
		if (typeof code === 'string' && (isAxiosError === true || brokenConnection.has(code))) return code;
	}
	return undefined;
}

/** Reads a stream to its end as UTF-8 text, at most about `limit` bytes of it. */
export async function readText(stream: FileContent, limit: number): Promise<string> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of stream) {
		const buffer = Buffer.from(chunk as Uint8Array);
		chunks.push(buffer);
		bytes += buffer.length;
		if (bytes >= limit) break;
	}
	return Buffer.concat(chunks).toString();
}
