import type { IDataObject, INodeType } from 'n8n-workflow';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

import { TriggerMemories } from '../../nodes/shared/triggerMemories';
import { WebhookWorkflow, type PollingWorkflow } from '../support/n8n';
import { useSimulatedTrigger, valuesOf } from '../TwilioTrigger/simulatedTrigger';

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
		const { TwilioTrigger } = jest.requireActual<typeof import('../../nodes/TwilioTrigger/TwilioTrigger.node')>(
			'../../nodes/TwilioTrigger/TwilioTrigger.node',
		);
		const { TwilioStatusWebhookTrigger } = jest.requireActual<
			typeof import('../../nodes/TwilioStatusWebhook/TwilioStatusWebhookTrigger.node')
		>('../../nodes/TwilioStatusWebhook/TwilioStatusWebhookTrigger.node');
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

it('what a trigger has lent lasts, also in a process where it has not been at work yet', async () => {
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
	// Its copy has nothing of the second one.
	expect(valuesOf(await first.poll())).toEqual([sid]);
	expect(first.saved).not.toHaveProperty('node:Second');
	await expectNothingAgain(first.saved, 'Second');
});

type Context = Parameters<TriggerMemories['lend']>[0];

/** What n8n gives to a trigger of a workflow whose polling trigger leads to a node. */
const context = (name: string, staticData: IDataObject = {}, isDisabled = false) =>
	({
		getWorkflow: () => ({ id: '1' }),
		getNode: () => ({ name }),
		getChildNodes: () => [{ name: 'Next' }],
		getParentNodes: () => [
			{ name: status, disabled: false },
			{ name: polling, disabled: isDisabled },
		],
		getWorkflowStaticData: () => staticData,
	}) as unknown as Context;

it('lends what is known when n8n saves, which is later than when the trigger is done', () => {
	const memories = new TriggerMemories();
	const saved: IDataObject = {};
	memories.set(context(polling), { cursor: { revision: 1 } });
	memories.set(context(status, saved), {});
	memories.lend(context(status, saved));
	memories.set(context(polling), { cursor: { revision: 2 } });
	expect(saved).toEqual({
		twilioExtended: { pollers: [polling], memories: { [polling]: { cursor: { revision: 2 } } } },
	});
});

it('lends to a trigger that comes before n8n saves, too', () => {
	const memories = new TriggerMemories();
	const saved: IDataObject = {};
	memories.set(context(status, saved), {});
	memories.lend(context(status, saved));
	memories.set(context(polling), { cursor: { revision: 1 } });
	expect(saved).toMatchObject({ twilioExtended: { memories: { [polling]: { cursor: { revision: 1 } } } } });
});

it('a polling trigger that is disabled does not count, and connections that lead to nowhere do no harm', () => {
	const saved = { twilioExtended: { pollers: [polling], memories: {} } };
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
	expect([0, 1, 1000].map((workflow) => memories.get(of(workflow)))).toEqual([undefined, {}, {}]);
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

it('what a trigger has lent goes with it', async () => {
	const process = startProcess();
	const trigger = pollingTrigger(process);
	await trigger.activate();
	const { saved } = await callback(process, trigger.saved, 'SM1');
	expect(saved.global).toEqual({
		twilioExtended: { pollers: [polling], memories: { [polling]: { cursor: expect.anything() } } },
	});
	const without = await callback(startProcess(), saved, 'SM2', ['Renamed']);
	expect(without.saved.global).toEqual({ twilioExtended: { pollers: [], memories: {} } });
	const renamed = pollingTrigger(startProcess(), without.saved, 'Renamed');
	await renamed.activate();
	expect(renamed.saved.global).toEqual({ twilioExtended: { pollers: ['Renamed'], memories: {} } });
});

it('leaves what is not ours', async () => {
	const global = { mine: { count: 1 } };
	const { saved } = await callback(startProcess(), { global }, 'SM1', []);
	expect(saved.global).toEqual({ ...global, twilioExtended: { pollers: [], memories: {} } });
	const trigger = pollingTrigger(startProcess(), { global });
	await trigger.activate();
	expect(trigger.saved.global).toEqual({ ...global, twilioExtended: { pollers: [polling], memories: {} } });
});

it.each<[string, unknown]>([
	['nothing', null],
	['a text', 'x'],
	['other things', { pollers: [1, null, status], memories: { [polling]: 7, [status]: { recentStatuses: [] } } }],
	['a list', { pollers: 'x', memories: [1] }],
])('works where somebody has written %s in its place', async (_, twilioExtended) => {
	const process = startProcess();
	const trigger = pollingTrigger(process, { global: { twilioExtended } } as IDataObject);
	expect(await trigger.activate()).toBeNull();
	await receiveWith(trigger);
	expect((await callback(process, trigger.saved, 'SM1')).starts).toBe(true);
});
