import type { JsonObject } from 'n8n-workflow';
import { jsonParse, NodeApiError } from 'n8n-workflow';

import { parseUrl } from './parseUrl';
import {
	exchange,
	networkErrorCode,
	readText,
	type Exchange,
	type FileContent,
	type RequestContext,
	type TwilioResponse,
} from './exchange';

export interface DownloadOptions<T> {
	/** The content type Twilio has for the file, where it is known beforehand. */
	expectedType?: string;
	/** Whether a document is an answer like any other, and no error. */
	takesDocuments?: boolean;
	/** Headers of the user's own; only the first host gets them. */
	headers?: Readonly<Record<string, string>>;
	/** Takes the content and its type; called once more, with a new stream, when the connection broke on the way. */
	save: (content: FileContent, contentType: string, response: TwilioResponse) => Promise<T>;
}

/** What a download came to: the file as `save` gave it back, or the exchange that failed. */
export type Download<T> = { saved: T } | { failed: Exchange };

const maxRedirects = 5;

const unknownType = 'application/octet-stream';

/** Characters of an error document to read; Twilio's have some hundred. */
const maxErrorText = 64 * 1024;

/**
 * Types of error documents. Twilio and the hosts it redirects to answer with them when there is no file, at times even
 * with status 200; saved as a file they would pass for the media.
 */
const documentTypes = new Set([
	'application/json',
	'application/problem+json',
	'application/xml',
	'text/html',
	'text/xml',
]);

/**
 * Fetches a file as a stream. Redirects are followed here, one by one: another origin than the first never gets the
 * credential, and an https address never leads to a plain http one.
 *
 * @see https://www.twilio.com/docs/messaging/api/media-resource
 */
export async function download<T>(
	context: RequestContext,
	firstUrl: string,
	options: DownloadOptions<T>,
): Promise<Download<T>> {
	try {
		return await follow(context, firstUrl, options);
	} catch (error) {
		const code = networkErrorCode(error);
		if (code === undefined) throw new NodeApiError(context.getNode(), error as JsonObject);
		return { failed: { answered: false, code, sent: true } };
	}
}

async function follow<T>(
	context: RequestContext,
	firstUrl: string,
	{ expectedType, takesDocuments, headers, save }: DownloadOptions<T>,
): Promise<Download<T>> {
	let url = firstUrl;
	for (let redirects = 0; ; redirects++) {
		const authenticated = new URL(url).origin === new URL(firstUrl).origin;
		const result = await exchange(context, {
			method: 'GET',
			url,
			stream: true,
			authenticated,
			...(authenticated && { headers }),
		});
		if (!result.answered) return { failed: result };

		const content = result.body as FileContent;
		const contentType = contentTypeOf(result) ?? expectedType ?? unknownType;
		const { location } = result.headers;
		if (result.status >= 300 && result.status < 400 && location && redirects < maxRedirects) {
			content.destroy();
			const target = parseUrl(location, url);
			if (!target || !isAllowed(target, firstUrl)) {
				const where = target?.origin ?? 'an invalid address';
				return { failed: refused(result, `Twilio's redirect to ${where} was not followed`) };
			}
			url = target.href;
		} else if (result.status < 200 || result.status >= 300) {
			const text = await readText(content, maxErrorText);
			return { failed: { ...result, body: jsonParse(text, { fallbackValue: text }) } };
		} else if (documentTypes.has(contentType) && contentType !== expectedType && !takesDocuments) {
			content.destroy();
			return { failed: refused(result, `The answer is no media file but a document (${contentType})`) };
		} else {
			return { saved: await save(content, contentType, result) };
		}
	}
}

/** Redirects may lead to Twilio's media hosts, whose names change, but not out of https. */
function isAllowed(target: URL, firstUrl: string): boolean {
	return target.protocol === 'https:' || target.protocol === new URL(firstUrl).protocol;
}

function refused({ status, headers }: TwilioResponse, message: string): Exchange {
	return { answered: true, status, headers, body: { message } };
}

/** Absent where the server does not know either. */
function contentTypeOf({ headers }: TwilioResponse): string | undefined {
	const [type = ''] = (headers['content-type'] ?? '').toLowerCase().split(';');
	return ['', unknownType, 'binary/octet-stream'].includes(type.trim()) ? undefined : type.trim();
}
