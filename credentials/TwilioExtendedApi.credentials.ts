import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { basicAuth, type TwilioCredentials } from '../nodes/shared/api/credentials';

/**
 * One account at Twilio: how to sign in, and where its API is.
 *
 * The name is not `twilioApi`: credential names are global in n8n, and that one belongs to n8n's built-in node.
 *
 * @see https://www.twilio.com/docs/iam/api-keys
 * @see https://www.twilio.com/docs/global-infrastructure/understanding-twilio-regions
 */
export class TwilioExtendedApi implements ICredentialType {
	name = 'twilioExtendedApi';

	displayName = 'Twilio Extended API';

	icon: Icon = { light: 'file:../icons/twilio.svg', dark: 'file:../icons/twilio.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-twilio/n8n-nodes-twilio#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Sign In With',
			name: 'authType',
			type: 'options',
			options: [
				{
					name: 'Auth Token',
					value: 'authToken',
					description: "The account's main secret: works for everything, signs webhooks too",
				},
				{
					name: 'API Key',
					value: 'apiKey',
					description: 'Recommended: can be limited and revoked without changing the Auth Token',
				},
			],
			default: 'authToken',
		},
		{
			displayName: 'Account SID',
			name: 'accountSid',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. ACxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
			description: 'In the Twilio Console under "Account Info". Starts with AC.',
		},
		{
			displayName: 'Auth Token',
			name: 'authToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'In the Twilio Console under "Account Info", of the same region as below',
			displayOptions: { show: { authType: ['authToken'] } },
		},
		{
			displayName: 'API Key SID',
			name: 'apiKeySid',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. SKxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
			description: 'Created in the Twilio Console under "API Keys & Tokens". Starts with SK.',
			displayOptions: { show: { authType: ['apiKey'] } },
		},
		{
			displayName: 'API Key Secret',
			name: 'apiKeySecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Shown once, when the key is created',
			displayOptions: { show: { authType: ['apiKey'] } },
		},
		{
			displayName: 'Auth Token (for Webhooks)',
			name: 'authToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				"Only needed for the status trigger: Twilio signs webhooks with the account's Auth Token, never with an API key",
			displayOptions: { show: { authType: ['apiKey'] } },
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				{ name: 'Australia (AU1)', value: 'au1' },
				{
					name: 'Custom Base URL',
					value: 'custom',
					description: 'A gateway, a proxy or a Twilio-compatible server',
				},
				{ name: 'Ireland (IE1)', value: 'ie1' },
				{ name: 'United States (US1)', value: 'us1' },
			],
			default: 'us1',
			description: "Where the account's data is processed. Each region has its own Auth Token and API keys.",
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://{product}.twilio.com',
			description:
				'Where requests go. {product} becomes api, messaging, content, monitor, lookups or verify. Your secrets are sent there.',
			displayOptions: { show: { region: ['custom'] } },
		},
		{
			displayName: 'Secondary Auth Token',
			name: 'secondaryAuthToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Optional. Webhooks signed with this token are accepted too, so that rotating the Auth Token loses none.',
		},
	];

	/**
	 * HTTP Basic: the account with its token, or the key with its secret. A function, since n8n would evaluate expressions
	 * anew for every request, which takes longer than all the rest of it.
	 */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const { user, pass } = basicAuth(credentials as unknown as TwilioCredentials);
		return { ...request, auth: { username: user, password: pass } };
	};
}
