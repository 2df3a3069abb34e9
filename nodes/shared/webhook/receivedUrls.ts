/** What n8n gives to a webhook, as far as it matters here. */
interface Context {
	getRequestObject(): { originalUrl: string };
	getNode(): { webhookId?: string };
	getMode(): string;
	getNodeWebhookUrl(name: 'default'): string | undefined;
	/** Older versions of n8n do not have it. */
	getWebhookResourceUrl?(name: 'default'): string | undefined;
}

/**
 * The URLs under which Twilio may have requested this webhook, the most likely first.
 *
 * They come from n8n's settings and from the node's, never from the headers `Host` and `X-Forwarded-…`: whoever sends a
 * request writes those, and could have a callback that Twilio signed for another address taken for one to this. For the
 * same reason a call to the production URL is not checked against the test URL, nor the other way round. Only the query
 * is taken from the request, since Twilio's part of it is known to nobody else, and a slash at the end of the path.
 */
export function receivedUrls(context: Context, publicUrl: string): string[] {
	const [path = '', ...query] = context.getRequestObject().originalUrl.split('?');
	const served = servedUrl(context) + (path.endsWith('/') ? '/' : '');
	const suffix = query.length > 0 ? `?${query.join('?')}` : '';
	const bases = publicUrl === '' ? [served] : [publicUrl.replace(/\/+$/, '') + webhookPath(context, served), served];
	return [...new Set(bases.map((base) => base + suffix))];
}

/** The URL that n8n shows for this webhook, and at which it has received the request: that for tests or for production. */
function servedUrl(context: Context): string {
	const url = context.getWebhookResourceUrl?.('default');
	if (url !== undefined) return url;
	const production = context.getNodeWebhookUrl('default') ?? '';
	const path = webhookPath(context, production);
	return context.getMode() === 'manual' && path.startsWith('/webhook/')
		? production.slice(0, -path.length) + path.replace('/webhook/', '/webhook-test/')
		: production;
}

/**
 * The part of the URL that begins with `/webhook/` or `/webhook-test/`, or what n8n is set to have in their place. n8n
 * continues with the node's webhook ID or, for nodes without one, the workflow's ID and the node's name.
 *
 * @see https://docs.n8n.io/hosting/configuration/environment-variables/endpoints/
 */
function webhookPath(context: Context, url: string): string {
	const segments = context.getNode().webhookId === undefined ? 4 : 3;
	return new RegExp(`(/[^/]*){${segments}}/?$`).exec(url)?.[0] ?? '';
}
