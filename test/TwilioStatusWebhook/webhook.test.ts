import crypto, { createHash } from 'node:crypto';

import { WebhookContext } from 'n8n-core';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

import { events } from '../../nodes/TwilioStatusWebhook/events';
import { TwilioStatusWebhookTrigger } from '../../nodes/TwilioStatusWebhook/TwilioStatusWebhookTrigger.node';
import { WebhookWorkflow, webhookId, type WebhookCall, type WebhookOptions, type WebhookResult } from '../support/n8n';

const token = '0123456789abcdef0123456789abcdef';
const secondToken = 'fedcba9876543210fedcba9876543210';
const credential = {
	authType: 'authToken',
	accountSid: `AC${'a'.repeat(32)}`,
	authToken: token,
	region: 'us1',
};

let count = 0;
/** A SID that no other test has used: the node remembers across workflows with the same id. */
const newSid = (prefix = 'SM') => prefix + String(++count).padStart(32, '0');

const callback = (parameters: Record<string, string> = {}): Record<string, string> => {
	const MessageSid = parameters.MessageSid ?? newSid();
	return {
		AccountSid: credential.accountSid,
		ApiVersion: '2010-04-01',
		MessageSid,
		SmsSid: MessageSid,
		MessageStatus: 'delivered',
		SmsStatus: 'delivered',
		From: '+14155550100',
		To: '+14155550123',
		...parameters,
	};
};

function workflow(options: Partial<WebhookOptions> = {}, values: IDataObject = {}): WebhookWorkflow {
	return new WebhookWorkflow({
		node: new TwilioStatusWebhookTrigger(),
		credentials: { twilioExtendedApi: { ...credential, ...values } as never },
		...options,
	});
}

/** Posts a callback that was signed for the URL at which it arrives, or for another one. */
async function post(
	target: WebhookWorkflow,
	form: Record<string, string | string[]>,
	{ url, authToken = token, ...call }: WebhookCall & { url?: string; authToken?: string } = {},
): Promise<WebhookResult> {
	const requested = url ?? target.url(call.isTest) + (call.query ? `?${call.query}` : '');
	const signature = getExpectedTwilioSignature(authToken, requested, form);
	return await target.call({ form, ...call, headers: { 'X-Twilio-Signature': signature, ...call.headers } });
}

const letIn = { response: { status: 204, headers: {} }, items: [expect.anything()] };
const ignored = { response: { status: 204, headers: {} }, items: undefined };
const refused = { response: { status: 403, headers: {} }, items: undefined };

const warnings: string[] = [];
const restore: Array<() => void> = [];

beforeEach(() => {
	warnings.length = 0;
	jest
		.spyOn(WebhookContext.prototype, 'logger', 'get')
		.mockReturnValue({ warn: (line: string) => void warnings.push(line) } as never);
	// Each test has its minute, so that each sees the first line.
	count += 1000;
	jest.spyOn(Date, 'now').mockReturnValue(count * 60_000);
});

afterEach(() => {
	jest.restoreAllMocks();
	restore.splice(0).forEach((undo) => undo());
});

