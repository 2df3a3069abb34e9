import type { TwilioCredentials } from './credentials';

/** Twilio's products, each with a host of its own: `https://{product}.twilio.com`. */
export type Product = 'api' | 'content' | 'lookups' | 'messaging' | 'monitor' | 'verify';

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
 * @throws Error when the credential's own base URL is missing or no http(s) URL
 */
export function productUrl(credentials: TwilioCredentials, product: string): string {
	const template =
		credentials.region === 'custom' ? (credentials.baseUrl ?? '').trim() : regionTemplates[credentials.region];
	const url = template.replace(/\{product\}/g, product).replace(/\/+$/, '');
	if (!/^https?:\/\/[^/]/.test(url) || !URL.canParse(url)) {
		throw new Error(
			"The credential's 'Base URL' is not a URL. It must look like https://{product}.twilio.com or http://localhost:4010/{product}.",
		);
	}
	return url;
}

/** The URL of something that belongs to the account, on the 2010-04-01 API: `accountUrl(credentials, 'Messages.json')`. */
export function accountUrl(credentials: TwilioCredentials, path: string): string {
	return `${productUrl(credentials, 'api')}/2010-04-01/Accounts/${encodeURIComponent(credentials.accountSid)}/${path}`;
}
