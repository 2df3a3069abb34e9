import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

import { isFinished, jsonOf, N8nClient, startN8n, waitUntil, type ExecutionSummary } from '../../n8n';
import type { Benchmark, Finding } from '../benchmark';
import { builtInTrigger, formOf, publish, statusTrigger, trigger } from '../webhookTriggers';

/** A callback on its way, and what its answer should be. */
interface Callback {
	readonly kind: 'genuine' | 'repeated' | 'forged';
	readonly form: Readonly<Record<string, string>>;
	readonly signature: string;
}

interface Answer {
	readonly callback: Callback;
	readonly status: number;
	readonly milliseconds: number;
}

interface Round {
	readonly answers: readonly Answer[];
	readonly seconds: number;
}

const connections = 50;

/** In place of a number of connections: one request at a time, each after n8n is done with the one before. */
const unhurried = 0;
const pause = 500;

/** Twilio gives up on an answer after 15 s; long before that, it counts as slow. */
const slowest = 5000;

/**
 * Status callbacks from many connections at once, some of them repeated and some forged: what the answers take, and
 * whether each genuine status started the workflow exactly once. n8n's own Webhook node, which checks nothing, gets
 * requests as well, to tell what n8n itself takes on this machine.
 */
export const statusCallbacks: Benchmark = {
	name: 'status-callbacks',
	title: `status callbacks from ${connections} connections, with another 10 % repeated and 10 % forged`,
	async run({ tarball, quick, log }) {
		const [many, few] = quick ? [200, 10] : [2000, 50];
		const authToken = randomBytes(16).toString('hex');
		const n8n = await startN8n({ tarball });
		try {
			const client = new N8nClient(n8n.url);
			await client.ownerSetup();
			const builtIn = await publish(client, builtInTrigger);
			const ours = await publish(client, await statusTrigger(client, authToken));
			const round = async (url: string, genuine: number, others: number, atOnce: number) => {
				const result = await send(url, mixed(url, authToken, genuine, others), atOnce);
				log(`  ${result.answers.length} requests, ${atOnce || 'one'} at once: ${result.seconds.toFixed(1)} s`);
				return result;
			};
			// So that n8n's code has been compiled when it counts.
			await round(builtIn.url, few, 0, unhurried);
			const warmUp = await round(ours.url, few, 0, unhurried);
			const idle = await round(ours.url, few, 0, unhurried);
			const loaded = await round(ours.url, many, many / 10, connections);
			const runs = await statusesThatRan(client, ours.id, few + few + many);
			log(`  ${runs.length} executions`);
			const reference = {
				idle: await round(builtIn.url, few, 0, unhurried),
				loaded: await round(builtIn.url, many / 4, 0, connections),
			};
			const answers = [warmUp, idle, loaded].flatMap((each) => each.answers);
			return [...speed(idle, loaded, reference), ...exactness(answers, runs)];
		} finally {
			await n8n.close();
		}
	},
};

/** Genuine callbacks in random order, with this many repeated (right behind the first, as bad luck would have it) and forged. */
function mixed(url: string, authToken: string, genuine: number, others: number): Callback[] {
	const callbacks: Callback[] = [];
	for (let index = 0; index < genuine; index++) {
		const form = formOf(['queued', 'sent', 'delivered', 'undelivered'][index % 4] ?? 'sent');
		const callback = { kind: 'genuine', form, signature: getExpectedTwilioSignature(authToken, url, form) } as const;
		callbacks.push(callback);
		if (others === 0) continue;
		const every = Math.max(1, Math.floor(genuine / others));
		if (index % every === 0) callbacks.push({ ...callback, kind: 'repeated' });
		if (index % every === 1) {
			const forged = formOf('delivered');
			callbacks.push({
				kind: 'forged',
				form: forged,
				// By turns with another token, and with the signature of another callback.
				signature: index % 2 ? getExpectedTwilioSignature('f'.repeat(32), url, forged) : callback.signature,
			});
		}
	}
	return callbacks;
}

const keyOf = ({ MessageSid, MessageStatus }: Readonly<Record<string, unknown>>) =>
	`${String(MessageSid)}:${String(MessageStatus)}`;

/** Posts all callbacks on this many connections, which stay open; on each of them one after the other. */
async function send(url: string, callbacks: readonly Callback[], atOnce: number): Promise<Round> {
	const agent = new Agent({ keepAlive: true, maxSockets: atOnce || 1 });
	const answers: Answer[] = [];
	let next = 0;
	const connection = async () => {
		for (let callback = callbacks[next++]; callback; callback = callbacks[next++]) {
			const startedAt = performance.now();
			const status = await post(url, callback, agent);
			answers.push({ callback, status, milliseconds: performance.now() - startedAt });
			if (atOnce === unhurried) await sleep(pause);
		}
	};
	const startedAt = performance.now();
	await Promise.all(Array.from({ length: atOnce || 1 }, connection));
	agent.destroy();
	return { answers, seconds: (performance.now() - startedAt) / 1000 };
}