describe('a callback that Twilio has signed', () => {
	it('starts the workflow with what Twilio says, and is answered 204 with an empty body', async () => {
		const form = callback({ RawDlrDoneDate: '2611011200', NewParameter: 'é & +' });
		const { response, items } = await post(workflow(), form);
		expect(response).toEqual({ status: 204, headers: {} });
		expect(items).toEqual([{ json: { ...form, isFinal: true } }]);
		expect(Object.getPrototypeOf(items?.[0]?.json)).toBe(Object.prototype);
	});

	it('keeps the values of parameters that repeat', async () => {
		const form = { ...callback(), Tag: ['b', 'a', 'b'] };
		expect((await post(workflow(), form)).items?.[0]?.json.Tag).toEqual(['b', 'a', 'b']);
	});

	it('may be signed with the secondary token, also where the first is missing', async () => {
		const both = workflow({}, { secondaryAuthToken: secondToken });
		expect(await post(both, callback())).toEqual(letIn);
		expect(await post(both, callback(), { authToken: secondToken })).toEqual(letIn);
		const onlySecond = workflow({}, { authType: 'apiKey', authToken: '', secondaryAuthToken: secondToken });
		expect(await post(onlySecond, callback(), { authToken: secondToken })).toEqual(letIn);
	});

	it('is let in for an account with an API key and an Auth Token for webhooks', async () => {
		const keys = { authType: 'apiKey', apiKeySid: `SK${'b'.repeat(32)}`, apiKeySecret: 'secret' };
		expect(await post(workflow({}, keys), callback())).toEqual(letIn);
		expect(await post(workflow({}, keys), callback(), { authToken: 'secret' })).toEqual(refused);
	});

	it('needs the credential to be read once for a burst, and again when its token has changed', async () => {
		const reads = jest.spyOn(WebhookContext.prototype, 'getCredentials');
		for (let burst = 0; burst < 3; burst++) expect(await post(workflow(), callback())).toEqual(letIn);
		expect(reads).toHaveBeenCalledTimes(1);
		const changed = workflow({}, { authToken: secondToken });
		expect(await post(changed, callback(), { authToken: secondToken })).toEqual(letIn);
		expect(await post(changed, callback(), { authToken: token })).toEqual(refused);
	});

	it('may be signed with a token that was replaced, for five seconds; with the new one at once', async () => {
		const start = Date.now();
		expect(await post(workflow(), callback())).toEqual(letIn);
		const changed = workflow({}, { authToken: secondToken });
		jest.mocked(Date.now).mockReturnValue(start + 4999);
		expect(await post(changed, callback())).toEqual(letIn);
		jest.mocked(Date.now).mockReturnValue(start + 5000);
		expect(await post(changed, callback())).toEqual(refused);
		jest.mocked(Date.now).mockReturnValue(start);
		expect(await post(changed, callback(), { authToken: secondToken })).toEqual(letIn);
	});

	it('may come as JSON with a hash in its URL', async () => {
		const json = callback();
		const hash = createHash('sha256').update(JSON.stringify(json)).digest('hex');
		const target = workflow();
		const headers = {
			'X-Twilio-Signature': getExpectedTwilioSignature(token, `${target.url()}?bodySHA256=${hash}`, {}),
		};
		const { response, items } = await target.call({ json, query: `bodySHA256=${hash}`, headers });
		expect(response.status).toBe(204);
		expect(items).toEqual([{ json: { ...json, isFinal: true } }]);
		expect(await target.call({ json: { ...json, To: '+1' }, query: `bodySHA256=${hash}`, headers })).toEqual(refused);
	});

	it('is recognized with the query of its URL, as it is', async () => {
		for (const query of ['order=1', "name=O'Neil&x=%7E", 'a&b=&c', 'q=a+b%20c', '%C3%BC=1']) {
			expect(await post(workflow(), callback(), { query })).toEqual(letIn);
		}
		const target = workflow();
		expect(await post(target, callback(), { query: 'order=2', url: `${target.url()}?order=1` })).toEqual(refused);
	});
});

describe('where n8n is reached', () => {
	const path = `/${webhookId}/webhook`;

	it.each(['https://n8n.example.com/', 'http://localhost:5678/', 'https://example.com/automation/n8n/'])(
		'%s',
		async (baseUrl) => {
			for (const isTest of [false, true]) {
				const target = workflow({ baseUrl });
				expect(target.url(isTest)).toBe(`${baseUrl}webhook${isTest ? '-test' : ''}${path}`);
				expect(await post(target, callback(), { isTest })).toEqual(letIn);
			}
		},
	);

	it('takes no callback for the test URL at the production URL, and none the other way round', async () => {
		const target = workflow();
		expect(await post(target, callback(), { url: target.url(true) })).toEqual(refused);
		expect(await post(target, callback(), { url: target.url(false), isTest: true })).toEqual(refused);
	});

	it.each(['https://hooks.example.com', 'https://hooks.example.com/', 'https://example.com/some/path'])(
		'takes the public URL %s, and still its own',
		async (publicUrl) => {
			const parameters = { options: { publicUrl } };
			const base = publicUrl.replace(/\/$/, '');
			const baseUrl = 'http://n8n.internal:5678/n8n/';
			const target = workflow({ parameters, baseUrl });
			expect(await post(target, callback(), { url: `${base}/webhook${path}` })).toEqual(letIn);
			expect(await post(target, callback(), { url: `${base}/webhook-test${path}`, isTest: true })).toEqual(letIn);
			expect(await post(target, callback(), { url: `${base}/webhook${path}?a=1`, query: 'a=1' })).toEqual(letIn);
			expect(await post(target, callback())).toEqual(letIn);
			expect(await post(target, callback(), { url: `${base}/webhook-test${path}` })).toEqual(refused);
			expect(await post(target, callback(), { url: `${base}/other/webhook${path}` })).toEqual(refused);
		},
	);

	it.each([false, true])(
		'is known in versions of n8n that do not tell the URL of the call, too (test: %p)',
		async (isTest) => {
			const added = Object.getOwnPropertyDescriptor(
				WebhookContext.prototype,
				'getWebhookResourceUrl',
			) as PropertyDescriptor;
			Object.defineProperty(WebhookContext.prototype, 'getWebhookResourceUrl', { ...added, value: undefined });
			restore.push(() => Object.defineProperty(WebhookContext.prototype, 'getWebhookResourceUrl', added));
			const baseUrl = 'https://example.com/webhook/n8n/';
			const target = workflow({ baseUrl });
			expect(await post(target, callback(), { isTest })).toEqual(letIn);
			expect(await post(target, callback(), { isTest, url: target.url(!isTest) })).toEqual(refused);
			const parameters = { options: { publicUrl: 'https://hooks.example.com' } };
			const url = `https://hooks.example.com/webhook${isTest ? '-test' : ''}${path}`;
			expect(await post(workflow({ baseUrl, parameters }), callback(), { isTest, url })).toEqual(letIn);
		},
	);

	it('believes no header about it', async () => {
		const target = workflow();
		const url = `https://forged.example.com/webhook${path}`;
		const headers = {
			host: 'forged.example.com',
			'x-forwarded-host': 'forged.example.com',
			'x-forwarded-proto': 'https',
			'x-original-url': `/webhook${path}`,
			forwarded: 'host=forged.example.com;proto=https',
		};
		expect(await post(target, callback(), { url, headers })).toEqual(refused);
		expect(await post(target, callback(), { headers })).toEqual(letIn);
	});
});

