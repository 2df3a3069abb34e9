import { PollContext } from 'n8n-core';
import { ManualExecutionCancelledError, TimeoutExecutionCancelledError, UnexpectedError } from 'n8n-workflow';

import type { PollingWorkflow } from '../../support/n8n';
import { savedCursor, useSimulatedTrigger, valuesOf } from '../../TwilioTrigger/simulatedTrigger';

/** n8n takes rows, and then cannot store the execution that they start. */

const trigger = useSimulatedTrigger();

const receive = () => trigger.simulator.receive({ from: '+14155550123', to: '+14155550100', body: 'Hello' }).sid;

const active = async (options: Parameters<typeof trigger.workflow>[1] = {}) => {
	const workflow = trigger.workflow({ event: 'newMessage' }, options);
	await workflow.activate();
	trigger.wait(60);
	return workflow;
};

const locked = new Error('SQLITE_BUSY: database is locked');

/** An execution whose fate is decided later, and how to wait until n8n has told the trigger. */
function undecided() {
	let reject: (error: Error) => void = () => {};
	let resolve: () => void = () => {};
	const execution = new Promise<void>((...settle) => ([resolve, reject] = settle));
	const told = async () => await new Promise((next) => setImmediate(next));
	return {
		execution: async () => await execution,
		ends: async () => {
			resolve();
			await told();
		},
		fails: async (error: Error = locked) => {
			reject(error);
			await told();
		},
	};
}

/** A poll whose rows n8n takes and cannot store. */
async function refusedPoll(workflow: PollingWorkflow): Promise<unknown[]> {
	const { execution, fails } = undecided();
	const sids = valuesOf(await workflow.poll(execution));
	await fails();
	return sids;
}

it('finds the rows again with the next poll, and says so in the log', async () => {
	const workflow = await active();
	const before = savedCursor(workflow)?.floor;
	const sid = receive();
	const warn = jest.fn();
	const logger = jest.spyOn(PollContext.prototype, 'logger', 'get').mockReturnValue({ warn } as never);
	expect(await refusedPoll(workflow)).toEqual([sid]);
	logger.mockRestore();
	expect(warn.mock.calls).toEqual([[expect.stringMatching(/could not store .+"Node" .*SQLITE_BUSY.* come again/)]]);
	workflow.save();
	expect(savedCursor(workflow)?.floor).toBe(before);

	trigger.wait(60);
	expect(valuesOf(await workflow.poll())).toEqual([sid]);
	expect(await workflow.poll()).toBeNull();
});

it('finds them again as often as it takes, with what came meanwhile', async () => {
	const workflow = await active();
	const sids: string[] = [];
	for (let minute = 0; minute < 5; minute++) {
		sids.push(receive());
		expect(await refusedPoll(workflow)).toEqual(sids);
		trigger.wait(60);
	}
	expect(valuesOf(await workflow.poll())).toEqual(sids);
	expect(await workflow.poll()).toBeNull();
});

it.each(['first', 'second', 'both', 'both, the second one first'])(
	'does not mix up polls: of two it cannot store the %s',
	async (which) => {
		const workflow = await active();
		const [one, two] = [undecided(), undecided()];
		const first = receive();
		expect(valuesOf(await workflow.poll(one.execution))).toEqual([first]);
		trigger.wait(3600);
		const second = receive();
		expect(valuesOf(await workflow.poll(two.execution))).toEqual([second]);
		trigger.wait(3600);
		expect(await workflow.poll()).toBeNull();

		if (which === 'both, the second one first') await two.fails();
		await (which === 'second' ? one.ends() : one.fails());
		if (which !== 'both, the second one first') await (which === 'first' ? two.ends() : two.fails());
		const lost = { first: [first], second: [second] }[which] ?? [first, second];
		expect(valuesOf(await workflow.poll())).toEqual(lost);
		expect(await workflow.poll()).toBeNull();
	},
);

it('finds them again where another poll is under way when n8n says so', async () => {
	const workflow = await active();
	const one = undecided();
	const first = receive();
	expect(valuesOf(await workflow.poll(one.execution))).toEqual([first]);
	trigger.wait(60);
	const second = receive();
	trigger.simulator.fault({ delay: 50 });
	const before = trigger.simulator.requests.length;
	const polling = workflow.poll();
	while (trigger.simulator.requests.length === before) await new Promise((next) => setImmediate(next));
	await one.fails();
	expect(valuesOf(await polling)).toEqual([second]);
	expect(valuesOf(await workflow.poll())).toEqual([first]);
	expect(await workflow.poll()).toBeNull();
});

