import {
	isFinished,
	jsonOf,
	N8nClient,
	packageName,
	startN8n,
	waitUntil,
	type ExecutionSummary,
	type StoredWorkflow,
} from '../../n8n';
import { startSimulator, type Simulator } from '../../simulator';
import type { Benchmark, Finding } from '../benchmark';
import { megabyte, spread } from '../figures';
import { peakMemoryGrowth } from '../peakMemory';

/** What it took until no poll emitted anything more. */
interface Drain {
	/** How long each poll that emitted took, from the activation to the end of its execution. */
	readonly polls: number[];
	/** From the first activation to the end of the last execution. */
	seconds: number;
	/** What was asked of Twilio in that time. */
	requests: number;
	/** Bytes of static data at its largest. */
	staticData: number;
}

const burst = 20_000;
const limit = 1000;
const kilobyte = 1000;

const trigger = 'Trigger';

/** n8n creates the execution some milliseconds after the poll, which the activation waits for. */
const silence = 5000;

/** One poll may emit nothing because another one is under way; after so many in a row nothing more is to come. */
const silentPolls = 3;

const pollTimeout = 60_000;
const drainTimeout = 600_000;

/**
 * More messages at once than a poll emits: how fast they come, what that costs, and whether each of them comes exactly
 * once. n8n polls at each activation, so that the next poll need not wait for the next minute.
 */
export const pollBurst: Benchmark = {
	name: 'poll-burst',
	title: `${burst} new messages in one burst, read by the polling trigger`,
	async run({ tarball, quick, log }) {
		const simulator = await startSimulator();
		try {
			const n8n = await startN8n({ tarball });
			try {
				const client = new N8nClient(n8n.url);
				await client.ownerSetup();
				const workflow = await createWorkflow(client, simulator);
				// The first poll emits nothing: it only finds out where to begin.
				await client.activate(workflow);
				const drainAll = async () => await drain(client, workflow, simulator, log);
				// What n8n's first executions take it keeps; that is not the burst's.
				const before = receiveMany(simulator, limit);
				await drainAll();
				const sent = receiveMany(simulator, quick ? 3000 : burst);
				simulator.requests.length = 0;
				const { growth, result } = await peakMemoryGrowth(n8n, drainAll);
				// Only now, since n8n takes memory to show executions as well.
				const came = await sidsOfExecutions(client, workflow);
				return [...cost(result, growth), ...exactness([...before, ...sent], came)];
			} finally {
				await n8n.close();
			}
		} finally {
			await simulator.close();
		}
	},
};

async function createWorkflow(client: N8nClient, { account, baseUrl }: Simulator): Promise<StoredWorkflow> {
	const type = 'twilioExtendedApi';
	const { accountSid, authToken } = account;
	const { id, name } = await client.createCredential(type, type, {
		authType: 'authToken',
		accountSid,
		authToken,
		region: 'custom',
		baseUrl,
	});
	return await client.createWorkflow({
		name: 'Benchmark',
		nodes: [
			{
				id: 'node-0',
				name: trigger,
				type: `${packageName}.twilioTrigger`,
				typeVersion: 1,
				position: [0, 0],
				parameters: { event: 'newMessage', limit, pollTimes: { item: [{ mode: 'everyMinute' }] } },
				credentials: { [type]: { id, name } },
			},
		],
		connections: {},
	});
}

function receiveMany(simulator: Simulator, count: number): string[] {
	const [to = ''] = simulator.state.phoneNumbers.map((row) => row.phone_number);
	return Array.from(
		{ length: count },
		(_, index) => simulator.receive({ from: '+14155550123', to, body: `Message ${index}` }).sid,
	);
}

/** Polls again and again until nothing more comes. */
async function drain(
	client: N8nClient,
	workflow: StoredWorkflow,
	{ requests }: Simulator,
	log: (line: string) => void,
): Promise<Drain> {
	const drain: Drain = { polls: [], seconds: 0, requests: 0, staticData: 0 };
	const start = performance.now();
	let known = (await client.listExecutions({ workflowId: workflow.id })).length;
	let silent = 0;
	while (silent < silentPolls) {
		if (performance.now() - start > drainTimeout) throw new Error('The polls do not come to an end');
		await client.deactivate(workflow);
		const activatedAt = performance.now();
		await client.activate(workflow);
		const executions = await executionsAfter(client, workflow, known);
		const endedAt = performance.now();
		drain.staticData = Math.max(drain.staticData, await sizeOfStaticData(client, workflow));
		if (executions.length === known) {
			silent++;
			continue;
		}
		silent = 0;
		known = executions.length;
		drain.polls.push((endedAt - activatedAt) / 1000);
		drain.seconds = (endedAt - start) / 1000;
		drain.requests = requests.length;
		log(`  ${known} executions after ${drain.seconds.toFixed(1)} s`);
	}
	return drain;
}

/** All executions, once they are finished and more than were known; or those that were known, after a silence. */
async function executionsAfter(
	client: N8nClient,
	{ id: workflowId }: StoredWorkflow,
	known: number,
): Promise<ExecutionSummary[]> {
	const polledAt = performance.now();
	return await waitUntil(
		async () => {
			const executions = await client.listExecutions({ workflowId });
			const isSilent = performance.now() - polledAt > silence;
			return executions.every(isFinished) && (executions.length > known || isSilent) && executions;
		},
		{ what: 'the execution of a poll', timeout: pollTimeout },
	);
}

async function sizeOfStaticData(client: N8nClient, { id }: StoredWorkflow): Promise<number> {
	const { staticData } = await client.getWorkflow(id);
	if (!staticData) throw new Error('n8n does not show static data');
	return Buffer.byteLength(JSON.stringify(staticData));
}

/** The messages that started executions. */
async function sidsOfExecutions(client: N8nClient, { id: workflowId }: StoredWorkflow): Promise<string[]> {
	const sids: string[] = [];
	for (const { id } of await client.listExecutions({ workflowId })) {
		sids.push(...jsonOf(await client.getExecution(id), trigger).map(({ sid }) => String(sid)));
	}
	return sids;
}

function cost(drain: Drain, memory: number): Finding[] {
	return [
		{ what: 'polls that emitted', measured: String(drain.polls.length) },
		{ what: 'requests until all have come', measured: String(drain.requests) },
		{ what: 'time until all have come', measured: `${drain.seconds.toFixed(1)} s` },
		{ what: 'time per poll', measured: spread(drain.polls, 's') },
		{ what: "growth of n8n's memory, peak", measured: `${(memory / megabyte).toFixed(0)} MB` },
		{ what: 'static data, largest', measured: `${(drain.staticData / kilobyte).toFixed(0)} kB` },
	];
}

function exactness(sent: readonly string[], came: readonly string[]): Finding[] {
	const different = new Set(came);
	const counts: Array<[string, number]> = [
		['messages lost', sent.filter((sid) => !different.has(sid)).length],
		['messages that came twice', came.length - different.size],
	];
	return counts.map(([what, count]) => ({
		what,
		measured: String(count),
		target: { text: '0', isMet: count === 0 },
	}));
}
