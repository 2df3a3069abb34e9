import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { errorOf, jsonOf, N8nClient, waitUntil } from '../../../dev/n8n';
import { freePorts } from '../../../dev/n8n/freePorts';
import { credentialType } from '../environment';
import { NpmStart, processesWith } from './npmStart';

const examplesFolder = path.resolve(__dirname, '..', '..', '..', 'examples');

let dataDir: string;
let port: string;
let running: NpmStart[];

beforeAll(async () => {
	dataDir = await mkdtemp(path.join(tmpdir(), 'npm-start-'));
});

afterAll(async () => {
	await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

beforeEach(async () => {
	port = String((await freePorts(1))[0]);
	running = [];
});

afterEach(() => {
	for (const start of running) start.clearAway();
});

function npmStart(...args: string[]): NpmStart {
	return remember(NpmStart.throughNpm(...args));
}

function remember(start: NpmStart): NpmStart {
	running.push(start);
	return start;
}

async function logInTo(start: NpmStart) {
	await start.says('Ctrl-C ends it');
	const n8n = new N8nClient(start.told('n8n with Twilio Extended'));
	await n8n.login({ email: start.told('e-mail'), password: start.told('password') });
	return n8n;
}

async function namesOfExamples(): Promise<string[]> {
	const files = (await readdir(examplesFolder)).filter((file) => file.endsWith('.json'));
	const texts = await Promise.all(files.map(async (file) => await readFile(path.join(examplesFolder, file), 'utf8')));
	return texts.map((text) => (JSON.parse(text) as { name: string }).name).sort();
}

async function expectNothingLeft(addresses: string[]): Promise<void> {
	await waitUntil(async () => (await processesWith(dataDir)).length === 0, {
		what: 'all processes to end',
		timeout: 15_000,
	});
	for (const address of addresses) await expect(fetch(address)).rejects.toThrow('fetch failed');
}

describe('npm start', () => {
	test('brings n8n with the login, the credential and the examples it tells of, and Ctrl-C ends all of it', async () => {
		const start = npmStart('--port', port, '--data', dataDir);
		const n8n = await logInTo(start);

		expect(n8n.url).toBe(`http://localhost:${port}`);
		const [credential, ...others] = await n8n.listCredentials();
		expect(others).toEqual([]);
		expect(credential).toMatchObject({ type: credentialType });
		expect(await n8n.testCredential(credential!)).toMatchObject({ status: 'OK' });

		const workflows = await n8n.listWorkflows();
		expect(workflows.map(({ name }) => name).sort()).toEqual(await namesOfExamples());
		for (const { id } of workflows) {
			const { nodes } = await n8n.getWorkflow(id);
			const ours = nodes.filter(({ type }) => String(type).startsWith('n8n-nodes-twilio.'));
			expect(ours).not.toEqual([]);
			for (const node of ours) {
				expect(node.credentials).toMatchObject({ [credentialType]: { id: credential!.id } });
			}
		}

		const suggested = workflows.find(({ name }) => start.output.includes(`Open the workflow "${name}"`));
		const execution = await n8n.runWorkflow(suggested!.id);
		expect(errorOf(execution)).toBeUndefined();
		expect(jsonOf(execution, 'Sent')).toHaveLength(3);

		await n8n.updateWorkflow(await n8n.getWorkflow(workflows[0]!.id), { nodes: [], connections: {} });

		const second = npmStart('--port', String((await freePorts(1))[0]), '--data', dataDir);
		expect(await second.ended()).toBe(1);
		expect(second.output).toContain('Another npm start');

		const simulator = start.told('Twilio simulator');
		expect((await fetch(simulator)).status).toBeLessThan(500);
		expect((await processesWith(dataDir)).length).toBeGreaterThan(0);
		start.pressCtrlC();
		await start.ended();
		expect(start.output).toContain('Ending n8n and the simulator');
		await expectNothingLeft([n8n.url, simulator]);
	});

	test('is quick the second time, keeps what somebody did, and ends in order when it is told to', async () => {
		const before = Date.now();
		const start = remember(NpmStart.directly('--port', port, '--data', dataDir));
		const n8n = await logInTo(start);
		expect(Date.now() - before).toBeLessThan(30_000);

		expect(await n8n.listCredentials()).toHaveLength(1);
		const workflows = await n8n.listWorkflows();
		expect(workflows.map(({ name }) => name).sort()).toEqual(await namesOfExamples());
		const stored = await Promise.all(workflows.map(async ({ id }) => await n8n.getWorkflow(id)));
		expect(stored.filter(({ nodes }) => nodes.length === 0)).toHaveLength(1);

		start.signal('SIGTERM');
		expect(await start.ended()).toBe(0);
		await expectNothingLeft([n8n.url, start.told('Twilio simulator')]);
	});

	test('leaves nothing behind when its npm is ended while n8n starts', async () => {
		const start = npmStart('--port', port, '--data', dataDir);
		await start.says('n8n: starting');
		await waitUntil(async () => (await processesWith(dataDir)).length > 0, { what: 'n8n', timeout: 15_000 });
		start.signal('SIGTERM');
		await start.ended();
		await expectNothingLeft([`http://localhost:${port}`]);
	});

	test('says in one line that the port is busy', async () => {
		const server = createServer();
		await once(server.listen(0, '127.0.0.1'), 'listening');
		const busy = (server.address() as AddressInfo).port;
		const start = npmStart('--port', String(busy), '--data', dataDir);

		expect(await start.ended()).toBe(1);
		expect(start.output.trim()).toMatch(new RegExp(`^Port ${busy} is busy.*--port \\d+$`));
		server.close();
	});

	test.each([
		['a port that is none', ['--port', 'abc'], '"abc" is not a port'],
		['a port beyond the last', ['--port', '65536'], '"65536" is not a port'],
		['an option it does not know', ['--nonsense'], "Unknown option '--nonsense'"],
		['what is no option', ['5678'], 'Unexpected argument'],
	])('answers %s with its usage', async (_, args, complaint) => {
		const start = npmStart(...args);
		expect(await start.ended()).toBe(1);
		expect(start.output).toContain(complaint);
		expect(start.output).toContain('Usage: npm start');
	});
});