describe('everything else is refused', () => {
	it('without a signature', async () => {
		expect(await workflow().call({ form: callback() })).toEqual(refused);
		expect(await workflow().call({ form: callback(), headers: { 'X-Twilio-Signature': '' } })).toEqual(refused);
	});

	it('with a wrong one', async () => {
		expect(await post(workflow(), callback(), { authToken: secondToken })).toEqual(refused);
		expect(await post(workflow(), callback(), { authToken: 'undefined' })).toEqual(refused);
		const headers = { 'X-Twilio-Signature': 'A'.repeat(27).concat('=') };
		expect(await workflow().call({ form: callback(), headers })).toEqual(refused);
	});

	it('with a body that was tampered with', async () => {
		const form = callback();
		const signature = getExpectedTwilioSignature(token, workflow().url(), form);
		const headers = { 'X-Twilio-Signature': signature };
		for (const tampered of [
			{ ...form, MessageStatus: 'failed' },
			{ ...form, Extra: '' },
			{ MessageSid: newSid() },
			{},
		]) {
			expect(await workflow().call({ form: tampered as Record<string, string>, headers })).toEqual(refused);
		}
		expect(await workflow().call({ json: form, headers })).toEqual(refused);
		expect(await workflow().call({ headers })).toEqual(refused);
	});

	it('with a signature for another URL', async () => {
		const target = workflow();
		for (const url of [
			target.url().replace(webhookId, '00000000-1d2b-4c5d-8e9f-0a1b2c3d4e5f'),
			target.url().replace('n8n.example.com', 'other.example.com'),
			target.url().replace('https', 'http'),
			`${target.url()}/`,
			`${target.url()}?a`,
		]) {
			expect(await post(target, callback(), { url })).toEqual(refused);
		}
	});

	it('with a body that is larger than any of Twilio', async () => {
		const form = callback({ Padding: 'x'.repeat(1024 * 1024) });
		expect(await post(workflow(), form)).toEqual(refused);
	});

	it('when the credential has no token', async () => {
		for (const values of [{ authToken: '' }, { authToken: '  ' }, { authType: 'apiKey', authToken: undefined }]) {
			const target = workflow({}, values as IDataObject);
			for (const authToken of ['', ' ', '  ', 'undefined', 'null', token]) {
				expect(await post(target, callback(), { authToken })).toEqual(refused);
			}
		}
	});

	it('when the node has no credential', async () => {
		const target = new WebhookWorkflow({ node: new TwilioStatusWebhookTrigger(), credentials: {} });
		expect(await post(target, callback())).toEqual(refused);
		expect(warnings[0]).toContain('could not be checked');
	});

	it('and asked to come again when the credential cannot be read just now', async () => {
		const target = workflow();
		jest.spyOn(WebhookContext.prototype, 'getCredentials').mockRejectedValueOnce(new Error('database is locked'));
		const form = callback();
		expect(await post(target, form)).toEqual({ response: { status: 503, headers: {} }, items: undefined });
		expect(warnings).toEqual([expect.stringContaining('could not be checked ("database is locked")')]);
		expect(target.saved).toEqual({});
		expect(await post(target, form)).toEqual(letIn);
	});

	it('before anything else is done, and leaves no trace in the static data', async () => {
		const target = workflow({ parameters: { statuses: ['nonsense'], event: 'nonsense' } as INodeParameters });
		const decrypt = jest.spyOn(WebhookContext.prototype, 'getCredentials');
		const readParameter = jest.spyOn(WebhookContext.prototype, 'getNodeParameter');
		expect(await target.call({ form: callback() })).toEqual(refused);
		expect(await post(target, callback(), { authToken: secondToken })).toEqual(refused);
		expect(decrypt).toHaveBeenCalledTimes(1);
		expect(readParameter.mock.calls.map(([name]) => name)).toEqual(['options.publicUrl']);
		expect(target.saved).toEqual({});
	});
});

