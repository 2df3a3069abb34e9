import type { IDataObject, INodeType } from 'n8n-workflow';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

import { TriggerMemories } from '../../../nodes/shared/n8n/triggerMemories';
import { WebhookWorkflow, type PollingWorkflow } from '../../support/n8n';
import { useSimulatedTrigger, valuesOf } from '../../TwilioTrigger/simulatedTrigger';

/**
 * Several triggers of this package in one workflow, whose static data n8n saves as a whole and from copies. Here a copy is
 * as old as a test wants it to be.
 */

const simulated = useSimulatedTrigger();
const authToken = '0123456789abcdef0123456789abcdef';
const status = 'Node';
const polling = 'Polling';

/** One process of n8n: nothing is left of what others had in memory. */
interface Process {
	polling: INodeType;
	status: INodeType;
}

function startProcess(): Process {
	let started: Process | undefined;
	jest.isolateModules(() => {
		const { TwilioTrigger } = jest.requireActual<typeof import('../../../nodes/TwilioTrigger/TwilioTrigger.node')>(
			'../../../nodes/TwilioTrigger/TwilioTrigger.node',
		);
		const { TwilioStatusWebhookTrigger } = jest.requireActual<
			typeof import('../../../nodes/TwilioStatusWebhook/TwilioStatusWebhookTrigger.node')
		>('../../../nodes/TwilioStatusWebhook/TwilioStatusWebhookTrigger.node');
		started = { polling: new TwilioTrigger(), status: new TwilioStatusWebhookTrigger() };
	});
	return started as Process;
}

const pollingTrigger = (process: Process, saved: IDataObject = {}, name = polling, beside = [status]) =>
	simulated.workflow({ event: 'newMessage' }, { node: process.polling, name, beside, id: '1', saved });

const receive = () => simulated.simulator.receive({ from: '+14155550123', to: '+14155550100', body: 'Hello' }).sid;

/** A row comes, and starts the workflow. */
async function receiveWith(trigger: PollingWorkflow): Promise<string> {
	simulated.wait(60);
	const sid = receive();
	expect(valuesOf(await trigger.poll())).toEqual([sid]);
	return sid;
}

/** A process that starts with what the database has, and then gets one row: it is the only one that starts the workflow. */
async function expectNothingAgain(saved: IDataObject, name = polling): Promise<void> {
	const trigger = pollingTrigger(startProcess(), saved, name);
	expect(await trigger.activate('init')).toBeNull();
	await receiveWith(trigger);
}

/** What a callback leaves in the database, and whether it starts the workflow. */
async function callback(
	process: Process,
	saved: IDataObject,
	sid: string,
	beside = [polling],
): Promise<{ starts: boolean; saved: IDataObject }> {
	const credentials = { twilioExtendedApi: { authToken, accountSid: `AC${'a'.repeat(32)}`, region: 'us1' } };
	const trigger = new WebhookWorkflow({ node: process.status, credentials, saved, beside, id: '1' });
	const form = { MessageSid: sid.repeat(34).slice(0, 34), MessageStatus: 'delivered' };
	const headers = { 'X-Twilio-Signature': getExpectedTwilioSignature(authToken, trigger.url(), form) };
	const { response, items } = await trigger.call({ form, headers });
	expect(response.status).toBe(204);
	return { starts: items !== undefined, saved: trigger.saved };
}

it('a callback whose copy is older than a poll does not set the polling trigger back', async () => {
	const process = startProcess();
	const trigger = pollingTrigger(process);
	await trigger.activate();
	const copy = trigger.saved;
	await receiveWith(trigger);
	const after = await callback(process, copy, 'SM1');
	expect(after.starts).toBe(true);
	await expectNothingAgain(after.saved);
});

it('a poll whose copy is older than a callback does not set the status trigger back', async () => {
	const process = startProcess();
	const trigger = pollingTrigger(process);
	await trigger.activate();
	expect((await callback(process, trigger.saved, 'SM1')).starts).toBe(true);
	await receiveWith(trigger);
	expect(await callback(startProcess(), trigger.saved, 'SM1')).toEqual({ starts: false, saved: trigger.saved });
	expect((await callback(startProcess(), trigger.saved, 'SM2')).starts).toBe(true);
});

