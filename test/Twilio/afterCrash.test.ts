import type { IDataObject, INodeExecutionData, INodeParameters, INodeType, ITaskData } from 'n8n-workflow';

import { systemClock } from '../../nodes/shared/api/retry';
import { Twilio } from '../../nodes/Twilio/Twilio.node';
import { retryAfterCrash, retryExecution, runInLoop, type NodeRun, type RunOptions } from '../support/n8n';
import { execute, startWith, type WorkflowSetup } from '../support/n8n/runNode';
import { StartNode } from '../support/n8n/testNodes';
import { chain, createNode, nodeName } from '../support/n8n/workflow';
import { ownNumber, useSimulatedTwilio } from './simulatedTwilio';

/**
 * n8n saves nothing of an execution during which it is killed, and a retry of it begins anew. What was sent then must not be
 * sent again unasked; and a retry after another node has failed must send as usual. test/e2e/afterCrash.test.ts kills a real n8n.
 */

const twilio = useSimulatedTwilio();

const people = Array.from({ length: 6 }, (_, n) => ({ to: `+1415555020${n}`, body: `Hello ${n}` }));
const texted = () => twilio.simulator.state.messages.map(({ to }) => to).sort();
const everybody = people.map(({ to }) => to);
const sids = () => twilio.simulator.state.messages.map(({ sid }) => sid);

const parametersOf = (options: IDataObject = {}): INodeParameters => ({
	from: ownNumber,
	to: '={{ $json.to }}',
	body: '={{ $json.body }}',
	options: { requestsAtOnce: 1, ...options } as INodeParameters,
});

/** A text, as parameters of Twilio's. */
const textParameters = Object.entries({ To: everybody[0] ?? '', From: ownNumber, Body: 'Hello' }).map(
	([name, value]) => ({
		name,
		value,
	}),
);

/** An execution that has texted the first people when n8n is killed; gives what is to be retried. */
async function crash(
	options: IDataObject = {},
	{ sent = 3, items = people, ...more }: Partial<RunOptions> & { sent?: number } = {},
): Promise<NodeRun> {
	const run = await twilio.run('message.send', parametersOf(options), { ...more, items: items.slice(0, sent) });
	expect(run.error).toBeUndefined();
	twilio.simulator.requests.length = 0;
	return run;
}