describe('what a request costs that anybody may send', () => {
	const signature = `${'A'.repeat(27)}=`;
	const signed = { 'X-Twilio-Signature': signature };
	const pairs = (count: number) => Array.from({ length: count }, () => 'a=b').join('&');

	/** What was done between the arrival of a request and its answer. */
	async function workFor(request: () => Promise<WebhookResult>) {
		const hmacs = jest.spyOn(crypto, 'createHmac');
		const hashes = jest.spyOn(crypto, 'createHash');
		const Original = URLSearchParams;
		const parsers = jest.spyOn(globalThis, 'URLSearchParams').mockImplementation((init) => new Original(init));
		const credentials = jest.spyOn(WebhookContext.prototype, 'getCredentials');
		const parameters = jest.spyOn(WebhookContext.prototype, 'getNodeParameter');
		const result = await request();
		const done = {
			signatures: hmacs.mock.calls.length,
			hashes: hashes.mock.calls.length,
			forms: parsers.mock.calls.filter(([text]) => String(text).startsWith('&')).length,
			credentials: credentials.mock.calls.length,
			parameters: parameters.mock.calls.length,
		};
		for (const spy of [hmacs, hashes, parsers, credentials, parameters]) spy.mockRestore();
		return { result, done };
	}
	const nothing = { signatures: 0, hashes: 0, forms: 0, credentials: 0, parameters: 0 };

	it.each<[string, WebhookCall]>([
		['without a signature', { form: callback() }],
		['with an empty one', { form: callback(), headers: { 'X-Twilio-Signature': '' } }],
		['with what is no signature', { form: callback(), headers: { 'X-Twilio-Signature': 'A'.repeat(28) } }],
		['with a long header', { form: callback(), headers: { 'X-Twilio-Signature': 'A'.repeat(15_000) } }],
		['with 1,001 pairs', { form: pairs(1001), headers: signed }],
		['with nothing but ampersands', { form: '&a'.repeat(500_000), headers: signed }],
		['with a long form', { form: `a=${'b'.repeat(64 * 1024)}`, headers: signed }],
		['with 1,001 pairs in its URL', { form: callback(), query: pairs(1001), headers: signed }],
		['with a long URL', { form: callback(), query: 'a'.repeat(9000), headers: signed }],
		['with a long body of another kind', { json: 'a'.repeat(1024 * 1024), query: 'bodySHA256=0', headers: signed }],
		['with a form that only looks like another kind', { form: pairs(1001), query: 'x=bodysha256', headers: signed }],
	])('is nothing %s', async (_, call) => {
		expect(await workFor(async () => await workflow().call(call))).toEqual({ result: refused, done: nothing });
	});

	it('is one look at the form, and one signature for each token and each way to write the URL', async () => {
		const ordinary = await workFor(async () => await workflow().call({ form: callback(), headers: signed }));
		const once = { hashes: 0, forms: 1, credentials: 1, parameters: 1 };
		// With and without the port.
		expect(ordinary).toEqual({ result: refused, done: { ...once, signatures: 2 } });

		const parameters = { options: { publicUrl: 'https://hooks.example.com' } };
		const tokens = { secondaryAuthToken: secondToken };
		const target = workflow({ parameters }, tokens);
		expect(await post(target, callback())).toEqual(letIn);
		const form = `${pairs(999)}&c=${'%C3'.repeat(20_000)}`;
		const dearest = await workFor(
			async () => await target.call({ form, query: `o'=${"'&~".repeat(900)}`, headers: signed }),
		);
		// Two URLs, each written in six ways, with two tokens, which were known already and had not changed.
		expect(dearest).toEqual({ result: refused, done: { ...once, signatures: 24 } });
	});

	it('is no hash of a body whose URL Twilio has not signed, else one', async () => {
		const json = { Text: '&'.repeat(500_000) };
		const target = workflow({}, { secondaryAuthToken: secondToken });
		const query = `bodySHA256=${createHash('sha256').update(JSON.stringify(json)).digest('hex')}`;
		const forged = await workFor(async () => await target.call({ json, query, headers: signed }));
		expect(forged).toMatchObject({ result: refused, done: { hashes: 0, forms: 0 } });

		const headers = { 'X-Twilio-Signature': getExpectedTwilioSignature(secondToken, `${target.url()}?${query}`, {}) };
		const genuine = await workFor(async () => await target.call({ json, query, headers }));
		expect(genuine).toMatchObject({ result: ignored, done: { hashes: 1, forms: 0 } });
		const other = await workFor(async () => await target.call({ json: { Text: 'x' }, query, headers }));
		expect(other).toMatchObject({ result: refused, done: { hashes: 1, forms: 0 } });
	});

	it('is one reading of the credential for all that wait for it, of which a genuine one needs none', async () => {
		const target = workflow();
		const reads = jest.spyOn(WebhookContext.prototype, 'getCredentials');
		const genuine = Array.from({ length: 20 }, async () => await post(target, callback()));
		expect(await Promise.all(genuine)).toEqual(genuine.map(() => letIn));
		expect(reads).toHaveBeenCalledTimes(1);

		const forged = Array.from({ length: 20 }, async () => await target.call({ form: callback(), headers: signed }));
		expect(await post(target, callback())).toEqual(letIn);
		expect(await Promise.all(forged)).toEqual(forged.map(() => refused));
		expect(reads).toHaveBeenCalledTimes(3);
	});

	it('is one look at the form for a genuine one, too', async () => {
		const form = callback();
		const target = workflow();
		const headers = { 'X-Twilio-Signature': getExpectedTwilioSignature(token, target.url(), form) };
		const { result, done } = await workFor(async () => await target.call({ form, headers }));
		expect([result, done.forms]).toEqual([letIn, 1]);
	});

	it('keeps out nothing that Twilio may send: a thousand pairs, a long text, a long URL', async () => {
		const Extra = Array.from({ length: 992 }, (_, index) => String(index));
		expect(await post(workflow(), { ...callback(), Extra })).toEqual(letIn);
		expect(await post(workflow(), callback({ Body: '語'.repeat(4096) }))).toEqual(letIn);
		expect(await post(workflow(), callback(), { query: `a=${'b'.repeat(4000)}` })).toEqual(letIn);
		expect(await post(workflow(), callback(), { query: pairs(1000) })).toEqual(letIn);
	});
});

