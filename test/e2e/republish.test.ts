import { packageName, waitUntil, type StoredWorkflow } from '../../dev/n8n';
import { useEnvironment } from './environment';
import { chain } from './workflows';

/**
 * Workflows that are published again while they poll. n8n reads what a trigger remembers, ends the version before, and
 * polls with the new one; what the version before has found in between is taken or dropped, depending on the moment. So
 * many workflows do this at the same time, each with another delay of Twilio's answer.
 */

const e2e = useEnvironment();

const count = 16;
/** Milliseconds that Twilio takes to answer: most about as long as n8n takes to publish, the last one longer by far. */
const delays = Array.from({ length: count }, (_, index) => (index === count - 1 ? 10_000 : 10 * index ** 2));
const triggerName = 'Twilio Extended Trigger';

interface Watching {
	workflow: StoredWorkflow;
	number: string;
}

/** A published workflow that watches one number, and a changed version of it that is not published yet. */
async function watch(index: number): Promise<Watching> {
	const number = `+1415555${String(1000 + index)}`;
	const trigger = (limit: number) =>
		chain(`Republish ${index}`, [
			{
				name: triggerName,
				type: `${packageName}.twilioTrigger`,
				typeVersion: 1,
				parameters: {
					event: 'newMessage',
					pollTimes: { item: [{ mode: 'everyMinute' }] },
					limit,
					filters: { to: number },
				},
				credentials: e2e.credentials(),
			},
			{ name: 'Received', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
		]);
	const stored = await e2e.n8n.createWorkflow(trigger(10));
	await e2e.n8n.activate(stored);
	const workflow = await e2e.n8n.updateWorkflow(await e2e.n8n.getWorkflow(stored.id), trigger(20));
	return { workflow, number };
}

const pollsOf = (number: string) =>
	e2e.simulator.requests.filter(({ query }) => query.some(([name, value]) => name === 'To' && value === number)).length;

const executionsOf = async ({ id }: StoredWorkflow) => await e2e.n8n.listExecutions({ workflowId: id });

test('each row starts an execution once, whichever version of the workflow has found it', async () => {
	const all: Watching[] = [];
	for (let index = 0; index < count; index++) all.push(await watch(index));
	e2e.simulator.requests.length = 0;
	const sids = all.map(({ number }, index) => {
		e2e.simulator.fault({ query: { To: number }, delay: delays[index] });
		return e2e.simulator.receive({ from: '+14155550123', to: number, body: 'Hello' }).sid;
	});

	const outcomes = await Promise.all(
		all.map(async ({ workflow, number }) => {
			// n8n polls each workflow at another second of the minute.
			await waitUntil(() => pollsOf(number) > 0, { what: `a poll for ${number}`, timeout: 75_000, interval: 1 });
			const publishing = e2e.n8n.activate(workflow);
			const isTaken = await waitUntil(
				async () => {
					const executions = (await executionsOf(workflow)).length;
					return (executions > 0 || pollsOf(number) > 1) && { before: pollsOf(number) === 1 };
				},
				{ what: `what came of ${number}`, timeout: 20_000, interval: 1 },
			);
			await publishing;
			return isTaken.before;
		}),
	);

	// At the next minute all have polled once more.
	await waitUntil(() => all.every(({ number }) => pollsOf(number) > 2), { what: 'another poll', timeout: 75_000 });
	for (const { workflow } of all) await e2e.n8n.deactivate(workflow);
	const started = await Promise.all(
		all.map(async ({ workflow }) => {
			const executions = await executionsOf(workflow);
			const texts = await Promise.all(executions.map(async ({ id }) => JSON.stringify(await e2e.n8n.getExecution(id))));
			return texts.map((text) => sids.filter((sid) => text.includes(sid)));
		}),
	);
	const taken = outcomes.filter(Boolean).length;
	process.stderr.write(`of ${count} polls n8n took ${taken} and dropped ${count - taken}\n`);
	expect(taken).toBeGreaterThan(0);
	expect(taken).toBeLessThan(count);
	expect(started).toEqual(sids.map((sid) => [[sid]]));
});
