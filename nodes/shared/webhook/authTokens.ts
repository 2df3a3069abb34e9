import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { credentialType, type TwilioCredentials } from '../api/credentials';

/** The node's credential. */
export async function readCredentials(context: IWebhookFunctions | IHookFunctions): Promise<TwilioCredentials> {
	return await context.getCredentials<TwilioCredentials & IDataObject>(credentialType);
}

/** The tokens that webhooks of this account may be signed with: none if the user filled none in. */
export function authTokensOf({ authToken, secondaryAuthToken }: TwilioCredentials): string[] {
	return [authToken, secondaryAuthToken].map((token) => token?.trim() ?? '').filter((token) => token !== '');
}

/**
 * Refuses a credential that no webhook can be checked with.
 *
 * @throws UserError that names the field to fill in
 */
export function assertAuthToken(credentials: TwilioCredentials): void {
	if (authTokensOf(credentials).length > 0) return;
	const field = credentials.authType === 'apiKey' ? 'Auth Token (for Webhooks)' : 'Auth Token';
	throw new UserError(
		`The credential has no '${field}', without which nobody can tell Twilio's webhooks from forged ones`,
		{
			description: `Fill in '${field}' in the credential. Twilio signs webhooks with the account's Auth Token, never with an API key; it is in the Twilio Console under "Account Info".`,
		},
	);
}