describe('the line in the log', () => {
	it('names the URLs that were tried and the likely reasons, and no secret', async () => {
		const parameters = { options: { publicUrl: 'https://hooks.example.com' } };
		const target = workflow({ parameters }, { secondaryAuthToken: secondToken });
		const form = callback();
		await post(target, form, { authToken: 'wrong', query: 'a=1' });
		expect(warnings).toHaveLength(1);
		const [line = ''] = warnings;
		expect(line).toContain(`"https://hooks.example.com/webhook/${webhookId}/webhook?a=1"`);
		expect(line).toContain(`"${target.url()}?a=1"`);
		expect(line).toContain('account or subaccount');
		for (const authToken of [token, secondToken]) {
			expect(line).not.toContain(authToken);
			for (const url of [`https://hooks.example.com/webhook/${webhookId}/webhook?a=1`, `${target.url()}?a=1`]) {
				expect(line).not.toContain(getExpectedTwilioSignature(authToken, url, form));
			}
		}
	});

	it('is one line however many requests come, and whatever they say', async () => {
		const query = `x=%0d%0aERROR&y=${'z'.repeat(5000)}\u001b[31m`;
		for (let times = 0; times < 20; times++) await post(workflow(), callback(), { query, authToken: 'wrong' });
		expect(warnings).toHaveLength(1);
		expect(warnings[0]).toContain('?x=%0d%0aERROR&y=zzz');
		expect(warnings[0]).toMatch(/^[\x20-\x7e…]{1,1200}$/);
	});

	it.each<[string, () => Promise<WebhookResult>]>([
		['no X-Twilio-Signature header', async () => await workflow().call({ form: callback() })],
		[
			'none that Twilio makes',
			async () => await workflow().call({ form: callback(), headers: { 'X-Twilio-Signature': 'x\n' } }),
		],
		['none that Twilio sends', async () => await post(workflow(), callback({ Padding: 'x'.repeat(100_000) }))],
		['the credential has no Auth Token', async () => await post(workflow({}, { authToken: '' }), callback())],
	])('says why: %s', async (reason, request) => {
		expect(await request()).toEqual(refused);
		expect(warnings).toEqual([expect.stringContaining(reason)]);
	});
});