describe('the retry of an execution that was cut off', () => {
	it.each([
		['saved with its context', true],
		['saved without, as a sub-workflow is', false],
	])('sends nothing unless it is told to, and says why: %s', async (_, context) => {
		const crashed = await crash();
		const { error, json } = await retryAfterCrash(crashed, { items: people, context });
		expect(json).toEqual([]);
		expect(error?.message).toContain('an execution that n8n could not finish');
		expect(error?.description).toMatch(/Nothing was sent now.*'After a Crash'.*'Look Up'.*'Send Again'/s);
		expect(twilio.simulator.requests).toEqual([]);
	});

	it('is noticed without what n8n has saved, too, where its context tells', async () => {
		const crashed = await crash();
		const { error } = await retryAfterCrash(crashed, { items: people, context: false, isReadable: false });
		expect(error?.message).toContain('could not finish');
		expect(twilio.simulator.requests).toEqual([]);
	});

	it('refuses each item where the workflow goes on after errors', async () => {
		const crashed = await crash({}, { onError: 'continueRegularOutput' });
		const { json, error } = await retryAfterCrash(crashed, { items: people });
		expect(error).toBeUndefined();
		expect(json).toEqual(
			people.map(() => expect.objectContaining({ error: expect.stringContaining('could not finish') })),
		);
		expect(twilio.simulator.requests).toEqual([]);
	});

	it('refuses also when the refused retry is retried, and goes on as soon as it is told how', async () => {
		const refused = await retryAfterCrash(await crash(), { items: people });
		const again = await retryExecution(refused);
		expect(again.error?.message).toContain('could not finish');
		expect(twilio.simulator.requests).toEqual([]);

		const parameters = { resource: 'message', operation: 'send', ...parametersOf({ afterCrash: 'lookUp' }) };
		const { json, error } = await retryExecution(again, { parameters });
		expect(error).toBeUndefined();
		expect(json.map(({ to }) => to)).toEqual(everybody);
		expect(texted()).toEqual(everybody);
	});

	it.each([true, false])(
		'sends only what is not at Twilio when it looks there (context saved: %s)',
		async (context) => {
			const crashed = await crash({ afterCrash: 'lookUp' });
			const first = sids();
			const { json, error } = await retryAfterCrash(crashed, { items: people, context });
			expect(error).toBeUndefined();
			expect(texted()).toEqual(everybody);
			expect(json.map(({ sid }) => sid)).toEqual(sids());
			expect(sids().slice(0, 3)).toEqual(first);
		},
	);

	it('sends all again when it is told to', async () => {
		const crashed = await crash({ afterCrash: 'sendAgain' });
		const { json } = await retryAfterCrash(crashed, { items: people });
		expect(json).toHaveLength(6);
		expect(texted()).toEqual([...everybody.slice(0, 3).flatMap((to) => [to, to]), ...everybody.slice(3)]);
		expect(twilio.forms()).toHaveLength(6);
		expect(twilio.simulator.requests).toHaveLength(6);
	});

	it('counts each message for one item', async () => {
		const same = Array.from({ length: 5 }, () => ({ to: everybody[0] ?? '', body: 'Hello' }));
		const crashed = await crash({ afterCrash: 'lookUp', requestsAtOnce: 10 }, { items: same, sent: 2 });
		const { json } = await retryAfterCrash(crashed, { items: same });
		expect(sids()).toHaveLength(5);
		expect(json.map(({ sid }) => sid)).toEqual(sids());
	});

	it('counts each message for one pass of a loop', async () => {
		const same = Array.from({ length: 5 }, () => ({ to: everybody[0] ?? '', body: 'Hello' }));
		const options = {
			node: new Twilio(),
			parameters: { resource: 'message', operation: 'send', ...parametersOf({ afterCrash: 'lookUp' }) },
			credentials: twilio.credentials as RunOptions['credentials'],
		};
		const crashed = await runInLoop({ ...options, items: same.slice(0, 2) });
		const { runs, error } = await retryAfterCrash(crashed, { items: same });
		expect(error).toBeUndefined();
		expect(runs).toHaveLength(5);
		expect(sids()).toHaveLength(5);
	});

	it('goes on where it stopped, when the retry itself fails', async () => {
		const crashed = await crash({ afterCrash: 'lookUp' });
		const refusedPerson = everybody[4] ?? '';
		twilio.simulator.state.optedOut.add(refusedPerson);
		const failed = await retryAfterCrash(crashed, { items: people });
		expect(failed.error?.message).toContain('unsubscribed');
		twilio.simulator.state.optedOut.clear();
		const { json, error } = await retryExecution(failed);
		expect(error).toBeUndefined();
		expect(json.map(({ to }) => to)).toEqual(everybody);
		expect(texted()).toEqual(everybody);
	});

	it('does not take older messages for those of the execution', async () => {
		const crashed = await crash({ afterCrash: 'lookUp', afterCrashHours: 2 });
		const aged = (hours: number) => new Date(Date.now() - hours * 3_600_000).toUTCString();
		twilio.simulator.state.messages.forEach((row, n) => (row.date_created = aged([1, 3, 1][n] ?? 0)));
		// The retry knows when the execution began only if its context was saved.
		await retryAfterCrash(crashed, { items: people, context: false });
		expect(texted()).toEqual([...everybody, everybody[1]].sort());

		twilio.simulator.state.messages.splice(3);
		await retryAfterCrash(crashed, { items: people });
		expect(texted()).toEqual([...everybody, ...everybody.slice(0, 3)].sort());
	});

	it('reads as many pages as there are messages since then', async () => {
		const crashed = await crash({ afterCrash: 'lookUp' }, { sent: 1 });
		const [own] = twilio.simulator.state.messages;
		for (let n = 0; n < 1500; n++) {
			twilio.simulator.state.messages.push({ ...own!, sid: `SM${String(n).padStart(32, '0')}`, body: 'Another' });
		}
		const { json } = await retryAfterCrash(crashed, { items: people.slice(0, 1) });
		expect(json).toMatchObject([{ sid: own?.sid }]);
		expect(twilio.forms()).toEqual([]);
	});

	it.each<[string, (row: { body: string; num_media: string }) => void]>([
		['a trial account', (row) => (row.body = `Sent from your Twilio trial account - ${row.body}`)],
		['plain quotes', (row) => (row.body = row.body.replace(/[“”]/g, '"'))],
		['an emptied text', (row) => (row.body = '')],
		['another count of media', (row) => (row.num_media = '1')],
	])('neither sends nor forgets what may be at Twilio: %s', async (_, change) => {
		const items = [{ to: everybody[0] ?? '', body: 'Say “Hello”' }];
		const crashed = await crash({ afterCrash: 'lookUp' }, { items });
		twilio.simulator.state.messages.forEach(change);
		const { error } = await retryAfterCrash(crashed, { items });
		expect(error?.message).toContain(
			`Nobody knows whether this message was sent before n8n stopped: ${sids()[0]} may be it`,
		);
		expect(twilio.forms()).toEqual([]);
	});

	it('sends nothing where Twilio cannot be asked', async () => {
		const crashed = await crash({ afterCrash: 'lookUp' });
		twilio.simulator.fault({ method: 'GET', status: 403, times: Infinity });
		const { error } = await retryAfterCrash(crashed, { items: people });
		expect(error).toBeDefined();
		expect(twilio.forms()).toEqual([]);
	});

	it('does not look up what nobody can tell from others', async () => {
		const [template] = twilio.simulator.state.contentTemplates;
		const parameters = {
			...parametersOf({ afterCrash: 'lookUp' }),
			contentType: 'template',
			contentSid: template?.sid ?? '',
		};
		const crashed = await twilio.run('message.send', parameters, { items: people.slice(0, 1) });
		twilio.simulator.requests.length = 0;
		const { error } = await retryAfterCrash(crashed, { items: people });
		expect(error?.message).toBe('After a crash, this message cannot be looked up at Twilio');
		expect(twilio.simulator.requests).toEqual([]);
	});

	it.each<[string, INodeParameters]>([
		['call.make', { from: ownNumber, to: everybody[0] ?? '', instructions: 'say', sayText: 'Hello' }],
		['verification.send', { to: everybody[0] ?? '', channel: 'sms' }],
		[
			'apiRequest.send',
			{
				method: 'POST',
				url: '2010-04-01/Accounts/{accountSid}/Messages.json',
				formBody: { parameter: textParameters },
			},
		],
	])('refuses, or does it again: %s', async (operation, parameters) => {
		const [service] = twilio.simulator.state.verifyServices;
		const own = { ...parameters, ...(operation === 'verification.send' && { verifyServiceSid: service?.sid ?? '' }) };
		const refused = await retryAfterCrash(await twilio.run(operation, own));
		expect(refused.error?.description).toMatch(/set the option 'After a Crash' to 'Send Again'/);
		expect(twilio.forms()).toHaveLength(1);

		await retryAfterCrash(await twilio.run(operation, { ...own, options: { afterCrash: 'sendAgain' } }));
		expect(twilio.forms()).toHaveLength(3);
	});

	it('does without a question what does no harm twice', async () => {
		const { error } = await retryAfterCrash(await twilio.run('message.getAll'));
		expect(error).toBeUndefined();
		const request = { method: 'GET', url: '2010-04-01/Accounts/{accountSid}/Messages.json' };
		expect((await retryAfterCrash(await twilio.run('apiRequest.send', request))).error).toBeUndefined();
	});
});

