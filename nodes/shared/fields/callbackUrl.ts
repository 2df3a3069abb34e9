import { UserError } from 'n8n-workflow';

/** Characters that Twilio takes at most for a status callback URL. */
const maxLength = 4000;

/** Twilio tries again on 5xx answers, connection and read timeouts, up to 3 times. */
const retryFragment = '#rc=3&rp=5xx,ct,rt';

/**
 * Refuses URLs that Twilio would refuse with 21609, or could never reach.
 *
 * @param parameter as shown to the user
 * @param anyHost whether hosts of the user's own network are fine, as they are where the API is not Twilio's
 * @throws UserError that names the parameter
 * @see https://www.twilio.com/docs/api/errors/21609
 */
export function checkCallbackUrl(parameter: string, value: string, anyHost: boolean): void {
	const url = URL.canParse(value) ? new URL(value) : undefined;
	if (!url || !/^https?:$/.test(url.protocol)) {
		throw new UserError(`'${parameter}' must be a full URL, such as https://example.com/webhook/status`);
	}
	if (value.length > maxLength) {
		throw new UserError(`'${parameter}' is longer than ${maxLength} characters, which Twilio refuses`);
	}
	if (url.hostname.includes('_')) {
		throw new UserError(`'${parameter}' has an underscore in its host name, which Twilio refuses`, {
			description: 'Use another host name for n8n, or a proxy in front of it.',
		});
	}
	if (!anyHost && /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$|\.localhost$/.test(url.hostname)) {
		throw new UserError(`'${parameter}' leads to ${url.hostname}, which Twilio cannot reach`, {
			description: 'Use an address that is reachable from the internet, for example through a tunnel.',
		});
	}
}

/**
 * Asks Twilio to call again when the URL does not answer; by default it does so once, and only if it cannot connect.
 *
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
export function withRetryOnFailure(url: string): string {
	return url.includes('#') ? url : `${url}${retryFragment}`;
}
