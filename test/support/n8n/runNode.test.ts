import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import nock from 'nock';
import { keepBinaryDataInFiles, readBinaryData, retryExecution, runInLoop, runNode } from '.';
import { probeCredential, ProbeNode } from './probeNodes';

const credentialTypes = [probeCredential];

/** Echoes the parameter `text` of each item; fails where the item says so. */
const echo = () =>
	new ProbeNode((context, index) => {
		const { fail } = context.getInputData()[index]?.json ?? {};
		if (fail) throw new Error(`no ${String(fail)}`);
		return { text: context.getNodeParameter('text', index) };
	});

describe('runNode', () => {
	it('evaluates expressions per item and keeps the pairing', async () => {
		const { outputs, json, error } = await runNode({
			node: echo(),
			parameters: { text: '={{ $json.name.toUpperCase() + $itemIndex + $("Start").item.json.name }}' },
			items: [{ name: 'a' }, { name: 'b' }],
			credentialTypes,
		});
		expect(error).toBeUndefined();
		expect(json).toEqual([{ text: 'A0a' }, { text: 'B1b' }]);
		expect(outputs[0]?.map((item) => item.pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('fills in defaults and drops parameters that are not displayed', async () => {
		const node = new ProbeNode((context) => ({
			...context.getNode().parameters,
			text: context.getNodeParameter('text', 0),
		}));
		const { json } = await runNode({ node, parameters: { detail: 'hidden' }, credentialTypes });
		expect(json[0]).toMatchObject({ text: 'nothing', shown: false });
		expect(json[0]).not.toHaveProperty('detail');
	});

	it('reads resource locators like n8n', async () => {
		const node = new ProbeNode((context) => ({
			thing: context.getNodeParameter('thing', 0, '', { extractValue: true }) as string,
		}));
		const parameters = { thing: { __rl: true, mode: 'id', value: 'https://x/T12/y' } };
		expect((await runNode({ node, parameters, credentialTypes })).json).toEqual([{ thing: 'T12' }]);
	});

	it('rejects what n8n refuses to start', async () => {
		await expect(runNode({ node: echo(), parameters: { mandatory: '' }, credentialTypes })).rejects.toThrow('issues');
	});

	it('uses the timezone of the workflow', async () => {
		const node = new ProbeNode((context) => ({ zone: context.getTimezone() }));
		const { json } = await runNode({ node, settings: { timezone: 'Asia/Kolkata' }, credentialTypes });
		expect(json).toEqual([{ zone: 'Asia/Kolkata' }]);
	});

	it('stops with the error of the node', async () => {
		const { error, outputs, run } = await runNode({ node: echo(), items: [{ fail: 'way' }], credentialTypes });
		expect(error).toMatchObject({ name: 'NodeApiError', context: { itemIndex: 0 } });
		expect(outputs).toEqual([]);
		expect(run.status).toBe('error');
	});

	it('sends failed items to the error output, with the fields of their input', async () => {
		const { outputs } = await runNode({
			node: echo(),
			items: [{ id: 1 }, { id: 2, fail: 'way' }],
			onError: 'continueErrorOutput',
			credentialTypes,
		});
		expect(outputs[0]?.map((item) => item.json)).toEqual([{ text: 'nothing' }]);
		expect(outputs[1]?.map((item) => item.json)).toEqual([
			{ id: 2, fail: 'way', error: 'no way', details: { index: 1 } },
		]);
	});

	it.each([
		['an error item', 'item', 'continueRegularOutput'],
		['a throw', 'throw', 'stopWorkflow'],
	] as const)('runs the node again after %s, keeps its context, and never sleeps', async (_, fail, onError) => {
		const node = new ProbeNode((_context, _index, memory) => {
			if ((memory.calls ?? 0) < 4) throw new Error('not yet');
			return { ok: true };
		}, fail);
		const started = Date.now();
		const { json, contextData, runs } = await runNode({
			node,
			retryOnFail: true,
			maxTries: 5,
			onError,
			credentialTypes,
		});
		expect(json).toEqual([{ ok: true }]);
		expect(contextData).toEqual({ calls: 4 });
		expect(runs).toHaveLength(1);
		expect(Date.now() - started).toBeLessThan(900);
	});
});

describe('runInLoop', () => {
	it('runs once per batch with a growing run index and one context', async () => {
		const node = new ProbeNode((context, index, memory) => ({
			runIndex: context.evaluateExpression('{{ $runIndex }}', index) as number,
			calls: memory.calls,
		}));
		const { runs, done, contextData } = await runInLoop({ node, items: [{}, {}, {}], batchSize: 2, credentialTypes });
		expect(runs).toHaveLength(2);
		expect(done.map((item) => item.json)).toEqual([
			{ runIndex: 0, calls: 1 },
			{ runIndex: 0, calls: 1 },
			{ runIndex: 1, calls: 2 },
		]);
		expect(contextData).toEqual({ calls: 2 });
	});
});

describe('retryExecution', () => {
	const failing = (until: number) =>
		new ProbeNode((_context, _index, memory) => {
			if ((memory.calls ?? 0) < until) throw new Error('not yet');
			return { calls: memory.calls };
		});

	it('goes on where the execution failed, with the context it had', async () => {
		const first = await runNode({ node: failing(2), items: [{}, {}], credentialTypes });
		expect(first.error).toBeDefined();
		const second = await retryExecution(first);
		expect(second.error).toBeUndefined();
		expect(second.json).toEqual([{ calls: 2 }, { calls: 2 }]);
		expect(second.run.mode).toBe('retry');
	});

	it('goes on in the turn of a loop that failed', async () => {
		const node = new ProbeNode((context, _index, memory) => {
			if (memory.calls === 2) throw new Error('second turn');
			return { runIndex: context.evaluateExpression('{{ $runIndex }}', 0) as number };
		});
		const first = await runInLoop({ node, items: [{}, {}, {}], credentialTypes });
		expect(first.runs).toHaveLength(2);
		const second = await retryExecution(first);
		expect(second.run.data.resultData.runData.Loop?.at(-1)?.data?.main?.[0]?.map((item) => item.json)).toEqual([
			{ runIndex: 0 },
			{ runIndex: 1 },
			{ runIndex: 2 },
		]);
	});

	it('takes over what the user changed meanwhile', async () => {
		const node = new ProbeNode((context) => {
			const text = context.getNodeParameter('text', 0) as string;
			if (text === 'bad') throw new Error(text);
			return { text };
		});
		const first = await runNode({ node, parameters: { text: 'bad' }, credentialTypes });
		expect((await retryExecution(first)).error).toBeDefined();
		expect((await retryExecution(first, { parameters: { text: 'good' } })).json).toEqual([{ text: 'good' }]);
	});

	it('refuses an execution that succeeded', async () => {
		await expect(retryExecution(await runNode({ node: echo(), credentialTypes }))).rejects.toThrow('failed executions');
	});
});

describe('credentials', () => {
	let server: Server;
	let url: string;
	let headers: IncomingHttpHeaders;

	beforeAll(async () => {
		server = createServer((request, response) => {
			headers = request.headers;
			response.end('{}');
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});

	afterAll(async () => {
		await new Promise((resolve) => server.close(resolve));
	});

	const node = () =>
		new ProbeNode(async (context) => {
			const requestOptions = { url: String(context.getNodeParameter('text', 0)) };
			await context.helpers.httpRequestWithAuthentication.call(context, 'probeApi', requestOptions);
			return (await context.getCredentials('probeApi')) as never;
		});

	it('authenticates a request to a real server as n8n does', async () => {
		const probeApi = { kind: 'key', user: '={{ "a" + "b" }}', key: 'k', token: 'hidden' };
		const { json, error } = await runNode({
			node: node(),
			parameters: { text: url },
			credentials: { probeApi },
			credentialTypes,
		});
		expect(error).toBeUndefined();
		expect(headers).toMatchObject({ authorization: `Basic ${btoa('ab:k')}`, 'x-kind': 'key' });
		expect(json).toEqual([{ kind: 'key', user: 'ab', key: 'k' }]);
	});

	it('can be answered by nock, and by nothing else outside', async () => {
		nock('https://api.example.com').get('/').basicAuth({ user: 'nobody', pass: 't' }).reply(200, {});
		const options = { node: node(), credentials: { probeApi: { token: 't' } }, credentialTypes };
		const parameters = { text: 'https://api.example.com/' };
		expect((await runNode({ ...options, parameters })).error).toBeUndefined();
		expect((await runNode({ ...options, parameters })).error).toBeDefined();
	});

	it('fails without a credential', async () => {
		const { error } = await runNode({ node: node(), parameters: { text: url }, credentialTypes });
		expect(error).toBeDefined();
	});
});

describe('binary data', () => {
	const node = new ProbeNode(() => ({}));
	node.execute = async function () {
		const data = await this.helpers.prepareBinaryData(Buffer.from('sound'), 'a.mp3', 'audio/mpeg');
		return [[{ json: {}, binary: { data }, pairedItem: { item: 0 } }]];
	};

	it('is in the item by default', async () => {
		const { outputs } = await runNode({ node, credentialTypes });
		const file = outputs[0]?.[0]?.binary?.data;
		expect(file).toMatchObject({ fileName: 'a.mp3', mimeType: 'audio/mpeg', data: btoa('sound') });
		expect((await readBinaryData(file)).toString()).toBe('sound');
	});

	it('is in files when asked for, until asked to go back', async () => {
		const goBack = await keepBinaryDataInFiles();
		const file = (await runNode({ node, credentialTypes })).outputs[0]?.[0]?.binary?.data;
		expect(file).toMatchObject({ data: 'filesystem-v2', id: expect.stringContaining('filesystem-v2:') });
		expect((await readBinaryData(file)).toString()).toBe('sound');
		await goBack();
		expect((await runNode({ node, credentialTypes })).outputs[0]?.[0]?.binary?.data?.id).toBeUndefined();
	});
});