it('rows that n8n could not store come again after a restart, too, once another trigger has saved', async () => {
	const process = startProcess();
	const trigger = pollingTrigger(process);
	await trigger.activate();
	await callback(process, trigger.saved, 'SM1');
	simulated.wait(60);
	const sid = receive();
	const locked = Promise.reject(new Error('SQLITE_BUSY: database is locked'));
	expect(valuesOf(await trigger.poll(async () => await locked))).toEqual([sid]);
	await new Promise((next) => setImmediate(next));
	// Its copy is what n8n saved when it took the rows.
	const { saved } = await callback(process, trigger.saved, 'SM2');
	expect(valuesOf(await pollingTrigger(startProcess(), saved).activate('init'))).toEqual([sid]);
});

it('what a trigger has saved of another one lasts, also in a process where it has not been at work yet', async () => {
	const process = startProcess();
	const trigger = pollingTrigger(process);
	await trigger.activate();
	await callback(process, trigger.saved, 'SM1');
	await receiveWith(trigger);
	const restarted = pollingTrigger(startProcess(), trigger.saved);
	await restarted.activate('init');
	await receiveWith(restarted);
	expect((await callback(startProcess(), restarted.saved, 'SM1')).starts).toBe(false);
});

it('polling triggers of which one was published later do not set each other back', async () => {
	const process = startProcess();
	const first = pollingTrigger(process, {}, 'First', ['Second']);
	await first.activate();
	const second = pollingTrigger(process, first.saved, 'Second', ['First']);
	await second.activate();
	simulated.wait(60);
	const sid = receive();
	expect(valuesOf(await second.poll())).toEqual([sid]);
	// Its copy is older than the second one.
	expect(valuesOf(await first.poll())).toEqual([sid]);
	await expectNothingAgain(first.saved, 'Second');
});

type Context = Parameters<TriggerMemories['save']>[0];

/** What n8n gives to a trigger of a workflow whose polling trigger leads to a node. */
const context = (name: string, staticData: IDataObject = {}, isDisabled = false) =>
	({
		getWorkflow: () => ({ id: '1' }),
		getNode: () => ({ id: `id-${name}`, name }),
		getChildNodes: () => [{ name: 'Next' }],
		getParentNodes: () => [
			{ name: status, disabled: false },
			{ name: polling, disabled: isDisabled },
		],
		getWorkflowStaticData: () => staticData,
	}) as unknown as Context;

it('saves what is known when n8n saves, which is later than when the trigger is done', () => {
	const memories = new TriggerMemories();
	const saved: IDataObject = {};
	memories.set(context(polling), { cursor: { revision: 1 } });
	memories.set(context(status, saved), {});
	memories.save(context(status, saved));
	memories.set(context(polling), { cursor: { revision: 2 } });
	expect(saved).toEqual({
		twilioExtended: {
			memories: {
				'id-Node': { name: status },
				'id-Polling': { name: polling, cursor: { revision: 2 } },
			},
		},
	});
});

it('saves for a trigger that comes before n8n saves, too', () => {
	const memories = new TriggerMemories();
	const saved: IDataObject = {};
	memories.set(context(status, saved), {});
	memories.save(context(status, saved));
	memories.set(context(polling), { cursor: { revision: 1 } });
	expect(saved).toMatchObject({ twilioExtended: { memories: { 'id-Polling': { cursor: { revision: 1 } } } } });
});

it.each([
	['this process knows more', 5, 4, 5],
	['another process has polled since', 5, 9, 9],
])('of two memories of another trigger the later one counts: %s', (_, known, saved, expected) => {
	const memories = new TriggerMemories();
	const memory = (revision: number) => ({ name: polling, cursor: { revision } });
	const staticData: IDataObject = { twilioExtended: { memories: { 'id-Polling': memory(saved) } } };
	memories.set(context(polling), { cursor: { revision: known } });
	memories.set(context(status), {});
	memories.save(context(status, staticData));
	expect(staticData).toMatchObject({ twilioExtended: { memories: { 'id-Polling': memory(expected) } } });
	expect(memories.get(context(polling))).toEqual(memory(expected));
});