describe('what is no retry after a crash', () => {
	/** Fails the first time it is executed. */
	const flaky = (): INodeType => {
		let failed = false;
		return {
			description: { ...new StartNode().description, name: 'flaky' },
			async execute() {
				if (!failed) {
					failed = true;
					throw new Error('Not now');
				}
				return [this.getInputData()];
			},
		};
	};

	async function run(nodes: Array<[name: string, type: string]>, items: IDataObject[] = people): Promise<NodeRun> {
		const setup: WorkflowSetup = {
			nodes: nodes.map(([name, type]) =>
				type === 'twilio'
					? createNode(
							name,
							type,
							{ resource: 'message', operation: 'send', ...parametersOf() },
							{},
							twilio.credentials as RunOptions['credentials'],
						)
					: createNode(name, type),
			),
			connections: chain(...(nodes.map(([name]) => name) as [string, string])),
			nodeTypes: { start: new StartNode(), flaky: flaky(), twilio: new Twilio() },
			credentials: twilio.credentials as RunOptions['credentials'],
		};
		return await execute(setup, startWith(setup, items), 'trigger');
	}

	const itemsOf = ({ runs }: NodeRun): INodeExecutionData[] => runs.at(-1)?.data?.main?.[0] ?? [];

	it('sends as usual after a node before it has failed', async () => {
		const failed = await run([
			['Start', 'start'],
			['Flaky', 'flaky'],
			[nodeName, 'twilio'],
		]);
		expect(failed.error).toBeDefined();
		const retried = await retryExecution(failed);
		expect(retried.error).toBeUndefined();
		expect(itemsOf(retried)).toHaveLength(people.length);
		expect(texted()).toEqual(everybody);
	});

	it('sends nothing again after a node behind it has failed', async () => {
		const failed = await run([
			['Start', 'start'],
			[nodeName, 'twilio'],
			['Flaky', 'flaky'],
		]);
		const retried = await retryExecution(failed);
		expect(retried.error).toBeUndefined();
		expect(texted()).toEqual(everybody);
	});

	it.each(['refused by Twilio', 'refused before it was sent'])(
		'goes on after this node has failed: %s',
		async (how) => {
			const last = everybody[5] ?? '';
			if (how === 'refused by Twilio') twilio.simulator.state.optedOut.add(last);
			const body = how === 'refused by Twilio' ? 'Hello' : '={{ "" }}';
			const failed = await twilio.run('message.send', { ...parametersOf(), body }, { items: people });
			expect(failed.error).toBeDefined();
			twilio.simulator.state.optedOut.clear();
			const parameters = { resource: 'message', operation: 'send', ...parametersOf() };
			const { json, error } = await retryExecution(failed, { parameters });
			expect(error).toBeUndefined();
			expect(json.map(({ to }) => to)).toEqual(everybody);
			expect(texted()).toEqual(everybody);
		},
	);

	it('goes on in a loop after one of its passes has failed', async () => {
		twilio.simulator.state.optedOut.add(everybody[2] ?? '');
		const failed = await runInLoop({
			node: new Twilio(),
			parameters: { resource: 'message', operation: 'send', ...parametersOf() },
			credentials: twilio.credentials as RunOptions['credentials'],
			items: people,
		});
		expect(failed.error).toBeDefined();
		twilio.simulator.state.optedOut.clear();
		const { error } = await retryExecution(failed);
		expect(error).toBeUndefined();
		expect(texted()).toEqual(everybody);
	});

	it('sends as usual, whatever the option says, when it is no retry', async () => {
		const crashed = await crash();
		twilio.simulator.reset();
		const { error } = await retryAfterCrash(crashed, { items: people, mode: 'trigger' });
		expect(error).toBeUndefined();
		expect(texted()).toEqual(everybody);
		expect(twilio.simulator.requests).toHaveLength(people.length);
	});
});