describe('publishing', () => {
	it('needs a token, and names the field for it', async () => {
		await expect(workflow({}, { authToken: '' }).activate()).rejects.toThrow("no 'Auth Token'");
		await expect(workflow({}, { authType: 'apiKey', authToken: '' }).activate()).rejects.toThrow(
			"no 'Auth Token (for Webhooks)'",
		);
		await expect(workflow({}, { authType: 'apiKey', authToken: '' }).activate('activate', true)).rejects.toThrow(
			'Auth Token',
		);
		await workflow({}, { authType: 'apiKey', authToken: token }).activate();
		await workflow({}, { authType: 'apiKey', authToken: '', secondaryAuthToken: token }).activate();
	});

	it('registers nothing, and keeps the static data', async () => {
		const saved = { 'node:Other': { cursor: 5 }, 'node:Node': { recentRequests: { version: 1, keys: ['x'] } } };
		const target = workflow({ saved });
		await target.activate();
		await target.deactivate();
		expect(target.saved).toEqual(saved);
	});

	it.each<[string, INodeParameters, string]>([
		['no status is chosen', { statuses: [] }, "'Statuses' is empty"],
		['none of the chosen ones is final', { statuses: ['sent'], options: { finalOnly: true } }, 'is final'],
		['the public URL is none', { options: { publicUrl: 'hooks.example.com' } }, "'Public URL' must be a full URL"],
		['Twilio cannot reach the public URL', { options: { publicUrl: 'http://localhost:5678' } }, 'Twilio cannot reach'],
	])('is refused when %s', async (_, parameters, message) => {
		await expect(workflow({ parameters }).activate()).rejects.toThrow(message);
	});
});

