/** The credential type's name, as n8n knows it. */
export const credentialType = 'twilioExtendedApi';

/** What the credential `twilioExtendedApi` holds. Fields that the user did not see are absent or empty. */
export interface TwilioCredentials {
	authType: 'authToken' | 'apiKey';
	/** `AC` and 32 hexadecimal digits. */
	accountSid: string;
	authToken?: string;
	secondaryAuthToken?: string;
	/** `SK` and 32 hexadecimal digits. */
	apiKeySid?: string;
	apiKeySecret?: string;
	region: 'us1' | 'ie1' | 'au1' | 'custom';
	/** Only for region `custom`: a template with `{product}` in it. */
	baseUrl?: string;
}

/** User name and password of HTTP Basic authentication, the way the credential's `authenticate` sends them. */
export function basicAuth(credentials: TwilioCredentials): { user: string; pass: string } {
	return credentials.authType === 'apiKey'
		? { user: credentials.apiKeySid ?? '', pass: credentials.apiKeySecret ?? '' }
		: { user: credentials.accountSid, pass: credentials.authToken ?? '' };
}

/**
 * Removes the credential's secrets from a text, also where they stand as a Basic header or URL-encoded. Errors quote what
 * servers answer, and a gateway may echo what it was sent.
 */
export function withoutSecrets(text: string, credentials: TwilioCredentials): string {
	const { user, pass } = basicAuth(credentials);
	const secrets = [credentials.authToken, credentials.secondaryAuthToken, credentials.apiKeySecret].filter(
		(secret): secret is string => Boolean(secret),
	);
	return [
		// Without its padding, which URL encoding would change.
		Buffer.from(`${user}:${pass}`).toString('base64').replace(/=+$/, ''),
		...secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]),
	].reduce((clean, secret) => clean.split(secret).join('***'), text);
}