it('a polling trigger that is disabled does not count, and connections that lead to nowhere do no harm', () => {
	const saved = { twilioExtended: { memories: { 'id-Polling': { name: polling, cursor: {} } } } };
	const isPolled = (each: Context) => new TriggerMemories().isPolledElsewhere(each);
	expect(isPolled(context(status, saved))).toBe(true);
	expect(isPolled(context(status, saved, true))).toBe(false);
	const getChildNodes = () => {
		throw new TypeError("Cannot read properties of undefined (reading 'name')");
	};
	expect(isPolled({ ...context(status, saved), getChildNodes })).toBe(true);
});

it('forgets the workflows whose triggers were at work the longest ago', () => {
	const memories = new TriggerMemories();
	const of = (workflow: number) => ({
		...context(status),
		getWorkflow: () => ({ id: String(workflow), active: true }),
	});
	for (let workflow = 0; workflow <= 1000; workflow++) memories.set(of(workflow), {});
	expect([0, 1, 1000].map((workflow) => memories.get(of(workflow)))).toEqual([
		undefined,
		{ name: status },
		{ name: status },
	]);
});

describe('a process that only takes callbacks', () => {
	it('saves nothing in a workflow that another one polls, and still tells repetitions', async () => {
		const trigger = pollingTrigger(startProcess());
		await trigger.activate();
		const webhooks = startProcess();
		expect(await callback(webhooks, trigger.saved, 'SM1')).toEqual({ starts: true, saved: trigger.saved });
		expect(await callback(webhooks, trigger.saved, 'SM1')).toEqual({ starts: false, saved: trigger.saved });
	});

	it('does not forget that, though a callback before has overwritten it', async () => {
		const trigger = pollingTrigger(startProcess());
		await trigger.activate();
		const webhooks = startProcess();
		await callback(webhooks, trigger.saved, 'SM1');
		expect(await callback(webhooks, {}, 'SM2')).toEqual({ starts: true, saved: {} });
		// Without the polling trigger it saves again.
		expect((await callback(webhooks, {}, 'SM3', [])).saved).not.toEqual({});
	});

	it('saves once the workflow has no polling trigger any more', async () => {
		const trigger = pollingTrigger(startProcess());
		await trigger.activate();
		const { saved } = await callback(startProcess(), trigger.saved, 'SM1', []);
		expect((await callback(startProcess(), saved, 'SM1', [])).starts).toBe(false);
	});
});

describe('a node that is renamed', () => {
	const id = 'id-Polling';
	const named = (name: string, process: Process, saved: IDataObject = {}, nodeId = id, beside = [status]) =>
		simulated.workflow({ event: 'newMessage' }, { node: process.polling, name, nodeId, beside, id: '1', saved });

	/** What one name emits, and then another one after a row that came in between. */
	const rename = async (process: Process, before: PollingTrigger, name: string) => {
		simulated.wait(60);
		const sid = receive();
		simulated.wait(3600);
		const after = named(name, process, before.saved);
		expect(valuesOf(await after.activate('update'))).toEqual([sid]);
		expect(await after.poll()).toBeNull();
		return after;
	};
	type PollingTrigger = ReturnType<typeof named>;

	it.each(['the same process', 'another process'])('goes on, also when it is named as before: %s', async (which) => {
		const first = startProcess();
		const next = () => (which === 'the same process' ? first : startProcess());
		const before = named('A', first);
		await before.activate();
		await receiveWith(before);
		const renamed = await rename(next(), before, 'B');
		await receiveWith(renamed);
		const back = await rename(next(), renamed, 'A');
		await receiveWith(back);
		expect(await named('A', startProcess(), back.saved).activate('init')).toBeNull();
	});

	it('goes on where another trigger saves before it has polled', async () => {
		const before = named(polling, startProcess());
		await before.activate();
		const sid = receive();
		const { saved } = await callback(startProcess(), before.saved, 'SM1', ['B']);
		expect(valuesOf(await named('B', startProcess(), saved).activate('update'))).toEqual([sid]);
	});

	it('is another one than the node that now has its name', async () => {
		const process = startProcess();
		const before = named('A', process);
		await before.activate();
		const renamed = await rename(process, before, 'B');
		const other = named('A', process, renamed.saved, 'id-other', ['B']);
		receive();
		expect(await other.activate('update')).toBeNull();
		await receiveWith(other);
	});

	it('a copy of a node begins with what comes from then on, and the node goes on', async () => {
		const process = startProcess();
		const node = named('A', process, {}, id, ['A1']);
		await node.activate();
		const sid = receive();
		const copy = named('A1', process, node.saved, 'id-copy', ['A']);
		expect(await copy.activate('update')).toBeNull();
		expect(valuesOf(await node.poll())).toEqual([sid]);
		expect(await copy.poll()).toBeNull();
	});

	it('a workflow that is imported as another one begins with what was saved, and on its own', async () => {
		const process = startProcess();
		const node = named('A', process);
		await node.activate();
		const sid = receive();
		const imported = simulated.workflow(
			{ event: 'newMessage' },
			{ node: process.polling, name: 'A', nodeId: id, id: '2', saved: node.saved },
		);
		expect(valuesOf(await imported.activate())).toEqual([sid]);
		expect(valuesOf(await node.poll())).toEqual([sid]);
	});
});