describe('what starts the workflow', () => {
	const statusesOf = (event: (typeof events)[number]) => event.statuses.options.map(({ value }) => value);

	it.each(events.flatMap((event) => statusesOf(event).map((status) => [event.value, status] as const)))(
		'%s: %s, if it is chosen',
		async (value, status) => {
			const event = events.find((each) => each.value === value)!;
			const [sidParameter = '', statusParameter = ''] = [event.sidParameters[0], event.statusParameters[0]];
			const isFinal = event.finalStatuses.includes(status);
			const form = { [sidParameter]: newSid('XX'), [statusParameter]: status };
			const run = async (statuses: string[], finalOnly = false) =>
				await post(
					workflow({ parameters: { event: value, statuses, options: { finalOnly, deduplicate: false } } }),
					form,
				);

			expect((await run([status])).items).toEqual([{ json: { ...form, isFinal } }]);
			const others = statusesOf(event).filter((each) => each !== status);
			expect(await run(others)).toEqual(ignored);
			expect(await run([...others, status], true)).toEqual(isFinal ? letIn : ignored);

			const isDefault = event.statuses.default.includes(status);
			const asItIs = await post(workflow({ parameters: { event: value, options: { deduplicate: false } } }), form);
			expect(asItIs).toEqual(isDefault ? letIn : ignored);
		},
	);

	it('is not a callback about something else', async () => {
		const callbacks: Record<string, Record<string, string>> = {
			messageStatus: callback(),
			callStatus: { CallSid: newSid('CA'), CallStatus: 'completed', AnsweredBy: 'human' },
			recordingStatus: { RecordingSid: newSid('RE'), CallSid: newSid('CA'), RecordingStatus: 'completed' },
			machineDetection: { CallSid: newSid('CA'), AnsweredBy: 'human', MachineDetectionDuration: '3600' },
			noStatus: { MessageSid: newSid(), CallSid: newSid('CA') },
			emptyStatus: { MessageStatus: '', CallStatus: '', RecordingStatus: '', AnsweredBy: '' },
			nothing: {},
		};
		for (const { value: event, sidParameters, statusParameters, finalStatuses } of events) {
			const target = workflow({ parameters: { event } });
			const plain = { [sidParameters[0] ?? '']: newSid('XX'), [statusParameters[0] ?? '']: finalStatuses[0] ?? '' };
			const { [event]: own = plain, ...others } = callbacks;
			for (const form of Object.values(others)) expect(await post(target, form)).toEqual(ignored);
			expect(target.saved).toEqual({});
			expect(await post(target, own)).toEqual(letIn);
		}
	});

	it.each(events.map((event) => [event.value, event] as const))(
		'%s: a status that nobody has chosen because it is new, as any other one, and each of them once',
		async (value, event) => {
			const run = async (parameters: INodeParameters, status: string, target = workflow({ parameters })) =>
				await post(target, {
					[event.sidParameters[0] ?? '']: newSid('XX'),
					[event.statusParameters[0] ?? '']: status,
				});
			const byDefault = await run({ event: value }, 'evaporated');
			expect(byDefault).toEqual(letIn);
			expect(byDefault.items?.[0]?.json.isFinal).toBe(false);
			expect(await run({ event: value, options: { finalOnly: true } }, 'evaporated')).toEqual(ignored);
			expect(await run({ event: value, statuses: ['other'] }, 'evaporated')).toEqual(letIn);
			for (const known of statusesOf(event).filter((status) => status !== 'other'))
				expect(await run({ event: value, statuses: ['other'] }, known)).toEqual(ignored);

			const target = workflow({ parameters: { event: value } });
			const sid = { [event.sidParameters[0] ?? '']: newSid('XX') };
			const statuses = ['evaporated', 'condensed', 'evaporated'];
			const results: WebhookResult[] = [];
			for (const status of statuses)
				results.push(await post(target, { ...sid, [event.statusParameters[0] ?? '']: status }));
			expect(results).toEqual([letIn, letIn, ignored]);
		},
	);

	it('is an incoming message as well, which has the older names only', async () => {
		const parameters = { statuses: ['received'] };
		const { items } = await post(workflow({ parameters }), { SmsSid: newSid(), SmsStatus: 'received', Body: 'Hi' });
		expect(items?.[0]?.json).toMatchObject({ Body: 'Hi', isFinal: true });
	});

	it('is every final status in any order: what comes late is not lost', async () => {
		const target = workflow({ parameters: { statuses: ['sent', 'delivered', 'read'] } });
		const MessageSid = newSid();
		const seen: unknown[] = [];
		for (const MessageStatus of ['delivered', 'sent', 'read', 'sent', 'delivered']) {
			const { items } = await post(target, callback({ MessageSid, MessageStatus }));
			if (items) seen.push([items[0]?.json.MessageStatus, items[0]?.json.isFinal]);
		}
		expect(seen).toEqual([
			['delivered', true],
			['sent', false],
			['read', true],
		]);
	});
});

describe('errors', () => {
	const explained = async (more: Record<string, string>) =>
		(await post(workflow(), callback({ MessageStatus: 'undelivered', ...more }))).items?.[0]?.json ?? {};

	it('are explained, with a link', async () => {
		expect(await explained({ ErrorCode: '30003' })).toMatchObject({
			ErrorCode: '30003',
			errorDescription: expect.stringContaining('could not be reached'),
			errorHelp: 'https://www.twilio.com/docs/errors/30003',
		});
	});

	it("that this version does not know have Twilio's own words", async () => {
		expect(await explained({ ErrorCode: '39999', ErrorMessage: 'Something new' })).toMatchObject({
			errorDescription: 'Something new',
			errorHelp: 'https://www.twilio.com/docs/errors/39999',
		});
		expect((await explained({ ErrorCode: '39999' })).errorDescription).toBe('Twilio error 39999');
	});

	it.each(['', '0', 'none', '-1', '1.5'])('that are none (%p) are not', async (ErrorCode) => {
		const json = await explained({ ErrorCode });
		expect(json).not.toHaveProperty('errorDescription');
		expect(json).not.toHaveProperty('errorHelp');
	});
});

