import { rm } from 'node:fs/promises';
import { join as pathOf } from 'node:path';

import { isFinished, N8nClient, startN8n, waitUntil, type RunningN8n, type StoredWorkflow } from '../../dev/n8n';
import { startSimulator } from '../../dev/simulator';
import { bothTriggers, publishDuring } from './bothTriggers';
import { credentialType, type Simulator } from './environment';
import { startRedis, type Redis } from './redis';
import { savedMemory } from './savedMemory';
import { sharedN8n } from './sharedN8n';
import { callback, post, statusTrigger, webhookPath } from './statusTrigger';
import { chain, type NodeJson } from './workflows';

/**
 * The triggers in n8n's queue mode: one process polls, two others take the webhooks, and a worker executes. They share a
 * database, and nothing else that a trigger could remember things in.
 */

const publicUrl = 'https://hooks.example.com';
const silence = { status: 204, body: '' };

let redis: Redis;
let simulator: Simulator;
let main: RunningN8n;
const others: RunningN8n[] = [];
let client: N8nClient;
let credentials: NodeJson['credentials'];

beforeAll(async () => {
	redis = await startRedis();
	simulator = await startSimulator();
	const proxy = 'http://127.0.0.1:9';
	const env = {
		HTTP_PROXY: proxy,
		HTTPS_PROXY: proxy,
		NO_PROXY: 'localhost,127.0.0.1',
		N8N_WEBHOOK_URL: `${publicUrl}/`,
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
	};
	main = await startN8n({ tarball: sharedN8n().tarball, env });
	client = new N8nClient(main.url);
	await client.ownerSetup();
	for (const command of ['webhook', 'webhook', 'worker'] as const)
		others.push(await startN8n({ command, env, dataDir: main.dataDir }));

	const { accountSid, authToken } = simulator.account;
	const data = { authType: 'authToken', accountSid, authToken, region: 'custom', baseUrl: simulator.baseUrl };
	const { id, name } = await client.createCredential(credentialType, 'Simulator', data);
	credentials = { [credentialType]: { id, name } };
});

afterAll(async () => {
	for (const process of others.reverse()) await process.close();
	await main?.close();
	await simulator?.close();
	await redis?.close();
});

/** Posts a callback to one of the two processes. */
async function deliver(process: 0 | 1, path: string, form: Readonly<Record<string, string>>) {
	const { authToken } = simulator.account;
	const start = performance.now();
	const answer = await post(`${others[process]?.url}${path}`, form, { authToken, signedUrl: publicUrl + path });
	expect(answer).toEqual(silence);
	return performance.now() - start;
}

async function publish(): Promise<{ workflow: StoredWorkflow; path: string }> {
	const trigger = statusTrigger(credentials);
	const name = expect.getState().currentTestName?.slice(0, 128) ?? 'Queue mode';
	const workflow = await client.createWorkflow(chain(name, [trigger]));
	await client.activate(workflow);
	return { workflow, path: webhookPath(trigger) };
}

/** How often each of these callbacks has started the workflow, once nothing more is to come. */
async function startsOf(workflow: StoredWorkflow, sids: readonly string[]): Promise<number[]> {
	const received = await settled(workflow);
	return sids.map((sid) => received.filter((each) => each.includes(sid)).length);
}

/** All executions of a workflow, once they have ended, as text. */
async function settled({ id }: StoredWorkflow): Promise<string[]> {
	const executions = await waitUntil(
		async () => {
			const all = await client.listExecutions({ workflowId: id });
			return all.every(isFinished) && all;
		},
		{ what: 'all executions to end', timeout: 60_000 },
	);
	return await Promise.all(executions.map(async (each) => JSON.stringify((await client.getExecution(each.id)).data)));
}

const count = 20;

describe('A callback that is repeated at another process', () => {
	test('after the answer to the first starts nothing', async () => {
		const { workflow, path } = await publish();
		const sids: string[] = [];
		for (let index = 0; index < count; index++) {
			const form = callback();
			await deliver(0, path, form);
			await deliver(1, path, form);
			sids.push(String(form.MessageSid));
		}
		expect(await startsOf(workflow, sids)).toEqual(sids.map(() => 1));
	});

	test('before that may start the workflow a second time', async () => {
		const { workflow, path } = await publish();
		const sids: string[] = [];
		const times: number[] = [];
		for (let index = 0; index < count; index++) {
			const form = callback();
			times.push(...(await Promise.all([deliver(0, path, form), deliver(1, path, form)])));
			sids.push(String(form.MessageSid));
		}
		const starts = await startsOf(workflow, sids);
		const twice = starts.filter((each) => each === 2).length;
		const [median, slowest] = [times.sort((a, b) => a - b)[count], times.at(-1)].map((time) => Math.round(time ?? NaN));
		process.stderr.write(
			`of ${count} callbacks at two processes at once ${twice} started the workflow twice; answers took ${median} ms (median), ${slowest} ms at most\n`,
		);
		expect(starts.every((each) => each === 1 || each === 2)).toBe(true);
	});
});

test('Both triggers in one workflow: callbacks at other processes do not set back what the main process polls', async () => {
	const status = statusTrigger(credentials);
	const workflow = await client.createWorkflow(bothTriggers(status, 10));
	await client.activate(workflow);
	const path = webhookPath(status);
	const sids: string[] = [];
	const revision = async () => (await savedMemory(client, workflow, 'Polling'))?.cursor?.revision ?? NaN;
	for (let round = 1; round <= 5; round++) {
		const before = await revision();
		sids.push(simulator.receive({ from: '+14155550123', to: '+14155550100', body: 'Hello' }).sid);
		const deliverNext = async (process: 0 | 1) => {
			const form = callback();
			sids.push(String(form.MessageSid));
			await deliver(process, path, form);
		};
		const deliveries = ([0, 1] as const).map((process) => async () => await deliverNext(process));
		await publishDuring(client, workflow, bothTriggers(status, 10 + round), ...deliveries);
		expect(await revision()).toBeGreaterThan(before);
	}
	await settled(workflow);
	await main.kill();
	await rm(pathOf(main.dataDir, '.n8n/crash.journal'), { force: true });
	await main.start({});
	await client.login();
	sids.push(simulator.receive({ from: '+14155550123', to: '+14155550100', body: 'Hello' }).sid);
	await client.deactivate(workflow);
	await client.activate(workflow);
	await waitUntil(async () => (await startsOf(workflow, sids.slice(-1)))[0] === 1, {
		what: 'the last row',
		timeout: 20_000,
	});
	expect(await startsOf(workflow, sids)).toEqual(sids.map(() => 1));
});
