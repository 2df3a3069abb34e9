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
	const secrets = [
		...basicHeader(user, pass),
		...[credentials.authToken, credentials.secondaryAuthToken, credentials.apiKeySecret].flatMap(spellings),
		...(credentials.region === 'custom' ? baseUrlSecrets(credentials.baseUrl ?? '') : []),
	];
	// The longest first: one may be a part of another.
	return [...new Set(secrets)]
		.filter((secret) => secret !== '')
		.sort((a, b) => b.length - a.length)
		.reduce((clean, secret) => clean.split(secret).join(/^\/.*\/$/s.test(secret) ? '/***/' : '***'), text);
}

/** Without its padding, which URL encoding would change. */
function basicHeader(user: string, pass: string): string[] {
	return [Buffer.from(`${user}:${pass}`).toString('base64').replace(/=+$/, '')];
}

/** A secret as it is, decoded, and encoded as in a URL and in a form. */
function spellings(secret = ''): string[] {
	return [secret, converted(decodeURIComponent, secret)].flatMap((each) => {
		const encoded = converted(encodeURIComponent, each);
		return [each, encoded, encoded.replaceAll('%20', '+')];
	});
}

/** The text itself where it cannot be converted. */
function converted(convert: (text: string) => string, text: string): string {
	try {
		return convert(text);
	} catch {
		return text;
	}
}

/** Parts of a path that are names rather than secrets: short words and versions. */
const plainSegment = /^([a-z-]{0,11}|v\d+|[\d-]{0,10})$/i;

/**
 * What may be secret in a base URL, even in one that is refused: what stands before an @, a query, and the path, as a whole and
 * in those of its parts that are no plain words.
 */
function baseUrlSecrets(baseUrl: string): string[] {
	const [, login = '', place = '', query = ''] = /^(?:\w+:[\\/]*)?(?:(.*)@)?([^?#]*)(.*)$/s.exec(baseUrl.trim()) ?? [];
	const [user = '', ...passwords] = login.split(':');
	const pass = passwords.join(':');
	const decoded = [user, pass].map((each) => converted(decodeURIComponent, each)) as [string, string];
	const paths = place
		.replace(/^[^\\/]*/, '')
		.split('{product}')
		.map((path) => path.split('/').filter(Boolean));
	const values = query.split(/[?#&=]/).filter((value) => value.length > 3);
	const segments = paths.flat().filter((segment) => !plainSegment.test(segment));
	return [
		...(login === '' ? [] : [...basicHeader(user, pass), ...basicHeader(...decoded)]),
		...[login, pass || user, ...values, ...segments].flatMap(spellings),
		...paths.filter((path) => path.length > 0).map((path) => `/${path.join('/')}/`),
	];
}
