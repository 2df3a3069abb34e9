import escapeRegExp from 'lodash/escapeRegExp';
import { UserError } from 'n8n-workflow';

import { parseUrl } from './parseUrl';
import type { TwilioCredentials } from './credentials';
import { products } from './products';

/**
 * A region's hosts carry the edge location too; the short form `api.ie1.twilio.com` ended on 2026-04-28.
 *
 * @see https://www.twilio.com/docs/global-infrastructure/using-the-twilio-rest-api-in-a-non-us-region
 */
export const regionTemplates = {
	us1: 'https://{product}.twilio.com',
	ie1: 'https://{product}.dublin.ie1.twilio.com',
	au1: 'https://{product}.sydney.au1.twilio.com',
} as const;

/** True where the user chose the server (a gateway, the simulator), so that rules about Twilio's public network do not apply. */
export function hasCustomBaseUrl(credentials: TwilioCredentials): boolean {
	return credentials.region === 'custom';
}

/**
 * The base URL of a product, without a slash at the end.
 *
 * @throws Error when the credential's own base URL cannot be used; it does not show the URL, which may have secrets in it
 */
export function productUrl(credentials: TwilioCredentials, product: string): string {
	if (credentials.region !== 'custom') return regionTemplates[credentials.region].replace('{product}', product);
	const url = (credentials.baseUrl ?? '').trim().replaceAll('{product}', product).replace(/\/+$/, '');
	const parsed = /^https?:\/\/[^/]/.test(url) ? parseUrl(url) : undefined;
	if (!parsed) {
		throw new Error(
			"The credential's 'Base URL' is not a URL. It must look like https://{product}.twilio.com or http://localhost:4010/{product}.",
		);
	}
	if (parsed.username || parsed.password || /^[^/]*\/\/[^/]*@/.test(url)) {
		throw new Error(
			"The credential's 'Base URL' must have no user name and no password in it. Take out what stands before the @: requests sign in with the secrets of the credential's other fields.",
		);
	}
	if (/[?#]/.test(url)) {
		throw new Error(
			"The credential's 'Base URL' must have no ? and no # in it: each request puts its path at the end.",
		);
	}
	return url;
}

/** The URL of something that belongs to the account, on the 2010-04-01 API: `accountUrl(credentials, 'Messages.json')`. */
export function accountUrl(credentials: TwilioCredentials, path: string): string {
	return `${productUrl(credentials, 'api')}/2010-04-01/Accounts/${encodeURIComponent(credentials.accountSid)}/${path}`;
}

/** Stands for the product where hosts are compared. */
const anyProduct = 'any-product-of-twilio';

/**
 * The URL for what a user typed: a path on the API's host, or a full URL on one of the credential's hosts. `{accountSid}`
 * is filled in. Everything else is refused, since the request carries the credential: the URL is compared after
 * normalization, so that look-alikes, user names, ports and other schemes do not pass.
 *
 * @throws UserError that says what is wrong with it
 */
export function resolveTwilioUrl(credentials: TwilioCredentials, input: string): string {
	const text = input.trim().split('{accountSid}').join(credentials.accountSid);
	const [path = ''] = text.split(/[?#]/);
	if (/[\\\s\p{Cc}]|%2e|%5c/iu.test(path) || /(^|\/)\.\.?(\/|$)/.test(path) || text.startsWith('//')) {
		throw new UserError("'URL' has backslashes, white space, dot segments or encoded dots in it, or starts with //");
	}
	const isAbsolute = /^[a-z][a-z0-9+.-]*:/i.test(text);
	const absolute = isAbsolute ? text : `${productUrl(credentials, 'api')}/${text.replace(/^\//, '')}`;
	const url = parseUrl(absolute);
	if (!url || !hostPattern(credentials).test(url.href)) {
		throw new UserError("'URL' does not lead to a Twilio host that takes API requests in the credential's region", {
			description: `Use a path such as 2010-04-01/Accounts/{accountSid}/Messages.json, or a full URL ${example(credentials)}. Other hosts would get your credential.`,
		});
	}
	url.hash = '';
	return url.href;
}

/** What a full URL must look like. A base URL of the user's own may have secrets in its path, and is not shown. */
function example(credentials: TwilioCredentials): string {
	if (hasCustomBaseUrl(credentials)) return "that begins with the credential's 'Base URL'";
	return `such as ${productUrl(credentials, 'messaging')}/v1/Services`;
}

/**
 * Matches normalized URLs on the hosts of the credential. Below twilio.com only those of Twilio's products count, also with a
 * base URL of the user's own; what else a gateway may serve is known to its owner only.
 */
function hostPattern(credentials: TwilioCredentials): RegExp {
	const base = new URL(productUrl(credentials, anyProduct));
	const product = /\.twilio\.com\.?$/.test(base.hostname) ? products.join('|') : '[a-z0-9-]+';
	const pattern = escapeRegExp(base.href.replace(/\/$/, ''))
		.replace(anyProduct, `(${product})`)
		// A template may name the product twice, and means the same one.
		.replaceAll(anyProduct, '\\1');
	return new RegExp(`^${pattern}/`);
}