it('finds them again where the workflow was published again meanwhile, by whatever n8n had read', async () => {
	const workflow = await active();
	const one = undecided();
	const sid = receive();
	await workflow.poll(one.execution);
	const read = structuredClone(workflow.saved);
	trigger.wait(60);
	expect(await workflow.activate('update')).toBeNull();
	await one.fails();
	expect(valuesOf(await workflow.activate('update', read))).toEqual([sid]);
	expect(await workflow.poll()).toBeNull();
});

it('finds them again after a restart, once anything was saved', async () => {
	const workflow = await active();
	const sid = receive();
	await refusedPoll(workflow);
	workflow.save();
	expect(valuesOf(await workflow.restart())).toEqual([sid]);
});

it('finds them again where n8n refuses them at once', async () => {
	const workflow = await active();
	const sid = receive();
	const emit = jest.spyOn(workflow, 'save').mockImplementationOnce(() => {
		throw new Error('The payload is not supported');
	});
	await expect(workflow.poll()).rejects.toThrow('not supported');
	emit.mockRestore();
	expect(valuesOf(await workflow.poll())).toEqual([sid]);
});

it('starts now all the same, if it is to', async () => {
	const workflow = trigger.workflow({ event: 'newMessage', options: { onActivation: 'startNow' } });
	await workflow.activate();
	trigger.wait(60);
	const one = undecided();
	receive();
	await workflow.poll(one.execution);
	trigger.wait(3600);
	expect(await workflow.activate()).toBeNull();
	await one.fails();
	expect(await workflow.poll()).toBeNull();
});

it('goes back to the start date with the first rows that could not be stored', async () => {
	const { sid } = trigger.simulator.alert({ dateGenerated: trigger.ago(3600) });
	const workflow = trigger.workflow({ event: 'newAlert', filters: { startDate: '2026-11-19' } });
	const one = undecided();
	expect(valuesOf(await workflow.activate('activate', workflow.saved, one.execution))).toEqual([sid]);
	await one.fails();
	expect(valuesOf(await workflow.poll())).toEqual([sid]);
	expect(await workflow.poll()).toBeNull();
});

it('works for lists without dates, too', async () => {
	const workflow = trigger.workflow({ event: 'newPhoneNumber' });
	await workflow.activate();
	const [number] = trigger.simulator.state.phoneNumbers;
	const { sid } = { ...number, sid: `PN${'7'.repeat(32)}` };
	trigger.simulator.state.phoneNumbers.push({ ...number, sid } as never);
	expect(await refusedPoll(workflow)).toEqual([sid]);
	expect(valuesOf(await workflow.poll())).toEqual([sid]);
	expect(await workflow.poll()).toBeNull();
});

/** n8n's own class, which it shares with nobody. */
class ExecutionNotFoundError extends UnexpectedError {}

/** As if n8n had another copy of the classes. */
const foreign = () => {
	class ExecutionCancelledError extends Error {}
	class TimeoutExecutionCancelledError extends ExecutionCancelledError {}
	return new TimeoutExecutionCancelledError('The execution was cancelled because it timed out');
};

it.each<[string, Error | undefined]>([
	['ends', undefined],
	['is cancelled', new ManualExecutionCancelledError('1')],
	['is cancelled for another reason', new TimeoutExecutionCancelledError('1')],
	['is cancelled, as another copy of n8n-workflow says it', foreign()],
	['is over before n8n waits for its end', new ExecutionNotFoundError('No active execution found')],
])('finds nothing again when the execution %s', async (_, error) => {
	const workflow = await active();
	const sid = receive();
	const one = undecided();
	expect(valuesOf(await workflow.poll(one.execution))).toEqual([sid]);
	await (error ? one.fails(error) : one.ends());
	expect(await workflow.poll()).toBeNull();
});

it('does not keep what waits for executions that take long', async () => {
	const workflow = await active();
	const executions = [];
	for (let minute = 0; minute < 30; minute++) {
		const one = undecided();
		executions.push(one);
		const sid = receive();
		expect(valuesOf(await workflow.poll(one.execution))).toEqual([sid]);
		trigger.wait(60);
	}
	// So long after the fact this is no failure to store.
	await executions[0]?.fails();
	expect(await workflow.poll()).toBeNull();
	// This one may be.
	await executions[29]?.fails();
	expect(await workflow.poll()).toHaveLength(1);
});
