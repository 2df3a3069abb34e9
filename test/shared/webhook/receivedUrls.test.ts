import { receivedUrls } from '../../../nodes/shared/webhook/receivedUrls';

type Context = Parameters<typeof receivedUrls>[0];

/** The parts of n8n's context that matter, for a request to this path. */
function contextOf(originalUrl: string, served: string, webhookId: string | undefined = 'id'): Context {
	return {
		getRequestObject: () => ({ originalUrl }),
		getWebhookResourceUrl: () => served,
		getNode: () => ({ webhookId }),
		getMode: () => 'webhook',
		getNodeWebhookUrl: () => undefined,
	};
}

const served = 'https://n8n.example.com/sub/webhook/id/webhook';

it.each<[string, string[]]>([
	['/webhook/id/webhook', [served]],
	['/webhook/id/webhook/', [`${served}/`]],
	['/webhook/id/webhook?', [`${served}?`]],
	["/webhook/id/webhook?a=O'Neil&b=%zz&c=1?2", [`${served}?a=O'Neil&b=%zz&c=1?2`]],
	['/webhook/id/webhook/?a=/', [`${served}/?a=/`]],
	['/somewhere/else?a', [`${served}?a`]],
])('the query and the last slash of %s are those of the request, nothing else', (originalUrl, urls) => {
	expect(receivedUrls(contextOf(originalUrl, served), '')).toEqual(urls);
});

it('puts the public URL first, with the part of the path that is of n8n', () => {
	expect(receivedUrls(contextOf('/webhook/id/webhook?a=1', served), 'https://hooks.example.com/x/')).toEqual([
		'https://hooks.example.com/x/webhook/id/webhook?a=1',
		`${served}?a=1`,
	]);
	expect(receivedUrls(contextOf('/webhook/id/webhook/', served), 'https://hooks.example.com')).toEqual([
		'https://hooks.example.com/webhook/id/webhook/',
		`${served}/`,
	]);
	expect(receivedUrls(contextOf('/webhook/id/webhook', served), 'https://n8n.example.com/sub')).toEqual([served]);
});

it('knows the path by which n8n serves a node without a webhook ID, and one that n8n is set to', () => {
	const byName = contextOf('/', 'https://n8n.example.com/webhook/42/status%20trigger/webhook');
	expect(receivedUrls({ ...byName, getNode: () => ({}) }, 'https://p.example.com')[0]).toBe(
		'https://p.example.com/webhook/42/status%20trigger/webhook/',
	);
	const renamed = contextOf('/hook/id/webhook', 'https://n8n.example.com/hook/id/webhook');
	expect(receivedUrls(renamed, 'https://p.example.com')[0]).toBe('https://p.example.com/hook/id/webhook');
});
