import {
	isFinished,
	N8nClient,
	startN8n,
	waitUntil,
	type Execution,
	type RunningN8n,
	type StoredWorkflow,
} from '../../dev/n8n';
import { errorOf, jsonOf } from '../../dev/n8n';
import { startSimulator } from '../../dev/simulator';
import { credentialType, twilioType, type Simulator } from './environment';
import { sharedN8n } from './sharedN8n';
import { chain, items, type NodeJson } from './workflows';

/**
 * n8n is killed while five workflows are sending texts, and started again; then somebody presses "Retry". Each workflow has
 * been started in another way, so that n8n has saved other things of it. What was sent is counted at the simulator.
 */

/** How a workflow has come to its texts when n8n is killed. */
type Way = 'webhook' | 'saved progress' | 'sub-workflow' | 'parent workflow' | 'resumed wait';

const ways: Way[] = ['webhook', 'saved progress', 'sub-workflow', 'parent workflow', 'resumed wait'];
const perWay = 12;

let n8n: RunningN8n;
let client: N8nClient;
let simulator: Simulator;
let credentials: NodeJson['credentials'];
/** Where the execution that waits is resumed. */
let resumeUrl: string;

const peopleOf = (way: Way) =>
	Array.from({ length: perWay }, (_, index) => `+1500555${(ways.indexOf(way) + 1) * 1000 + index}`);
const textsOf = (way: Way) => {
	const people = peopleOf(way);
	return simulator.state.messages.map(({ to }) => to).filter((to) => people.includes(to));
};
const twice = (way: Way) => textsOf(way).length - new Set(textsOf(way)).size;

const webhook = (path: string): NodeJson => ({
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	webhookId: path,
	parameters: { path, httpMethod: 'GET', responseMode: 'onReceived', options: {} },
});

const send = (options: Readonly<Record<string, unknown>> = {}): NodeJson => ({
	name: 'Send',
	type: twilioType,
	typeVersion: 1,
	credentials,
	parameters: {
		resource: 'message',
		operation: 'send',
		from: { __rl: true, mode: 'id', value: simulator.state.phoneNumbers[0]!.phone_number },
		to: '={{ $json.to }}',
		body: '=Hello {{ $json.to }}',
		options: { requestsAtOnce: 2, ...options },
	},
});

const people = (way: Way) => items(peopleOf(way).map((to) => ({ to })));

const wait: NodeJson[] = [
	{
		name: 'Address',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: { jsCode: 'return [{ json: { url: $execution.resumeUrl } }];' },
	},
	{ name: 'Wait', type: 'n8n-nodes-base.wait', typeVersion: 1.1, webhookId: 'wait', parameters: { resume: 'webhook' } },
];

/** The workflows whose executions are retried; the sub-workflow and the one above have the same texts. */
const workflows = {} as Record<Way, StoredWorkflow>;

async function create(name: string, nodes: NodeJson[], settings: object = {}): Promise<StoredWorkflow> {
	const workflow = chain(name, nodes);
	const stored = await client.createWorkflow({ ...workflow, settings: { ...workflow.settings, ...settings } });
	await client.activate(stored);
	return stored;
}

async function get(url: string): Promise<void> {
	expect((await fetch(url)).ok).toBe(true);
}

/** A sub-workflow, and a workflow that runs it. */
async function createParent(way: Way, path: string): Promise<{ sub: StoredWorkflow; parent: StoredWorkflow }> {
	const start = {
		name: 'Start',
		type: 'n8n-nodes-base.executeWorkflowTrigger',
		typeVersion: 1.1,
		parameters: { inputSource: 'passthrough' },
	};
	const sub = await create(`Sub of ${path}`, [start, people(way), send()]);
	const execute = {
		name: 'Execute',
		type: 'n8n-nodes-base.executeWorkflow',
		typeVersion: 1.2,
		parameters: { workflowId: { __rl: true, mode: 'id', value: sub.id }, options: {} },
	};
	return { sub, parent: await create(path, [webhook(path), execute]) };
}

/** The execution that n8n was killed in. */
async function crashedExecution({ id }: StoredWorkflow): Promise<string> {
	const [execution, ...others] = await client.listExecutions({ workflowId: id });
	expect([execution?.status, others]).toEqual(['crashed', []]);
	return execution!.id;
}

/** "Retry with currently saved workflow", after the option was changed. */
async function retryWith(
	way: Way,
	executionId: string,
	options: Readonly<Record<string, unknown>>,
): Promise<Execution> {
	const stored = await client.getWorkflow(workflows[way].id);
	const nodes = stored.nodes.map((node) => (node.name === 'Send' ? { ...node, ...send(options) } : node));
	await client.updateWorkflow(stored, { nodes });
	return await client.retryExecution(executionId, true);
}