describe('what n8n had saved of the execution, with "Save execution progress" or before a wait', () => {
	/** A run of a node; n8n counts those of each start from 0. */
	const ran = (executionIndex: number, more: Partial<ITaskData> = {}): ITaskData => ({
		startTime: 0,
		executionTime: 1,
		executionIndex,
		source: [],
		executionStatus: 'success',
		data: { main: [people.map((json) => ({ json }))] },
		...more,
	});

	/** Retries what was saved; the retry begins with `first`. */
	async function retry(first: string, runData: Record<string, ITaskData[]>): Promise<NodeRun> {
		const { workflow } = await crash({}, { sent: 1 });
		twilio.simulator.reset();
		const nodes = [...workflow.nodes, createNode('Other', 'start')];
		const connections = chain('Start', 'Other', nodeName);
		const data = startWith(workflow, people);
		const [entry] = data.executionData!.nodeExecutionStack;
		entry!.node = nodes.find(({ name }) => name === first)!;
		entry!.source = { main: [{ previousNode: 'Start' }] };
		data.executionData!.runtimeData = { version: 1, establishedAt: Date.now() - 1000, source: 'webhook' };
		data.resultData.runData = runData;
		return await execute({ ...workflow, nodes, connections }, data, 'retry');
	}

	it.each<[string, string, Record<string, ITaskData[]>]>([
		['before this node', nodeName, { Start: [ran(0)], Other: [ran(1)] }],
		['before this node, as the event log tells', nodeName, { Start: [ran(0)], Other: [ran(1)], [nodeName]: [] }],
		['before a node that waited', 'Other', { Start: [ran(0)], [nodeName]: [] }],
		['before a node that waited', 'Other', { Start: [ran(0)], [nodeName]: [ran(0, { executionStatus: 'crashed' })] }],
	])('was cut off: %s', async (_, first, runData) => {
		const { error } = await retry(first, runData);
		expect(error?.message).toContain('could not finish');
		expect(texted()).toEqual([]);
	});

	it.each<[string, string, Record<string, ITaskData[]>]>([
		['another node had failed', 'Other', { Start: [ran(0)], Other: [] }],
		['another node had failed, and has been saved since', nodeName, { Start: [ran(0)], Other: [ran(0)] }],
	])('was not cut off: %s', async (_, first, runData) => {
		const { error } = await retry(first, runData);
		expect(error).toBeUndefined();
		expect(texted()).toEqual(everybody);
	});
});

describe('the clock', () => {
	it('of this machine may be hours off', async () => {
		const now = jest.spyOn(systemClock, 'now');
		for (const difference of [-7_200_000, 7_200_000]) {
			twilio.simulator.reset();
			now.mockImplementation(() => Date.now() + difference);
			const crashed = await crash({ afterCrash: 'lookUp', afterCrashHours: 1 });
			await retryAfterCrash(crashed, { items: people, context: false });
			expect(texted()).toEqual(everybody);
		}
		now.mockRestore();
	});
});
