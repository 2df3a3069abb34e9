import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import {
	jsonOf,
	N8nClient,
	packageName,
	startN8n,
	waitUntil,
	type CredentialReference,
	type Execution,
	type RunningN8n,
	type StoredWorkflow,
} from '../../dev/n8n';
import { startSimulator } from '../../dev/simulator';
import { credentialType, type Simulator } from './environment';
import { sharedN8n } from './sharedN8n';
import { refuseExecutions } from './slowDatabase';
import { watchDatabase } from './watchDatabase';
import { chain } from './workflows';

/**
 * The polling trigger in an n8n of its own, which is killed and started again. n8n polls when a workflow is activated and
 * when it starts, and then at the minute: most of this needs no waiting.
 */

let n8n: RunningN8n;
let client: N8nClient;
let simulator: Simulator;
let workflow: StoredWorkflow;
let tarball: string;
let credentials: Record<string, CredentialReference>;

const anna = '+14155550123';
const ours = '+14155550100';
const triggerName = 'Twilio Extended Trigger';

const receive = () => simulator.receive({ from: anna, to: ours, body: 'Hello' }).sid;

async function login() {
	client = new N8nClient(n8n.url);
	await client.login();
}

/** The workflow, with a trigger of that name. */
const polling = (name: string) =>
	chain('Polling', [
		{
			name,
			type: `${packageName}.twilioTrigger`,
			typeVersion: 1,
			parameters: { event: 'newMessage', pollTimes: { item: [{ mode: 'everyMinute' }] } },
			credentials,
		},
		{ name: 'Received', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
	]);

/** Ends n8n as a crash does. */
async function kill() {
	await n8n.kill();
	// After a crash n8n waits for ten seconds before it starts; nothing else hangs on this file.
	await rm(path.join(n8n.dataDir, '.n8n/crash.journal'), { force: true });
}

/** n8n crashes, perhaps while something happens, and starts again. */
async function crash(meanwhile: () => void = () => {}) {
	await kill();
	meanwhile();
	await n8n.start({});
	await login();
}

/** All executions of the workflow, oldest first, also those that a crash cut off. */
async function executions(): Promise<Execution[]> {
	const summaries = await client.listExecutions({ workflowId: workflow.id });
	return await Promise.all(summaries.reverse().map(async ({ id }) => await client.getExecution(id)));
}

/** How many executions each of these rows has started. */
async function countsOf(sids: readonly string[]): Promise<number[]> {
	const texts = (await executions()).map(({ data }) => JSON.stringify(data));
	return sids.map((sid) => texts.filter((text) => text.includes(sid)).length);
}

/** Waits until each of these rows has started an execution. */
async function started(sids: readonly string[], timeout = 20_000): Promise<void> {
	await waitUntil(async () => (await countsOf(sids)).every((count) => count > 0), {
		what: `an execution for each of ${sids.length} rows`,
		timeout,
		interval: 200,
	});
}

/** Lets the trigger poll at once, which n8n does at each activation. */
async function activateAnew(): Promise<void> {
	await client.deactivate(workflow);
	await client.activate(workflow);
}

beforeAll(async () => {
	simulator = await startSimulator();
	// Packing anew, as another run may do meanwhile, removes the old package.
	const folder = await mkdtemp(path.join(tmpdir(), 'polling-'));
	tarball = path.join(folder, 'package.tgz');
	await copyFile(sharedN8n().tarball, tarball);
	const proxy = 'http://127.0.0.1:9';
	n8n = await startN8n({
		tarball,
		env: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: 'localhost,127.0.0.1' },
	});
	client = new N8nClient(n8n.url);
	await client.ownerSetup();
	const { accountSid, authToken } = simulator.account;
	const credential = await client.createCredential(credentialType, 'Simulator', {
		authType: 'authToken',
		accountSid,
		authToken,
		region: 'custom',
		baseUrl: simulator.baseUrl,
	});
	credentials = { [credentialType]: { id: credential.id, name: credential.name } };
	workflow = await client.createWorkflow(polling(triggerName));
});

afterAll(async () => {
	await n8n?.close();
	await simulator?.close();
	await rm(path.dirname(tarball), { recursive: true, force: true });
});

test('a first activation emits nothing old; what comes then starts one execution at the next minute', async () => {
	receive();
	await client.activate(workflow);
	expect(await executions()).toEqual([]);

	const sids = [receive(), receive()];
	await started(sids, 75_000);

	expect(await countsOf(sids)).toEqual([1, 1]);
	const [execution] = await executions();
	expect(
		jsonOf(execution as Execution, 'Received')
			.map(({ sid }) => sid)
			.sort(),
	).toEqual(sids.sort());
});

