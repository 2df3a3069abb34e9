import { applicationSid } from '../../../shared/fields/sids';
import type { Fields } from '../../../shared/fields/field';
import { httpMethods } from '../../../shared/fields/httpMethod';

/**
 * What a number can be set to, when it is bought and later.
 *
 * @see https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource#update-an-incomingphonenumber-resource
 */
export const phoneNumberSettings = [
	{
		displayName: 'Address SID',
		name: 'addressSid',
		type: 'string',
		default: '',
		placeholder: 'e.g. ADxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
		description: 'Address that some countries ask for',
	},
	{
		displayName: 'Bundle SID',
		name: 'bundleSid',
		type: 'string',
		default: '',
		placeholder: 'e.g. BUxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
		description: 'Regulatory bundle that some countries ask for',
	},
	{
		displayName: 'Friendly Name',
		name: 'friendlyName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Support',
		description: 'Name of the number in your account, up to 64 characters',
	},
	{
		...applicationSid,
		displayName: 'SMS Application',
		name: 'smsApplicationSid',
		description: 'TwiML application that handles texts; then the SMS URLs are ignored',
	},
	{
		displayName: 'SMS Fallback Method',
		name: 'smsFallbackMethod',
		type: 'options',
		options: httpMethods,
		default: 'POST',
		description: 'Method for the SMS fallback URL',
	},
	{
		displayName: 'SMS Fallback URL',
		name: 'smsFallbackUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/sms-fallback',
		description: 'What Twilio calls on a text when the SMS URL fails; empty removes it',
	},
	{
		displayName: 'SMS Method',
		name: 'smsMethod',
		type: 'options',
		options: httpMethods,
		default: 'POST',
		description: 'Method for the SMS URL',
	},
	{
		displayName: 'SMS URL',
		name: 'smsUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/…',
		description: 'What Twilio calls when a text arrives; empty removes it',
	},
	{
		displayName: 'Status Callback Method',
		name: 'statusCallbackMethod',
		type: 'options',
		options: httpMethods,
		default: 'POST',
		description: 'Method for the status callback URL',
	},
	{
		displayName: 'Status Callback URL',
		name: 'statusCallback',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/…',
		description: 'What Twilio calls when a call to the number ends; empty removes it',
	},
	{
		...applicationSid,
		displayName: 'Voice Application',
		name: 'voiceApplicationSid',
		description: 'TwiML application that handles calls; then the voice URLs are ignored',
	},
	{
		displayName: 'Voice Fallback Method',
		name: 'voiceFallbackMethod',
		type: 'options',
		options: httpMethods,
		default: 'POST',
		description: 'Method for the voice fallback URL',
	},
	{
		displayName: 'Voice Fallback URL',
		name: 'voiceFallbackUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/voice-fallback.xml',
		description: 'What Twilio calls on a call when the voice URL fails; empty removes it',
	},
	{
		displayName: 'Voice Method',
		name: 'voiceMethod',
		type: 'options',
		options: httpMethods,
		default: 'POST',
		description: 'Method for the voice URL',
	},
	{
		displayName: 'Voice URL',
		name: 'voiceUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/voice.xml',
		description: 'What Twilio calls when a call arrives, for instructions; empty removes it',
	},
] as const satisfies Fields;
