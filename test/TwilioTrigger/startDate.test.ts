import type { INodeParameters } from 'n8n-workflow';

import type { PollingWorkflow } from '../support/n8n';
import { useSimulatedTrigger, valuesOf } from './simulatedTrigger';

/** A start date in the past gives what there is already, once; what begins when something is changed later. */

const trigger = useSimulatedTrigger();

const day = 24 * 60 * 60;
const startDate = '2026-11-17T12:00:00Z';

const workflowWith = (filters: INodeParameters, onActivation = 'startNow', before?: PollingWorkflow) =>
	trigger.workflow(
		{ event: 'newAlert', filters, options: { onActivation } },
		before && { saved: before.saved, id: before.id },
	);

const alert = (ago = 0) => trigger.simulator.alert({ dateGenerated: trigger.ago(ago), logLevel: 'error' }).sid;

/** An active workflow with a start date, which has emitted two alerts from since then, and two alerts that it has not seen. */
async function activeSince(onActivation?: string) {
	const old = [alert(2 * day), alert(day)];
	const workflow = workflowWith({ startDate }, onActivation);
	expect(valuesOf(await workflow.activate())).toEqual(old);
	trigger.wait(3600);
	const missed = alert();
	trigger.wait(3 * 3600);
	return { workflow, old, missed };
}

/** From here on every alert comes once. */
async function expectGoesOn(workflow: PollingWorkflow): Promise<void> {
	trigger.wait(60);
	const sid = alert();
	trigger.wait(60);
	expect(valuesOf(await workflow.poll())).toEqual([sid]);
	expect(await workflow.poll()).toBeNull();
}

it.each(['continue', 'startNow'])(
	'a first activation goes back to it, with "On Activation" set to %s',
	async (mode) => {
		const { workflow, missed } = await activeSince(mode);
		expect(valuesOf(await workflow.poll())).toEqual([missed]);
		await expectGoesOn(workflow);
		expect(await workflow.restart()).toBeNull();
	},
);

it('goes on over several polls where the limit is lower', async () => {
	const old = [alert(2 * day), alert(day)];
	const workflow = trigger.workflow({
		event: 'newAlert',
		limit: 1,
		filters: { startDate },
		options: { onActivation: 'startNow' },
	});
	const polls = [await workflow.activate(), await workflow.poll(), await workflow.poll()];
	expect(polls.map((rows) => valuesOf(rows))).toEqual([[old[0]], [old[1]], []]);
});

it('comes after a first activation that failed', async () => {
	const old = alert(day);
	const workflow = workflowWith({ startDate });
	trigger.simulator.fault({ status: 403, body: { code: 20403, message: 'Forbidden', status: 403 } });
	await expect(workflow.activate()).rejects.toThrow('Forbidden');
	expect(valuesOf(await workflow.activate())).toEqual([old]);
});

it('a later activation starts now, if it is to', async () => {
	const { workflow } = await activeSince();
	expect(await workflow.activate()).toBeNull();
	await expectGoesOn(workflow);
});

it('a later activation continues, if it is to', async () => {
	const { workflow, missed } = await activeSince('continue');
	expect(valuesOf(await workflow.activate())).toEqual([missed]);
	await expectGoesOn(workflow);
});

it.each(['activate', 'update'] as const)('another filter starts now and not at the start date: %s', async (mode) => {
	const { workflow } = await activeSince('continue');
	const changed = workflowWith({ startDate, logLevel: 'error' }, 'continue', workflow);
	expect(await changed.activate(mode)).toBeNull();
	await expectGoesOn(changed);
	const back = workflowWith({ startDate }, 'continue', changed);
	expect(await back.activate(mode)).toBeNull();
	await expectGoesOn(back);
});

it.each(['continue', 'startNow'])(
	'another start date is gone back to, with "On Activation" set to %s',
	async (mode) => {
		const earlier = alert(5 * day);
		const { workflow, old, missed } = await activeSince(mode);
		const changed = workflowWith({ startDate: '2026-11-14' }, mode, workflow);
		expect(valuesOf(await changed.activate())).toEqual([earlier, ...old, missed]);
		await expectGoesOn(changed);
	},
);

it('a start date that is added later is gone back to', async () => {
	const old = alert(day);
	const workflow = workflowWith({});
	expect(await workflow.activate()).toBeNull();
	const changed = workflowWith({ startDate }, 'startNow', workflow);
	expect(valuesOf(await changed.activate('update'))).toEqual([old]);
	await expectGoesOn(changed);
});

it('a start date that is removed changes nothing, and neither does the same one when it is added again', async () => {
	const { workflow, missed } = await activeSince();
	const without = workflowWith({}, 'startNow', workflow);
	expect(valuesOf(await without.activate('update'))).toEqual([missed]);
	await expectGoesOn(without);
	const again = workflowWith({ startDate }, 'startNow', without);
	expect(await again.activate('update')).toBeNull();
	await expectGoesOn(again);
});

it('another event in between does not make it begin again', async () => {
	const { workflow } = await activeSince();
	const other = trigger.workflow({ event: 'newMessage' }, { saved: workflow.saved, id: workflow.id });
	expect(await other.activate('update')).toBeNull();
	const back = workflowWith({ startDate }, 'continue', other);
	expect(await back.activate('update')).toBeNull();
	await expectGoesOn(back);
});

it.each([
	['with a blank', '2026-11-17 12:00:00Z'],
	['with white space', ' 2026-11-17T12:00:00Z '],
	['as an expression without one', '=2026-11-17T12:00:00Z'],
])('is the same when it is written %s', async (_, written) => {
	const { workflow, missed } = await activeSince();
	const changed = workflowWith({ startDate: written }, 'startNow', workflow);
	expect(valuesOf(await changed.activate('update'))).toEqual([missed]);
});

describe('a start date that is still to come', () => {
	const waiting = async () => {
		const workflow = workflowWith({ startDate: '2026-11-21T12:00:00Z' });
		expect(await workflow.activate()).toBeNull();
		trigger.wait(3600);
		alert();
		expect(await workflow.poll()).toBeNull();
		return workflow;
	};

	it('is waited for', async () => {
		const workflow = await waiting();
		trigger.wait(day);
		await expectGoesOn(workflow);
	});

	it('is waited for with another filter, too', async () => {
		const changed = workflowWith({ startDate: '2026-11-21T12:00:00Z', logLevel: 'error' }, 'startNow', await waiting());
		expect(await changed.activate()).toBeNull();
		alert();
		expect(await changed.poll()).toBeNull();
		trigger.wait(day);
		await expectGoesOn(changed);
	});

	it('is not waited for once it is removed', async () => {
		const changed = workflowWith({}, 'continue', await waiting());
		expect(await changed.activate('update')).toBeNull();
		await expectGoesOn(changed);
	});
});

it('a damaged cursor starts now, since nobody knows what was emitted', async () => {
	const { workflow } = await activeSince('continue');
	const saved = JSON.parse(JSON.stringify(workflow.saved), (key, value: unknown) =>
		key === 'cursor' ? 'x' : value,
	) as never;
	const damaged = trigger.workflow({ event: 'newAlert', filters: { startDate } }, { saved });
	expect(await damaged.activate('init')).toBeNull();
	await expectGoesOn(damaged);
});