async function post(url: string, { form, signature }: Callback, agent: Agent): Promise<number> {
	const body = new URLSearchParams(form).toString();
	return await new Promise((resolve, reject) => {
		const outgoing = request(
			url,
			{
				method: 'POST',
				agent,
				headers: {
					'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
					'Content-Length': Buffer.byteLength(body),
					'X-Twilio-Signature': signature,
				},
			},
			(answer) => {
				answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
			},
		);
		outgoing.once('error', reject);
		outgoing.end(body);
	});
}

/** Waits until this many executions are there and nothing more happens, and reads what started each. */
async function statusesThatRan(client: N8nClient, workflowId: string, atLeast: number): Promise<string[]> {
	let before = -1;
	const summaries = await waitUntil(
		async () => {
			const executions = await everyExecution(client, workflowId);
			const isQuiet = executions.length >= atLeast && executions.length === before;
			before = executions.length;
			return isQuiet && executions;
		},
		{ what: `${atLeast} executions`, timeout: 300_000, interval: 1000 },
	);
	const keys: string[] = [];
	let next = 0;
	const reader = async () => {
		for (let summary = summaries[next++]; summary; summary = summaries[next++]) {
			const [json = {}] = jsonOf(await client.getExecution(summary.id), trigger);
			keys.push(keyOf(json));
		}
	};
	await Promise.all(Array.from({ length: 8 }, reader));
	return keys;
}

async function everyExecution(client: N8nClient, workflowId: string): Promise<ExecutionSummary[]> {
	const executions: ExecutionSummary[] = [];
	let cursor: string | null | undefined;
	do {
		const query = new URLSearchParams({
			filter: JSON.stringify({ workflowId }),
			limit: '100',
			...(cursor && { cursor }),
		});
		const response = await client.send('GET', `/rest/executions?${query}`);
		const { data } = (await response.json()) as { data: { results: ExecutionSummary[]; nextCursor?: string | null } };
		executions.push(...data.results.filter(isFinished));
		cursor = data.nextCursor;
	} while (cursor);
	return executions;
}

function speed(idle: Round, loaded: Round, reference: { idle: Round; loaded: Round }): Finding[] {
	const slow = percentile(loaded, 0.99);
	const answer = (round: Round, own: Round) =>
		[0.5, 0.99].map(
			(share) => `${percentile(round, share).toFixed(0)} ms (n8n's own: ${percentile(own, share).toFixed(0)} ms)`,
		);
	const [idleMedian = '', idleSlow = ''] = answer(idle, reference.idle);
	const [loadedMedian = '', loadedSlow = ''] = answer(loaded, reference.loaded);
	const perSecond = ({ answers, seconds }: Round) => (answers.length / seconds).toFixed(0);
	return [
		{ what: 'answer when idle, median', measured: idleMedian },
		{ what: 'answer when idle, p99', measured: idleSlow },
		{ what: 'answer under load, median', measured: loadedMedian },
		{
			what: 'answer under load, p99',
			measured: loadedSlow,
			target: { text: `below ${slowest} ms`, isMet: slow < slowest },
		},
		{ what: 'callbacks a second', measured: `${perSecond(loaded)} (n8n's own: ${perSecond(reference.loaded)})` },
	];
}

function exactness(answers: readonly Answer[], runs: readonly string[]): Finding[] {
	const genuine = new Set(
		answers.filter(({ callback }) => callback.kind === 'genuine').map(({ callback }) => keyOf(callback.form)),
	);
	const ran = new Set(runs);
	const counts: Array<[string, number]> = [
		[
			`wrong answers of ${answers.length}`,
			answers.filter(({ callback, status }) => status !== (callback.kind === 'forged' ? 403 : 204)).length,
		],
		[`genuine statuses of ${genuine.size} that started nothing`, [...genuine].filter((key) => !ran.has(key)).length],
		['statuses that started more than one execution', runs.length - ran.size],
		['executions that a forged callback started', runs.filter((key) => !genuine.has(key)).length],
	];
	return counts.map(([what, count]) => ({
		what,
		measured: String(count),
		target: { text: '0', isMet: count === 0 },
	}));
}

/** Milliseconds within which this share of the answers came. */
function percentile({ answers }: Round, share: number): number {
	const sorted = answers.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
	return sorted[Math.ceil(sorted.length * share) - 1] ?? NaN;
}
