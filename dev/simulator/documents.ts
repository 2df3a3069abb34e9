/**
 * Which of Twilio's OpenAPI documents describes which paths: product → first path segment → file name between `twilio_`
 * and `.json`. A document is read when the first request for it arrives.
 * @see https://github.com/twilio/twilio-oai
 */
export const documents = {
	api: { '2010-04-01': 'api_v2010' },
	messaging: { v1: 'messaging_v1', v2: 'messaging_v2' },
	content: { v1: 'content_v1', v2: 'content_v2' },
	monitor: { v1: 'monitor_v1' },
	lookups: { v1: 'lookups_v1', v2: 'lookups_v2' },
	verify: { v2: 'verify_v2' },
	intelligence: { v2: 'intelligence_v2' },
	voice: { v1: 'voice_v1' },
	numbers: { v1: 'numbers_v1', v2: 'numbers_v2' },
	conversations: { v1: 'conversations_v1' },
	pricing: { v1: 'pricing_v1', v2: 'pricing_v2' },
} as const;

type Documents = typeof documents;

/** Name of an OpenAPI document that the simulator knows, for example `api_v2010`. */
export type DocumentName = { [P in keyof Documents]: Documents[P][keyof Documents[P]] }[keyof Documents];

/** Name of the document that covers a path of a product, or undefined if there is none. */
export function documentOf(product: string, path: string): DocumentName | undefined {
	const versions: Partial<Record<string, DocumentName>> = (documents as Partial<Record<string, object>>)[product] ?? {};
	return versions[path.split('/')[1] ?? ''];
}

/** Whether the simulator mounts this product at all. */
export function isProduct(product: string): boolean {
	return Object.hasOwn(documents, product);
}
