import { UserError } from 'n8n-workflow';

import { parseUrl } from '../api/parseUrl';
import type { Field } from './field';

/** Characters that Twilio takes at most for a status callback URL. */
const maxLength = 4000;

/** Twilio tries again on 5xx answers, connection and read timeouts, up to 3 times. */
const retryFragment = '#rc=3&rp=5xx,ct,rt';

/**
 * Refuses what is no URL, and addresses that only this machine could reach.
 *
 * @param parameter as shown to the user
 * @param anyHost whether hosts of the user's own network are fine, as they are where the API is not Twilio's
 * @throws UserError that names the parameter
 */
export function checkPublicUrl(parameter: string, value: string, anyHost: boolean): URL {
	const url = parseUrl(value);
	if (!url || !/^https?:$/.test(url.protocol)) {
		throw new UserError(`'${parameter}' must be a full URL, such as https://example.com/webhook/status`);
	}
	if (!anyHost && /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$|\.localhost$/.test(url.hostname)) {
		throw new UserError(`'${parameter}' leads to ${url.hostname}, which Twilio cannot reach`, {
			description: 'Use an address that is reachable from the internet, for example through a tunnel.',
		});
	}
	return url;
}

/**
 * Refuses callback URLs that Twilio would refuse with 21609, too.
 *
 * @throws UserError that names the parameter
 * @see https://www.twilio.com/docs/api/errors/21609
 */
export function checkCallbackUrl(parameter: string, value: string, anyHost: boolean): void {
	const url = checkPublicUrl(parameter, value, anyHost);
	if (value.length > maxLength) {
		throw new UserError(`'${parameter}' is longer than ${maxLength} characters, which Twilio refuses`);
	}
	if (url.hostname.includes('_')) {
		throw new UserError(`'${parameter}' has an underscore in its host name, which Twilio refuses`, {
			description: 'Use another host name for n8n, or a proxy in front of it.',
		});
	}
}

/** Checks the value of a field whose name says that it holds a URL: `statusCallback`, `smsFallbackUrl`. */
export function checkUrlField({ name, displayName }: Field, value: string, anyHost: boolean): void {
	if (/Callback$/.test(name)) checkCallbackUrl(displayName, value, anyHost);
	else if (/Url$/.test(name)) checkPublicUrl(displayName, value, anyHost);
}

/** A status callback, with Twilio's retries if the user wants them. */
export function statusCallbackOf(options: {
	statusCallback?: string;
	retryStatusCallback?: boolean;
}): string | undefined {
	const { statusCallback, retryStatusCallback } = options;
	if (retryStatusCallback && !statusCallback) {
		throw new UserError("'Retry Status Callback' needs a 'Status Callback URL'");
	}
	return statusCallback && retryStatusCallback ? withRetryOnFailure(statusCallback) : statusCallback;
}

/**
 * Asks Twilio to call again when the URL does not answer; by default it does so once, and only if it cannot connect.
 *
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
export function withRetryOnFailure(url: string): string {
	return url.includes('#') ? url : `${url}${retryFragment}`;
}
