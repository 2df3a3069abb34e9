import { createHash, createHmac, timingSafeEqual } from 'crypto';

import { parseUrl } from '../shared/parseUrl';

/** Names and values of a form, decoded, in the order they came; names may repeat. */
export type FormParameters = ReadonlyArray<readonly [name: string, value: string]>;

/** A request that claims to come from Twilio. */
export interface SignedRequest {
	/** The header `X-Twilio-Signature`. */
	signature: string;
	/** The full URL as Twilio requested it: with its query, without a fragment. */
	url: string;
	/** The body's bytes as they arrived. */
	rawBody: Buffer;
}

/** Base64 of the 20 bytes of an HMAC-SHA1. Anything else cannot fit, so that no time is spent on it. */
const signatureFormat = /^[A-Za-z0-9+/]{27}=$/;

/** With this in the query, Twilio has signed the URL alone, which holds a hash of the body. */
const bodyHashParameter = 'bodySHA256';

/**
 * Whether one of the tokens signed the request. Agrees with `validateRequest` and `validateRequestWithBody` of Twilio's
 * own SDK 6.2.0. A token that is empty signs nothing.
 *
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-security#validating-signatures-from-twilio
 */
export function isSigned({ signature, url, rawBody }: SignedRequest, authTokens: readonly string[]): boolean {
	if (!signatureFormat.test(signature)) return false;
	const hasBodyHash = url.includes(bodyHashParameter);
	if (hasBodyHash && !hasHashOf(rawBody, url)) return false;

	const signedText = hasBodyHash ? '' : textOf(parseForm(rawBody));
	const urls = urlCandidates(url);
	return authTokens
		.filter((token) => token !== '')
		.some((token) => urls.some((candidate) => isEqual(signature, sign(candidate + signedText, token))));
}

/** What a form says. Twilio signs the decoded values, repeated names included, which parsed bodies may have lost. */
export function parseForm(rawBody: Buffer): FormParameters {
	// A question mark at the start would be taken for that of a URL.
	return [...new URLSearchParams(`&${rawBody.toString('utf8')}`)];
}

/**
 * The strings that Twilio may have signed for a URL, in the order of its SDK: the URL as received, without and with its
 * port, then as `new URL()` writes it, then that with its query encoded in an older way.
 */
export function urlCandidates(url: string): string[] {
	const received = [withoutPort(url), withPort(url)];
	const normalized = parseUrl(url)?.href;
	if (normalized === undefined) return received;
	const rewritten = [withoutPort(normalized), withPort(normalized)];
	return [...new Set([...received, ...rewritten, ...rewritten.map(withLegacyQuery)])];
}

/** Each name with its values, both sorted by UTF-16 code units; a value that repeats counts once. */
function textOf(parameters: FormParameters): string {
	const values = new Map<string, Set<string>>();
	for (const [name, value] of parameters) values.set(name, (values.get(name) ?? new Set()).add(value));
	return [...values.keys()]
		.sort()
		.flatMap((name) => [...(values.get(name) ?? [])].sort().map((value) => name + value))
		.join('');
}

function sign(text: string, authToken: string): string {
	return createHmac('sha1', authToken).update(text, 'utf8').digest('base64');
}

function hasHashOf(rawBody: Buffer, url: string): boolean {
	const hash = parseUrl(url)?.searchParams.get(bodyHashParameter) ?? '';
	return isEqual(hash, createHash('sha256').update(rawBody).digest('hex'));
}

/** Takes the same time wherever the first difference is. The length is no secret. */
function isEqual(given: string, expected: string): boolean {
	const [a, b] = [Buffer.from(given), Buffer.from(expected)];
	return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Scheme, user name and host, port, and the rest of a URL. `new URL()` would rewrite what Twilio has signed. A colon
 * begins the port only after the bracket of an IPv6 address.
 */
const urlParts = /^([a-z][a-z0-9+.-]*:\/\/)((?:[^/?#]*@)?(?:[^/?#]*\])?[^/?#:\]]*)(:[^/?#]*)?(.*)$/is;

function withoutPort(url: string): string {
	const [, scheme = '', host = '', , rest = ''] = urlParts.exec(url) ?? [undefined, url];
	return scheme + host + rest;
}

function withPort(url: string): string {
	const [, scheme = '', host = '', port, rest = ''] = urlParts.exec(url) ?? [undefined, url];
	if (scheme === '' || port !== undefined) return url;
	return `${scheme}${host}${scheme.toLowerCase() === 'https://' ? ':443' : ':80'}${rest}`;
}

/** Node.js' `querystring` reads this many parameters of a query. */
const maxLegacyParameters = 1000;

/**
 * The URL with its query read and written as Node.js' older `querystring` does: names that repeat stand together, names
 * that are numbers come first, and everything that can be escaped is.
 */
function withLegacyQuery(url: string): string {
	const start = url.indexOf('?');
	if (start === -1 || start === url.length - 1) return url;
	const values: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
	for (const pair of url
		.slice(start + 1)
		.split('&')
		.slice(0, maxLegacyParameters)) {
		if (pair === '') continue;
		const equals = pair.indexOf('=');
		const name = decodeLegacy(equals === -1 ? pair : pair.slice(0, equals));
		(values[name] ??= []).push(equals === -1 ? '' : decodeLegacy(pair.slice(equals + 1)));
	}
	const query = Object.entries(values).flatMap(([name, each]) =>
		each.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
	);
	return `${url.slice(0, start)}?${query.join('&')}`;
}

/** Leaves escapes that are none as they are, and puts U+FFFD for bytes that are no UTF-8. */
function decodeLegacy(text: string): string {
	const [[, decoded = ''] = []] = [...new URLSearchParams(`=${text}`)];
	return decoded;
}
