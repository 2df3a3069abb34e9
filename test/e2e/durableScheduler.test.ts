import {
	N8nClient,
	packageName,
	startN8n,
	waitUntil,
	type CredentialReference,
	type RunningN8n,
	type StoredWorkflow,
	type WorkflowJson,
} from '../../dev/n8n';
import { startSimulator } from '../../dev/simulator';
import { credentialType, type Simulator } from './environment';
import { sharedN8n } from './sharedN8n';
import { chain } from './workflows';

/**
 * The polling trigger with n8n's durable scheduler, which has to be switched on: each poll has a context of its own, and n8n
 * stores the cursor together with the execution.
 */

let n8n: RunningN8n;
let client: N8nClient;
let simulator: Simulator;
let workflow: StoredWorkflow;
let credentials: Record<string, CredentialReference>;

/** The workflow, with a trigger of that name. */
function durable(name: string): WorkflowJson {
	const trigger = {
		name,
		type: `${packageName}.twilioTrigger`,
		typeVersion: 1,
		parameters: { event: 'newMessage', pollTimes: { item: [{ mode: 'everyMinute' }] } },
		credentials,
	};
	const next = { name: 'Received', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
	return chain('Durable', [trigger, next]);
}

beforeAll(async () => {
	simulator = await startSimulator();
	const proxy = 'http://127.0.0.1:9';
	n8n = await startN8n({
		tarball: sharedN8n().tarball,
		env: {
			HTTP_PROXY: proxy,
			HTTPS_PROXY: proxy,
			NO_PROXY: 'localhost,127.0.0.1',
			N8N_SCHEDULER_ENABLED: 'true',
			N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
			N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
		},
	});
	client = new N8nClient(n8n.url);
	await client.ownerSetup();
	const { accountSid, authToken } = simulator.account;
	const data = { authType: 'authToken', accountSid, authToken, region: 'custom', baseUrl: simulator.baseUrl };
	const { id, name } = await client.createCredential(credentialType, 'Simulator', data);
	credentials = { [credentialType]: { id, name } };
	workflow = await client.createWorkflow(durable('Trigger'));
});

afterAll(async () => {
	await n8n?.close();
	await simulator?.close();
});

const receive = () => simulator.receive({ from: '+14155550123', to: '+14155550100', body: 'Hello' }).sid;

/** How many executions each of these rows has started. */
async function countsOf(sids: readonly string[]): Promise<number[]> {
	const executions = await client.listExecutions({ workflowId: workflow.id });
	const texts = await Promise.all(executions.map(async ({ id }) => JSON.stringify(await client.getExecution(id))));
	return sids.map((sid) => texts.filter((text) => text.includes(sid)).length);
}

test('each row that comes after the activation starts one execution, with the next polls, also of a renamed node', async () => {
	receive();
	await client.activate(workflow);
	const sids: string[] = [];
	for (let minute = 0; minute < 2; minute++) {
		sids.push(receive());
		if (minute === 1) {
			workflow = await client.updateWorkflow(await client.getWorkflow(workflow.id), durable('Renamed'));
			await client.activate(workflow);
		}
		await waitUntil(async () => (await countsOf(sids)).every((count) => count > 0), {
			what: 'the executions',
			timeout: 90_000,
			interval: 200,
		});
	}
	expect(await countsOf(sids)).toEqual([1, 1]);
});
