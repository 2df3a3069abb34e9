/**
 * Twilio's products, as their hosts name them: `https://{product}.twilio.com`. Only these hosts get the credential. Other
 * names below twilio.com are web sites, and some of them (`status`, `support`, `investors`) are run by other companies.
 *
 * @see https://github.com/twilio/twilio-oai (the `servers` of every file)
 */
export const products = [
	'accounts',
	'api',
	'assistants',
	'bulkexports',
	'chat',
	'content',
	'conversations',
	'events',
	'flex-api',
	'frontline-api',
	'iam',
	'insights',
	'intelligence',
	'ip-messaging',
	'lookups',
	'marketplace',
	'messaging',
	'monitor',
	'notify',
	'numbers',
	'oauth',
	'preview',
	'preview-iam',
	'pricing',
	'proxy',
	'routes',
	'serverless',
	'studio',
	'supersim',
	'sync',
	'taskrouter',
	'trunking',
	'trusthub',
	'verify',
	'video',
	'voice',
	'wireless',
	// Newer than the OpenAPI files: Twilio's own library (twilio 6.2.0) sends requests to them.
	'knowledge',
	'memory',
] as const;

/** A product of Twilio's. */
export type Product = (typeof products)[number];
