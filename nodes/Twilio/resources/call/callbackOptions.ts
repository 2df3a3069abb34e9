import type { Fields } from '../../../shared/fields/field';
import { httpMethods } from '../../../shared/fields/httpMethod';

/** Options that a new call and a live one have in common. */
export const callbackOptions = [
	{
		displayName: 'Fallback Method',
		name: 'fallbackMethod',
		type: 'options',
		options: httpMethods,
		default: 'POST',
		description: 'Method for the fallback URL',
	},
	{
		displayName: 'Fallback URL',
		name: 'fallbackUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/fallback.xml',
		description: 'Where Twilio gets instructions when those at the URL fail',
	},
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		options: httpMethods,
		default: 'POST',
		description: 'Method for the URL with the instructions',
	},
	{
		displayName: 'Status Callback Method',
		name: 'statusCallbackMethod',
		type: 'options',
		options: httpMethods,
		default: 'POST',
		description: 'Method for the status callback URL. Triggers of n8n need POST.',
	},
	{
		displayName: 'Status Callback URL',
		name: 'statusCallback',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/…',
		description:
			'Address that Twilio calls when the status of the call changes, such as the webhook URL of a trigger node',
	},
	{
		displayName: 'Time Limit',
		name: 'timeLimit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 14400,
		description: 'Seconds after which Twilio ends the call; 4 hours unless given',
	},
] as const satisfies Fields;
