import { signsUrlAlone } from './signature';

/** Characters of path and query. Twilio takes URLs of 4,000; each may be written in several when it is requested. */
const maxUrl = 8 * 1024;

/** Names with values in a query or a form: as many as n8n's own parser takes. Twilio's callbacks have a few dozen. */
const maxPairs = 1000;

/** Bytes. Twilio's forms have one or two thousand; one with a text of 4,096 characters may have 37,000 more. */
const maxForm = 64 * 1024;

/** Bytes of a body that is not read before its URL has turned out to be Twilio's. */
const maxOther = 1024 * 1024;

/**
 * Whether a request is too large to be Twilio's. Who may send it is known only when URL and body have been read, which
 * takes long for a body of nothing but ampersands; so this only counts.
 *
 * @param url path and query as requested
 */
export function isTooLarge(url: string, rawBody: Buffer): boolean {
	if (url.length > maxUrl || rawBody.length > maxOther || hasMorePairs(url)) return true;
	const [, ...query] = url.split('?');
	return !signsUrlAlone(query.join('?')) && (rawBody.length > maxForm || hasMorePairs(rawBody));
}

function hasMorePairs(text: string | Buffer): boolean {
	let position = -1;
	for (let pairs = 1; pairs <= maxPairs; pairs++) {
		position = text.indexOf('&', position + 1);
		if (position === -1) return false;
	}
	return true;
}
