import { createHash, createHmac, timingSafeEqual } from 'crypto';

import { parseUrl } from '../api/parseUrl';

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

/** Whether a header could be a signature at all, whatever was signed. */
export function isSignature(header: string): boolean {
	return signatureFormat.test(header);
}

/** Whether the signature is one of the URL alone, so that the body may be any text. */
export function signsUrlAlone(url: string): boolean {
	return url.includes(bodyHashParameter);
}

/**
 * Whether one of the tokens signed the request. Agrees with `validateRequest` and `validateRequestWithBody` of Twilio's
 * own SDK 6.2.0. A token that is empty signs nothing.
 *
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-security#validating-signatures-from-twilio
 */
export function isSigned({ signature, url, rawBody }: SignedRequest, authTokens: readonly string[]): boolean {
	return new SignatureCheck(signature, [url], rawBody).isSignedWith(authTokens);
}

/**
 * The check of one request, which does nothing twice, however many URLs and tokens are tried, and in however many steps:
 * whoever has no token can make n8n do all of it.
 */
export class SignatureCheck {
	private parameters?: FormParameters;
	private signedForm?: Buffer;
	private bodyHash?: string;
	private strings?: ReturnType<typeof stringsFor>;
	private readonly tokens = new Map<string, boolean>();

	/** @param urls under which Twilio may have requested it, each with its query */
	constructor(
		private readonly signature: string,
		readonly urls: readonly string[],
		private readonly rawBody: Buffer,
	) {}

	/** Whether one of the tokens signed the request for one of the URLs. A token that is empty signs nothing. */
	isSignedWith(authTokens: readonly string[]): boolean {
		return isSignature(this.signature) && authTokens.some((token) => token !== '' && this.isSignedWithToken(token));
	}

	/** What the body says, if it is a form. */
	get form(): FormParameters {
		return (this.parameters ??= parseForm(this.rawBody));
	}

	private isSignedWithToken(token: string): boolean {
		const known = this.tokens.get(token);
		if (known !== undefined) return known;
		this.strings ??= stringsFor(this.urls);
		const fits = [...this.strings].some(([string, url]) => this.isSignedString(string, url, token));
		this.tokens.set(token, fits);
		return fits;
	}

	/** The body's hash comes last: it is of use only if Twilio has signed the URL that holds it. */
	private isSignedString(string: string, url: string, token: string): boolean {
		if (signsUrlAlone(url)) return isEqual(this.signature, sign(token, string)) && this.hasHashIn(url);
		this.signedForm ??= Buffer.from(textOf(this.form), 'utf8');
		return isEqual(this.signature, sign(token, string, this.signedForm));
	}

	private hasHashIn(url: string): boolean {
		this.bodyHash ??= createHash('sha256').update(this.rawBody).digest('hex');
		return isEqual(parseUrl(url)?.searchParams.get(bodyHashParameter) ?? '', this.bodyHash);
	}
}

/** Every string that Twilio may have signed, once, with the URL it stands for. */
function stringsFor(urls: readonly string[]): Map<string, string> {
	return new Map(urls.flatMap((url) => urlCandidates(url).map((string) => [string, url] as const)));
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
	const encoded = withLegacyQuery(normalized);
	return [...new Set([...received, ...rewritten, withoutPort(encoded), withPort(encoded)])];
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

function sign(authToken: string, url: string, form: Buffer = Buffer.alloc(0)): string {
	return createHmac('sha1', authToken).update(url, 'utf8').update(form).digest('base64');
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
	if (!/[%+]/.test(text)) return text;
	const [[, decoded = ''] = []] = [...new URLSearchParams(`=${text}`)];
	return decoded;
}