describe('a trigger that is gone', () => {
	const day = 24 * 60 * 60;

	/** A polling trigger that was removed, and what its status trigger saves some days later, twice. */
	const gone = async (days: number) => {
		const before = pollingTrigger(startProcess());
		await before.activate();
		const first = await callback(startProcess(), before.saved, 'SM1', []);
		simulated.wait(days * day);
		return (await callback(startProcess(), first.saved, 'SM2', [])).saved;
	};

	it('is remembered for a while: when it is back, it goes on', async () => {
		const saved = await gone(29);
		const sid = receive();
		expect(valuesOf(await pollingTrigger(startProcess(), saved).activate('update'))).toEqual([sid]);
	});

	it('counts as there again as soon as any trigger sees it', () => {
		const memory = { name: polling, cursor: { revision: 1 } };
		const staticData = { twilioExtended: { memories: { 'id-Polling': { ...memory, goneSince: 1 } } } };
		const memories = new TriggerMemories();
		memories.set(context(status), {});
		memories.save(context(status, staticData));
		expect(staticData.twilioExtended.memories['id-Polling']).toEqual(memory);
	});

	it('is forgotten after 30 days', async () => {
		const saved = await gone(31);
		expect(JSON.stringify(saved)).not.toContain('cursor');
		expect(await pollingTrigger(startProcess(), saved).activate('update')).toBeNull();
	});
});

it('leaves what is not ours', async () => {
	const global = { mine: { count: 1 } };
	const { saved } = await callback(startProcess(), { global }, 'SM1', []);
	expect(saved.global).toEqual({ ...global, twilioExtended: { memories: { 'id-Node': expect.anything() } } });
	const trigger = pollingTrigger(startProcess(), { global });
	await trigger.activate();
	expect(trigger.saved.global).toEqual({
		...global,
		twilioExtended: { memories: { 'id-Polling': expect.anything() } },
	});
});

it.each<[string, unknown]>([
	['nothing', null],
	['a text', 'x'],
	[
		'other things',
		{ memories: { 'id-Polling': 7, 'id-Node': { name: status, recentRequests: [] }, other: { name: 1 } } },
	],
	['a cursor that is none', { memories: { 'id-Polling': { name: polling, cursor: 'x', goneSince: 'x' } } }],
	['a list', { memories: [1] }],
])('works where somebody has written %s in its place', async (_, twilioExtended) => {
	const process = startProcess();
	const trigger = pollingTrigger(process, { global: { twilioExtended } } as IDataObject);
	expect(await trigger.activate()).toBeNull();
	await receiveWith(trigger);
	expect((await callback(process, trigger.saved, 'SM1')).starts).toBe(true);
});
