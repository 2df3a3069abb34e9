import type { IWebhookFunctions } from 'n8n-workflow';

import type { Field } from '../fields/field';

/** An option that every trigger has which Twilio calls; it stands in the collection `options`. */
export const publicUrl = {
	displayName: 'Public URL',
	name: 'publicUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://hooks.example.com',
	description:
		'The beginning of the address that Twilio calls, where a proxy or tunnel changes it: what comes before /webhook/. Needed only if n8n shows another address above.',
} as const satisfies Field;

/** What the user has filled in, unchecked; empty where the address that n8n knows is the right one. */
export function readPublicUrl(context: IWebhookFunctions): string {
	return String(context.getNodeParameter(`options.${publicUrl.name}`, publicUrl.default)).trim();
}
