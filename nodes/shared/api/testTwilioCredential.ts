import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { basicAuth, withoutSecrets, type TwilioCredentials } from './credentials';
import { accountUrl, regionTemplates } from './hosts';

/** A request that every kind of API key may make; `/Accounts/{sid}.json` is closed to Standard keys. */
const probe = 'IncomingPhoneNumbers.json?PageSize=1';

/** The codes of "signed in, but not allowed to do this": a Restricted key is as good as its permissions. */
const limitedButValid = new Set([20403, 70051]);

type Region = keyof typeof regionTemplates;

/**
 * The credential's test. A declarative one would take a restricted API key for a wrong one, and could not say that the
 * secret belongs to another region.
 *
 * @see https://www.twilio.com/docs/iam/api-keys
 */
export async function testTwilioCredential(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const credentials = credential.data as unknown as TwilioCredentials;
	const missing = missingField(credentials);
	if (missing) return { status: 'Error', message: missing };

	const signIn = async (region: TwilioCredentials['region']) => await answerOf(this, { ...credentials, region });
	try {
		const { status, isList, code, message } = await signIn(credentials.region);
		if (status === 200 && isList) return { status: 'OK', message: 'Connection successful' };
		if (status === 403 && code !== undefined && limitedButValid.has(code)) {
			return { status: 'OK', message: 'Connection successful; the API key has limited permissions' };
		}
		if (status !== 401) return { status: 'Error', message: withoutSecrets(message, credentials) };

		for (const region of otherRegions(credentials.region)) {
			// One that cannot be reached from here says nothing about the secrets.
			const other = await signIn(region).catch(() => undefined);
			if (other && [200, 403].includes(other.status)) {
				return {
					status: 'Error',
					message: `These secrets belong to the region ${region.toUpperCase()}. Choose it as 'Region'.`,
				};
			}
		}
		return { status: 'Error', message: 'Twilio does not accept this SID with this token or secret' };
	} catch (error) {
		return { status: 'Error', message: withoutSecrets((error as Error).message, credentials) };
	}
}

function missingField({
	authType,
	accountSid,
	authToken,
	apiKeySid,
	apiKeySecret,
}: TwilioCredentials): string | undefined {
	if (!/^AC[0-9a-fA-F]{32}$/.test(accountSid ?? ''))
		return "'Account SID' must be AC followed by 32 characters 0-9 and a-f";
	if (authType === 'authToken') return authToken ? undefined : "'Auth Token' is empty";
	if (!/^SK[0-9a-fA-F]{32}$/.test(apiKeySid ?? ''))
		return "'API Key SID' must be SK followed by 32 characters 0-9 and a-f";
	return apiKeySecret ? undefined : "'API Key Secret' is empty";
}

/** None for a server of the user's own: the secrets are nobody else's business. */
function otherRegions(region: TwilioCredentials['region']): Region[] {
	if (region === 'custom') return [];
	return (Object.keys(regionTemplates) as Region[]).filter((other) => other !== region);
}

async function answerOf(
	{ helpers }: ICredentialTestFunctions,
	credentials: TwilioCredentials,
): Promise<{ status: number; isList: boolean; code?: number; message: string }> {
	// n8n gives credential tests no other way to send a request.
	const answer = (await helpers.request({
		uri: accountUrl(credentials, probe),
		auth: { ...basicAuth(credentials), sendImmediately: true },
		json: true,
		simple: false,
		resolveWithFullResponse: true,
		followRedirect: false,
		timeout: 15_000,
	})) as { statusCode: number; body?: { code?: number; message?: string; incoming_phone_numbers?: unknown } };
	const { code, message, incoming_phone_numbers: numbers } = answer.body ?? {};
	return {
		status: answer.statusCode,
		isList: Array.isArray(numbers),
		code,
		message: message ?? `The answer (HTTP status ${answer.statusCode}) is not Twilio's. Check the base URL.`,
	};
}
