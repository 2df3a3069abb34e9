import { callListSearch, PollingWorkflow, testCredential, WebhookWorkflow, webhookId } from '.';
import { probeCredential, ProbeNode, ProbePollTrigger, ProbeWebhookTrigger } from './probeNodes';

const credentialTypes = [probeCredential];

describe('the editor', () => {
	const node = new ProbeNode(() => ({}));

	it('searches a list with filter, page token, form values and credential', async () => {
		const result = await callListSearch('searchThings', {
			node,
			parameters: { thing: { __rl: true, mode: 'id', value: 'xT7x' } },
			credentials: { probeApi: { user: 'me' } },
			credentialTypes,
			filter: 'find',
			paginationToken: 'next',
		});
		expect(result).toEqual({ results: [{ name: 'find T7 me', value: 'T1' }], paginationToken: 'next' });
	});

	it('tests a credential by the method of the node', async () => {
		expect(await testCredential(node, 'probeTest', { token: 't' })).toEqual({ status: 'OK', message: 'function t' });
	});
});

describe('PollingWorkflow', () => {
	it('saves what n8n saves and forgets what n8n forgets', async () => {
		const node = new ProbePollTrigger();
		const workflow = new PollingWorkflow({ node, credentialTypes });

		expect(await workflow.activate()).toBeNull();
		expect(workflow.saved).toEqual({ 'node:Node': { polls: 1 } });

		expect(await workflow.poll()).toBeNull();
		expect(workflow.saved).toEqual({ 'node:Node': { polls: 1 } });

		node.rows = [1, 2];
		expect(await workflow.poll()).toEqual([{ json: { row: 1 } }, { json: { row: 2 } }]);
		expect(workflow.saved).toEqual({ 'node:Node': { polls: 3 } });

		node.fails = true;
		await expect(workflow.poll()).rejects.toThrow('Twilio is down');
		expect(workflow.saved).toEqual({ 'node:Node': { polls: 3 } });
		node.fails = false;

		node.rows = [3];
		expect(await workflow.fetchTestEvent()).toEqual([{ json: { row: 3 } }]);
		expect(workflow.saved).toEqual({ 'node:Node': { polls: 3 } });

		await workflow.restart();
		expect(node.seen).toEqual([
			'trigger activate 1',
			'trigger activate 2',
			'trigger activate 3',
			'trigger activate 4',
			'manual manual 4',
			'trigger init 4',
		]);
	});
});

describe('WebhookWorkflow', () => {
	it('gives a form post as n8n parses it, and saves static data', async () => {
		const workflow = new WebhookWorkflow({ node: new ProbeWebhookTrigger(), credentialTypes });
		const { response, items } = await workflow.call({
			form: { MessageSid: 'SM1', Media: ['a', 'b c'] },
			query: 'x=1',
			headers: { 'X-Signature': 's' },
		});
		expect(response).toEqual({ status: 200, headers: {} });
		expect(items?.[0]?.json).toEqual({
			MessageSid: 'SM1',
			Media: ['a', 'b c'],
			raw: 'MessageSid=SM1&Media=a&Media=b%20c',
			originalUrl: `/webhook/${webhookId}/webhook?x=1`,
			test: `https://n8n.example.com/webhook/${webhookId}/webhook`,
			production: `https://n8n.example.com/webhook/${webhookId}/webhook`,
			signature: 's',
		});
		await workflow.call({ form: {} });
		expect(workflow.saved).toEqual({ 'node:Node': { calls: 2 } });
	});

	it('serves test calls at the test URL', async () => {
		const workflow = new WebhookWorkflow({
			node: new ProbeWebhookTrigger(),
			credentialTypes,
			baseUrl: 'http://x:1/n8n/',
		});
		const { items } = await workflow.call({ form: {}, isTest: true });
		expect(items?.[0]?.json).toMatchObject({
			originalUrl: `/n8n/webhook-test/${webhookId}/webhook`,
			test: `http://x:1/n8n/webhook-test/${webhookId}/webhook`,
			production: `http://x:1/n8n/webhook/${webhookId}/webhook`,
		});
	});

	it('shows a rejection and a throw the way the caller sees them', async () => {
		const call = async (text: string) =>
			await new WebhookWorkflow({ node: new ProbeWebhookTrigger(), parameters: { text }, credentialTypes }).call();
		expect(await call('reject')).toEqual({ response: { status: 403, headers: {} }, items: undefined });
		expect((await call('throw')).response.status).toBe(500);
	});

	it('registers when it is published', async () => {
		const workflow = new WebhookWorkflow({ node: new ProbeWebhookTrigger(), credentialTypes });
		await workflow.activate();
		expect(workflow.saved).toEqual({ 'node:Node': { registered: workflow.url() } });
		await workflow.deactivate();
		expect(workflow.saved).toEqual({ 'node:Node': {} });
	});
});