describe('a callback that Twilio repeats', () => {
	it('starts the workflow once when all arrive together', async () => {
		const target = workflow();
		const form = callback();
		const results = await Promise.all(Array.from({ length: 20 }, async () => await post(target, form)));
		expect(results.filter(({ items }) => items)).toHaveLength(1);
		expect(new Set(results.map(({ response }) => response.status))).toEqual(new Set([204]));
	});

	it('starts the workflow once across a restart of n8n', async () => {
		const before = workflow();
		const form = callback();
		expect(await post(before, form)).toEqual(letIn);

		const results = await new Promise<WebhookResult[]>((resolve, reject) => {
			jest.isolateModules(() => {
				// A new process: nothing is left of the module's memory.
				const { TwilioStatusWebhookTrigger: Restarted } = jest.requireActual<
					typeof import('../../nodes/TwilioStatusWebhook/TwilioStatusWebhookTrigger.node')
				>('../../nodes/TwilioStatusWebhook/TwilioStatusWebhookTrigger.node');
				const restarted = (saved: IDataObject) => workflow({ node: new Restarted(), saved });
				const forgetful = callback();
				(async () => [
					await post(restarted(before.saved), form),
					await post(restarted(before.saved), { ...form, MessageStatus: 'failed', SmsStatus: 'failed' }),
					await post(restarted({}), forgetful),
				])().then(resolve, reject);
			});
		});
		expect(results).toEqual([ignored, letIn, letIn]);
	});

	it('starts it again if the option says so', async () => {
		const target = workflow({ parameters: { options: { deduplicate: false } } });
		const form = callback();
		expect(await post(target, form)).toEqual(letIn);
		expect(await post(target, form)).toEqual(letIn);
		expect(target.saved).toEqual({});
	});

	it('starts it again while somebody listens for test events, which the production URL does not notice', async () => {
		const target = workflow();
		const form = callback();
		expect(await post(target, form, { isTest: true })).toEqual(letIn);
		expect(await post(target, form, { isTest: true })).toEqual(letIn);
		expect(await post(target, form)).toEqual(letIn);
	});

	it('starts the workflow if n8n could not store the execution before, and said so', async () => {
		const target = workflow();
		const form = callback();
		expect((await post(target, form, { cannotStart: true })).response.status).toBe(500);
		expect(target.saved).toEqual({});
		expect(await post(target, form)).toEqual(letIn);
		expect(await post(target, form)).toEqual(ignored);
	});

	describe('after Twilio has given up waiting', () => {
		const busy = { response: { status: 503, headers: {} }, items: undefined };

		it('comes again until it is known whether n8n could store the execution', async () => {
			for (const hasHungUp of [true, false]) {
				const target = workflow();
				const form = callback();
				const repeats: WebhookResult[] = [];
				const repeat = async () => void repeats.push(await post(target, form));
				const meanwhile: WebhookCall['meanwhile'] = async ({ hangUp }) => {
					hangUp();
					await repeat();
					await repeat();
				};
				await post(target, form, { hasHungUp, meanwhile });
				expect(repeats).toEqual([busy, busy]);
				expect(await post(target, form)).toEqual(ignored);
				expect(await post(target, callback())).toEqual(letIn);
			}
		});

		it('starts the workflow if n8n could not store the execution, and only once', async () => {
			for (const hasHungUp of [true, false]) {
				const target = workflow();
				const form = callback();
				const meanwhile: WebhookCall['meanwhile'] = async ({ hangUp }) => hangUp();
				await post(target, form, { hasHungUp, meanwhile, cannotStart: true });
				expect(await post(target, form)).toEqual(letIn);
				expect(await post(target, form)).toEqual(ignored);
			}
		});

		it('waits only for its own status', async () => {
			const target = workflow();
			const form = callback();
			const others: WebhookResult[] = [];
			const meanwhile: WebhookCall['meanwhile'] = async ({ hangUp }) => {
				hangUp();
				others.push(await post(target, { ...form, MessageStatus: 'sent' }), await post(target, callback()));
				others.push(await post(target, { ...form, MessageStatus: 'sent' }));
			};
			await post(target, form, { meanwhile });
			expect(others).toEqual([letIn, letIn, ignored]);
		});

		it('is not asked to come again while the first one is still waiting', async () => {
			const target = workflow();
			const form = callback();
			let repeat: WebhookResult | undefined;
			const meanwhile = async () => {
				repeat = await post(target, form);
			};
			expect(await post(target, form, { meanwhile })).toEqual(letIn);
			expect(repeat).toEqual(ignored);
		});
	});

	it('leaves the static data of other nodes as it is', async () => {
		const saved = { global: { mine: 1 }, 'node:Other': { cursor: { seen: ['SM1'] } } };
		const target = workflow({ saved });
		for (let times = 0; times < 5; times++) await post(target, callback());
		expect(target.saved).toMatchObject(saved);
		const memory = { name: 'Node', recentRequests: { version: 1, keys: expect.any(Array) } };
		expect(target.saved.global).toEqual({ mine: 1, twilioExtended: { memories: { 'id-Node': memory } } });
	});
});