test('a crash loses nothing and repeats nothing: neither what came before it, nor while n8n was down, nor after', async () => {
	const before = receive();
	let during = '';
	await crash(() => (during = receive()));
	await started([before, during]);
	expect(await countsOf([before, during])).toEqual([1, 1]);

	// The same rows stand in the list, and are known: what comes later starts an execution, they do not.
	await crash();
	const later = receive();
	await activateAnew();
	await started([later]);
	expect(await countsOf([before, during, later])).toEqual([1, 1, 1]);
});

test('Twilio is away while n8n starts: what came comes once it is back', async () => {
	const outage = { path: '', destroy: true, times: Infinity };
	let during = '';
	await crash(() => {
		during = receive();
		simulator.fault(outage);
	});
	await waitUntil(() => n8n.tail().includes('could not poll'), { what: 'a line in the log', timeout: 60_000 });
	expect((await client.publicationStatus(workflow.id)).status).toBe('published');
	// From here on it hits no request any more.
	outage.path = 'nothing has this path';
	const later = receive();
	await started([during, later], 75_000);
	expect(await countsOf([during, later])).toEqual([1, 1]);
});

test('deactivation and activation go on where it stopped', async () => {
	await client.deactivate(workflow);
	const missed = receive();
	await client.activate(workflow);
	await started([missed]);
	expect(await countsOf([missed])).toEqual([1]);
});

test('what n8n takes and cannot store comes again with the next poll', async () => {
	const store = await refuseExecutions(n8n, workflow.id);
	const sid = receive();
	await activateAnew();
	await waitUntil(() => n8n.tail().includes('n8n could not store an execution'), {
		what: 'a line in the log',
		timeout: 20_000,
	});
	expect(await countsOf([sid])).toEqual([0]);
	await store();
	const later = receive();
	await started([sid, later], 75_000);
	expect(await countsOf([sid, later])).toEqual([1, 1]);
});

test('a renamed node goes on, also when it is named as before', async () => {
	const sids: string[] = [];
	for (const name of ['Renamed', triggerName]) {
		sids.push(receive());
		workflow = await client.updateWorkflow(await client.getWorkflow(workflow.id), polling(name));
		await client.activate(workflow);
		await started(sids);
	}
	await crash();
	sids.push(receive());
	await activateAnew();
	await started(sids);
	expect(await countsOf(sids)).toEqual(sids.map(() => 1));
	// Nothing of all that came before, either.
	const all = simulator.state.messages.map(({ sid }) => sid);
	expect((await countsOf(all)).filter((count) => count > 1)).toEqual([]);
});

/**
 * n8n saves static data, and then creates the execution, in two steps that it does not wait for. Whoever is killed between
 * them has lost the rows of that poll, and no trigger can help it.
 */
describe("n8n's own window", () => {
	/** Lets something come and the trigger find it, and looks into n8n's database for both steps. */
	const watchOnePoll = async ({ isKilled }: { isKilled: boolean }) => {
		const watching = watchDatabase(n8n, workflow.id, isKilled);
		await watching.ready;
		const sid = receive();
		// Without it n8n polls at the next minute. Killed while it publishes a workflow, n8n would not do so again for long.
		if (!isKilled) await activateAnew();
		return { sid, ...(await watching.seen) };
	};

	test('lasts some milliseconds', async () => {
		const windows: number[] = [];
		for (let count = 0; count < 5; count++) {
			const { sid, saved, created } = await watchOnePoll({ isKilled: false });
			windows.push(Math.round((created ?? NaN) - (saved ?? NaN)));
			await started([sid]);
			expect(await countsOf([sid])).toEqual([1]);
		}
		process.stderr.write(`n8n creates the execution ${windows.join(', ')} ms after it has saved static data\n`);
		expect(windows.every((window) => window < 1000)).toBe(true);
	});

	test('costs the rows of one poll, and no others', async () => {
		const { sid, saved, created } = await watchOnePoll({ isKilled: true });
		process.stderr.write(`killed ${created === undefined ? 'in' : 'after'} the window\n`);
		expect(saved).toBeDefined();
		let meanwhile = '';
		await crash(() => (meanwhile = receive()));
		await started([meanwhile]);
		const [lost = 0, kept] = await countsOf([sid, meanwhile]);
		expect(lost).toBe(created === undefined ? 0 : 1);
		expect(kept).toBe(1);
		process.stderr.write(`the row has started ${lost} executions\n`);
	});
});