beforeAll(async () => {
	simulator = await startSimulator({ latency: 150 });
	const proxy = 'http://127.0.0.1:9';
	const env = { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: 'localhost,127.0.0.1' };
	n8n = await startN8n({ tarball: sharedN8n().tarball, env });
	client = new N8nClient(n8n.url);
	await client.ownerSetup();
	const { accountSid, authToken } = simulator.account;
	const data = { authType: 'authToken', accountSid, authToken, region: 'custom', baseUrl: simulator.baseUrl };
	const { id, name } = await client.createCredential(credentialType, 'Simulator', data);
	credentials = { [credentialType]: { id, name } };

	workflows.webhook = await create('Webhook', [webhook('webhook'), people('webhook'), send()]);
	workflows['saved progress'] = await create(
		'Saved progress',
		[webhook('progress'), people('saved progress'), send()],
		{ saveExecutionProgress: true },
	);
	workflows['sub-workflow'] = (await createParent('sub-workflow', 'sub')).sub;
	workflows['parent workflow'] = (await createParent('parent workflow', 'parent')).parent;
	workflows['resumed wait'] = await create('Wait', [webhook('wait'), ...wait, people('resumed wait'), send()]);

	await get(`${n8n.url}/webhook/wait`);
	const waiting = await waitUntil(
		async () => (await client.listExecutions({ workflowId: workflows['resumed wait'].id, status: ['waiting'] }))[0],
		{ what: 'the execution to wait', timeout: 30_000 },
	);
	({ url: resumeUrl } = jsonOf(await client.getExecution(waiting.id), 'Address')[0] as { url: string });
	await Promise.all([
		...['webhook', 'progress', 'sub', 'parent'].map(async (path) => await get(`${n8n.url}/webhook/${path}`)),
		get(resumeUrl),
	]);
	await waitUntil(() => ways.every((way) => textsOf(way).length >= 3), {
		what: 'some texts of each workflow',
		timeout: 60_000,
		interval: 2,
	});
	await n8n.kill();
	// What was under way when n8n was killed is stored, and its answer is lost.
	await waitUntil(() => simulator.requests.every(({ status }) => status > 0), {
		what: 'the last texts',
		timeout: 10_000,
	});
	expect(ways.filter((way) => textsOf(way).length < perWay)).toEqual(ways);
	await n8n.start({});
	await waitUntil(async () => (await client.listExecutions()).every((execution) => isFinished(execution)), {
		what: 'n8n to notice the crash',
		timeout: 30_000,
	});
});

afterAll(async () => {
	await n8n?.close();
	await simulator?.close();
});

test.each<[Way, boolean]>([
	['webhook', false],
	['saved progress', false],
	['sub-workflow', true],
])(
	'nothing is sent unless the user says so, and nobody is texted twice after that: %s',
	async (way, retriesOriginal) => {
		const before = textsOf(way);
		const crashed = await crashedExecution(workflows[way]);

		const refused = [await client.retryExecution(crashed, false), await client.retryExecution(crashed, true)];
		for (const { status, ...execution } of refused) {
			expect(status).toBe('error');
			expect(errorOf({ status, ...execution })?.message).toContain('an execution that n8n could not finish');
		}
		expect(textsOf(way)).toEqual(before);

		const retried = await retryWith(way, retriesOriginal ? crashed : refused[0]!.id, { afterCrash: 'lookUp' });
		expect(errorOf(retried)).toBeUndefined();
		expect(textsOf(way).sort()).toEqual(peopleOf(way));
		expect(jsonOf(retried, 'Send').map(({ to }) => to)).toEqual(peopleOf(way));
		process.stderr.write(`${way}: ${before.length} of ${perWay} sent before the crash, ${twice(way)} twice\n`);
	},
);

test('nothing is sent either after a node that waited, which the workflow as it is saved now does once more', async () => {
	const before = textsOf('resumed wait');
	const crashed = await crashedExecution(workflows['resumed wait']);
	const retried = await client.retryExecution(crashed);
	expect(errorOf(retried)?.message).toContain('an execution that n8n could not finish');

	const answer = await client.send('POST', `/rest/executions/${crashed}/retry`, { loadWorkflow: true });
	const { data } = (await answer.json()) as { data: { id: string; status: string } };
	expect(data.status).toBe('waiting');
	await get(resumeUrl.replace(/\/\d+\?/, `/${data.id}?`));
	const resumed = await client.waitForExecution(data.id);
	expect(errorOf(resumed)?.message).toContain('an execution that n8n could not finish');
	expect(textsOf('resumed wait')).toEqual(before);
});

test('a sub-workflow that is started anew by the retry of the workflow above knows nothing of its earlier run', async () => {
	const before = textsOf('parent workflow');
	const retried = await client.retryExecution(await crashedExecution(workflows['parent workflow']));
	expect(errorOf(retried)).toBeUndefined();
	expect(textsOf('parent workflow')).toHaveLength(before.length + perWay);
});

test.each([false, true])('a retry after another node has failed sends as usual (saved progress: %s)', async (saved) => {
	const to = ['+15005559001', '+15005559002'];
	const path = `failing-${saved}`;
	const balance: NodeJson = {
		name: 'Read',
		type: twilioType,
		typeVersion: 1,
		credentials,
		parameters: { resource: 'alert', operation: 'getAll' },
	};
	simulator.fault({ path: '/Alerts', status: 400 });
	const workflow = await create(
		path,
		[webhook(path), balance, { ...items(to.map((each) => ({ to: each }))) }, send()],
		saved ? { saveExecutionProgress: true } : {},
	);
	await get(`${n8n.url}/webhook/${path}`);
	const [failed] = await client.waitForExecutions(workflow.id, 1);
	expect(failed?.status).toBe('error');
	simulator.alert();

	const retried = await client.retryExecution(failed!.id);

	expect(errorOf(retried)).toBeUndefined();
	expect(jsonOf(retried, 'Send').map((row) => row.to)).toEqual(to);
});
