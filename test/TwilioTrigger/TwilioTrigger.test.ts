import type { PollingWorkflow } from '../support/n8n';
import { PollContext } from 'n8n-core';

import { TwilioTrigger } from '../../nodes/TwilioTrigger/TwilioTrigger.node';
import { savedCursor, useSimulatedTrigger, valuesOf, withCursor } from './simulatedTrigger';

const trigger = useSimulatedTrigger();

const anna = '+14155550123';
const ours = '+14155550100';

const receive = (body = 'Hello') => trigger.simulator.receive({ from: anna, to: ours, body });

const oneRequest = () => expect(trigger.simulator.requests).toHaveLength(1);

describe('the first activation', () => {
	it('emits nothing old, with one request, and saves where it begins', async () => {
		receive();
		const workflow = trigger.workflow({ event: 'newMessage' });

		expect(await workflow.activate()).toBeNull();

		oneRequest();
		expect(savedCursor(workflow)).toMatchObject({ version: 2, floor: trigger.now.getTime() / 1000 - 10 });
		trigger.wait(60);
		expect(await workflow.poll()).toBeNull();
	});

	it('emits what came in the second of the activation, but after it', async () => {
		receive();
		const workflow = trigger.workflow({ event: 'newMessage' });
		await workflow.activate();
		const { sid } = receive();

		expect(valuesOf(await workflow.poll())).toEqual([sid]);
	});

	it('fails with an error that people understand, and begins with the next try', async () => {
		trigger.simulator.fault({ status: 401, body: { code: 20003, message: 'Authenticate', status: 401 } });
		const workflow = trigger.workflow({ event: 'newMessage' });

		await expect(workflow.activate()).rejects.toMatchObject({
			name: 'NodeApiError',
			message: 'Authenticate',
			description: expect.stringContaining('Twilio did not accept the credential'),
		});
		expect(savedCursor(workflow)).toBeUndefined();

		trigger.wait(1);
		expect(await workflow.activate()).toBeNull();
		const { sid } = receive();
		expect(valuesOf(await workflow.poll())).toEqual([sid]);
	});
});

describe('a poll', () => {
	it("gives Twilio's rows unchanged, oldest first", async () => {
		const workflow = trigger.workflow({ event: 'newMessage' });
		await workflow.activate();
		trigger.wait(10);
		const rows = [receive('one')];
		trigger.wait(10);
		rows.push(receive('two'));

		expect((await workflow.poll())?.map(({ json }) => json)).toEqual(rows);
	});

	it('that finds nothing costs one request, whatever the history', async () => {
		for (let count = 0; count < 3000; count++) receive();
		trigger.wait(3600);
		const workflow = trigger.workflow({ event: 'newMessage' });
		await workflow.activate();
		for (let minute = 0; minute < 30; minute++) {
			trigger.wait(60);
			trigger.simulator.requests.length = 0;
			expect(await workflow.poll()).toBeNull();
			oneRequest();
		}
	});

	it('leaves what is beyond the limit for the next polls', async () => {
		const workflow = trigger.workflow({ event: 'newMessage', limit: 2 });
		await workflow.activate();
		trigger.wait(5);
		const sids = new Set([receive().sid, receive().sid, receive().sid, receive().sid, receive().sid]);

		const polls = [await workflow.poll(), await workflow.poll(), await workflow.poll(), await workflow.poll()];

		expect(polls.map((rows) => valuesOf(rows).length)).toEqual([2, 2, 1, 0]);
		expect(new Set(polls.flatMap((rows) => valuesOf(rows)))).toEqual(sids);
	});

	it('that fails changes nothing', async () => {
		const workflow = trigger.workflow({ event: 'newMessage' });
		await workflow.activate();
		const { sid } = receive();
		const before = structuredClone(workflow.saved);
		trigger.simulator.fault({ status: 500, times: 5 });

		await expect(workflow.poll()).rejects.toMatchObject({ failure: { cause: 'temporarily-unavailable' } });

		expect(workflow.saved).toEqual(before);
		expect(valuesOf(await workflow.poll())).toEqual([sid]);
		expect(await workflow.poll()).toBeNull();
	});

	it('says so when Twilio wants fewer requests, for n8n to wait', async () => {
		const workflow = trigger.workflow({ event: 'newMessage' });
		await workflow.activate();
		trigger.simulator.fault({ status: 429, times: 5, headers: { 'Retry-After': '2' } });

		await expect(workflow.poll()).rejects.toMatchObject({
			httpCode: '429',
			failure: { cause: 'rate-limited', retryAfterMs: 2000 },
		});
	});

	it('goes on with a scan for which there was no time', async () => {
		const workflow = trigger.workflow({ event: 'newMessage', limit: 5000 }, { pollBudgetMs: 0 });
		await workflow.activate();
		trigger.wait(5);
		for (let count = 0; count < 2500; count++) receive();
		trigger.simulator.requests.length = 0;

		expect(await workflow.poll()).toBeNull();
		expect(await workflow.poll()).toBeNull();
		const third = valuesOf(await workflow.poll());

		expect(third).toHaveLength(500);
		expect(trigger.requests().map(({ query }) => query.Page)).toEqual([undefined, '1', '2']);
		const rest = [];
		// All of one second: no other bound than the scan's own end.
		for (let count = 0; count < 6; count++) rest.push(...valuesOf(await workflow.poll()));
		expect(new Set([...third, ...rest]).size).toBe(2500);
		expect(third.length + rest.length).toBe(2500);
	});

	it('begins a scan anew whose page has expired', async () => {
		const workflow = trigger.workflow({ event: 'newMessage', limit: 5000 }, { pollBudgetMs: 0 });
		await workflow.activate();
		trigger.wait(5);
		for (let count = 0; count < 1500; count++) receive();
		expect(await workflow.poll()).toBeNull();
		trigger.simulator.requests.length = 0;
		trigger.simulator.fault({ status: 400, body: { code: 21481, message: 'Invalid Page Token', status: 400 } });

		expect(await workflow.poll()).toBeNull();
		expect(trigger.requests().map(({ query }) => query.Page)).toEqual(['1', undefined]);
		const first = valuesOf(await workflow.poll());
		const rest = [];
		for (let count = 0; count < 4; count++) rest.push(...valuesOf(await workflow.poll()));
		expect(new Set([...first, ...rest]).size).toBe(1500);
		expect(first.length + rest.length).toBe(1500);
	});

	describe('that cannot go on where the last one stopped', () => {
		const interrupted = async () => {
			const workflow = trigger.workflow({ event: 'newMessage', limit: 5000 }, { pollBudgetMs: 0 });
			await workflow.activate();
			trigger.wait(5);
			for (let count = 0; count < 1500; count++) receive();
			expect(await workflow.poll()).toBeNull();
			trigger.simulator.requests.length = 0;
			return workflow;
		};

		it.each([400, 404, 422, 500, 503])('begins anew, whatever Twilio refuses the page with: %d', async (status) => {
			const workflow = await interrupted();
			trigger.simulator.fault({ status, times: status >= 500 ? 5 : 1, body: { code: 20001, message: 'No', status } });
			const found = [];
			for (let count = 0; count < 6; count++) found.push(...valuesOf(await workflow.poll()));
			expect(found).toHaveLength(1500);
			expect(new Set(found).size).toBe(1500);
		});

		it('fails where the list cannot be read from its beginning either, and loses nothing', async () => {
			const workflow = await interrupted();
			const warn = jest.fn();
			const logger = jest.spyOn(PollContext.prototype, 'logger', 'get').mockReturnValue({ warn } as never);
			trigger.simulator.fault({ status: 401, times: 2, body: { code: 20003, message: 'Authenticate', status: 401 } });
			expect(await workflow.poll()).toBeNull();
			await expect(workflow.poll()).rejects.toMatchObject({ message: 'Authenticate', httpCode: '401' });
			logger.mockRestore();
			expect(warn.mock.calls).toEqual([['"Node": Twilio refused a page, and its list is read anew: Authenticate']]);
			const found = [];
			for (let count = 0; count < 6; count++) found.push(...valuesOf(await workflow.poll()));
			expect(found).toHaveLength(1500);
			expect(new Set(found).size).toBe(1500);
		});
	});

	it('says in the log when more waits than a few polls emit', async () => {
		const workflow = trigger.workflow({ event: 'newMessage', limit: 10 });
		await workflow.activate();
		trigger.wait(5);
		for (let count = 0; count < 200; count++) receive();
		const warn = jest.fn();
		const logger = jest.spyOn(PollContext.prototype, 'logger', 'get').mockReturnValue({ warn } as never);
		for (let count = 0; count < 5; count++) await workflow.poll();
		logger.mockRestore();
		expect(warn.mock.calls).toEqual([['"Node": 190 rows wait for the next polls. Raise "Limit", or poll more often']]);
	});

	it('leaves everything to one that is still under way', async () => {
		const workflow = trigger.workflow({ event: 'newMessage' });
		await workflow.activate();
		const { sid } = receive();
		trigger.simulator.fault({ delay: 100 });
		const slow = workflow.poll();
		trigger.simulator.requests.length = 0;

		expect(await workflow.poll()).toBeNull();
		expect(valuesOf(await slow)).toEqual([sid]);
		oneRequest();
	});

	it('that hangs is given up, and does not count when it comes back', async () => {
		const workflow = trigger.workflow({ event: 'newMessage' });
		await workflow.activate();
		const { sid } = receive();
		trigger.simulator.fault({ delay: 300 });
		const hung = workflow.poll();
		while (trigger.simulator.requests.length < 2) await new Promise((resolve) => setImmediate(resolve));
		trigger.wait(8 * 60);

		expect(valuesOf(await workflow.poll())).toEqual([sid]);
		expect(await hung).toBeNull();
		expect(await workflow.poll()).toBeNull();
	});

	it('keeps static data small: 1,000 rows in the overlap take less than 64 kB', async () => {
		const workflow = trigger.workflow({ event: 'newMessage', limit: 1000 });
		await workflow.activate();
		for (let count = 0; count < 1000; count++) {
			if (count % 2 === 0) trigger.wait(1);
			receive();
		}
		expect(await workflow.poll()).toHaveLength(1000);
		expect(JSON.stringify(workflow.saved).length).toBeLessThan(64 * 1024);
		expect(JSON.stringify(workflow.saved).length).toBeGreaterThan(8000);
	});
});

describe('a restart', () => {
	it.each(['continue', 'startNow'])('continues, with "On Activation" set to %s', async (onActivation) => {
		const workflow = trigger.workflow({ event: 'newMessage', options: { onActivation } });
		await workflow.activate();
		trigger.wait(60);
		const first = receive();
		expect(valuesOf(await workflow.poll())).toEqual([first.sid]);
		trigger.wait(3600);
		const second = receive();
		trigger.wait(60);

		expect(valuesOf(await workflow.restart())).toEqual([second.sid]);
		expect(await workflow.poll()).toBeNull();
	});

	it('goes back to what was saved, and repeats nothing', async () => {
		const workflow = trigger.workflow({ event: 'newMessage' });
		await workflow.activate();
		trigger.wait(5);
		receive();
		expect(await workflow.poll()).toHaveLength(1);
		for (let minute = 0; minute < 60; minute++) {
			trigger.wait(60);
			expect(await workflow.poll()).toBeNull();
		}
		expect(await workflow.restart()).toBeNull();
	});
});

describe('a first poll that fails', () => {
	type Fault = Parameters<typeof trigger.simulator.fault>[0];
	const refusal: Fault = { status: 401, body: { code: 20003, message: 'Authenticate', status: 401 } };
	const problems: Array<[string, Fault, string]> = [
		['Twilio is down', { status: 503, times: 5 }, 'internal server error'],
		['nothing is heard of Twilio', { destroy: true, times: 5 }, 'answer was lost'],
		['the credential is refused', refusal, 'Authenticate'],
	];
	const withoutUser = ['init', 'leadershipChange'] as const;

	const logged = () => {
		const warn = jest.fn();
		const logger = jest.spyOn(PollContext.prototype, 'logger', 'get').mockReturnValue({ warn } as never);
		return { warn, stop: () => logger.mockRestore() };
	};

	/** An active workflow, and one row that it has not seen. */
	const active = async () => {
		const workflow = trigger.workflow({ event: 'newMessage' });
		await workflow.activate();
		trigger.wait(60);
		return { workflow, sid: receive().sid };
	};

	it.each(withoutUser.flatMap((mode) => problems.map((problem) => [mode, ...problem] as const)))(
		'when n8n activates by itself (%s) and %s: the next one goes on, and the log says so',
		async (mode, _, fault, message) => {
			const { workflow, sid } = await active();
			const before = structuredClone(workflow.saved);
			trigger.simulator.fault(fault);
			const log = logged();
			expect(await (mode === 'init' ? workflow.restart() : workflow.activate(mode))).toBeNull();
			log.stop();
			expect(log.warn.mock.calls).toEqual([[expect.stringMatching(/^"Node" could not poll .+ next poll: .+/)]]);
			expect(String(log.warn.mock.calls[0])).toMatch(new RegExp(message, 'i'));
			expect(workflow.saved).toEqual(before);
			trigger.wait(60);
			expect(valuesOf(await workflow.poll())).toEqual([sid]);
			expect(await workflow.poll()).toBeNull();
		},
	);

	it('is forgiven once: the second one throws, and the third goes on', async () => {
		const { workflow, sid } = await active();
		trigger.simulator.fault({ ...refusal, times: 2 });
		expect(await workflow.restart()).toBeNull();
		await expect(workflow.poll()).rejects.toThrow('Authenticate');
		expect(valuesOf(await workflow.poll())).toEqual([sid]);
		expect(await workflow.poll()).toBeNull();
	});

	it('is forgiven only if it is the first', async () => {
		const { workflow, sid } = await active();
		expect(valuesOf(await workflow.restart())).toEqual([sid]);
		trigger.simulator.fault(refusal);
		await expect(workflow.poll()).rejects.toThrow('Authenticate');
	});

	it.each(['activate', 'update'] as const)('is an error when a user publishes the workflow: %s', async (mode) => {
		const { workflow, sid } = await active();
		trigger.simulator.fault(refusal);
		await expect(workflow.activate(mode)).rejects.toThrow('Authenticate');
		expect(valuesOf(await workflow.activate(mode))).toEqual([sid]);
	});

	it('is forgiven whatever failed: a parameter that is wrong at the moment', async () => {
		const { workflow, sid } = await active();
		const broken = trigger.workflow({ event: 'newMessage', limit: '={{ "x" }}' }, { saved: workflow.saved });
		expect(await broken.restart()).toBeNull();
		await expect(broken.poll()).rejects.toThrow("'Limit' must be a number");
		expect(broken.saved).toEqual(workflow.saved);
		expect(valuesOf(await workflow.poll())).toEqual([sid]);
	});

	it('of a trigger that has never polled lets the next one begin', async () => {
		receive();
		const workflow = trigger.workflow({ event: 'newMessage' });
		trigger.simulator.fault(refusal);
		expect(await workflow.activate('init')).toBeNull();
		expect(savedCursor(workflow)).toBeUndefined();
		trigger.wait(60);
		expect(await workflow.poll()).toBeNull();
		const { sid } = receive();
		expect(valuesOf(await workflow.poll())).toEqual([sid]);
	});

	it('does not use up "Start Now"', async () => {
		const workflow = trigger.workflow({ event: 'newMessage', options: { onActivation: 'startNow' } });
		await workflow.activate();
		trigger.wait(60);
		const { sid } = receive();
		trigger.simulator.fault(refusal);
		expect(await workflow.restart()).toBeNull();
		expect(valuesOf(await workflow.poll())).toEqual([sid]);
		trigger.wait(60);
		receive();
		expect(await workflow.activate()).toBeNull();
	});

	it('of a test event is shown', async () => {
		trigger.simulator.fault(refusal);
		await expect(trigger.workflow({ event: 'newMessage' }).fetchTestEvent()).rejects.toThrow('Authenticate');
	});
});

describe('a workflow that is published again', () => {
	/** A published workflow, one row that it has not seen, and what n8n reads before it ends the version before. */
	const republish = async () => {
		const workflow = trigger.workflow({ event: 'newMessage' });
		await workflow.activate();
		const read = structuredClone(workflow.saved);
		trigger.wait(5);
		return { workflow, read, sid: receive().sid };
	};

	it('repeats nothing of a poll that ended after n8n had read the static data', async () => {
		const { workflow, read, sid } = await republish();
		expect(valuesOf(await workflow.poll())).toEqual([sid]);
		expect(await workflow.activate('update', read)).toBeNull();
		expect(await workflow.restart()).toBeNull();
	});

	/** A poll whose answer takes so long that the workflow is published again meanwhile. */
	const slowPoll = async (workflow: PollingWorkflow) => {
		const before = trigger.simulator.requests.length;
		trigger.simulator.fault({ delay: 100 });
		const polling = workflow.poll();
		while (trigger.simulator.requests.length === before) await new Promise((resolve) => setImmediate(resolve));
		return { polling };
	};

	it('loses nothing of a poll whose rows n8n dropped', async () => {
		const { workflow, sid } = await republish();
		const { polling } = await slowPoll(workflow);
		expect(valuesOf(await workflow.activate('update'))).toEqual([sid]);
		expect(await polling).toBeNull();
		expect(await workflow.poll()).toBeNull();
	});

	it('loses nothing of it either where another trigger then saves what the version before had', async () => {
		const { workflow, sid } = await republish();
		const before = workflow.version;
		const { polling } = await slowPoll(workflow);
		trigger.simulator.fault({ status: 403, body: { code: 20403, message: 'Forbidden', status: 403 } });
		await expect(workflow.activate('update')).rejects.toThrow('Forbidden');
		expect(await polling).toBeNull();
		workflow.save(before);
		expect(valuesOf(await workflow.restart())).toEqual([sid]);
	});

	it('repeats nothing where another trigger saves what a version before had found out since', async () => {
		const { workflow, sid } = await republish();
		const before = workflow.version;
		for (let minute = 0; minute < 3; minute++) {
			expect(valuesOf(await workflow.poll())).toEqual(minute === 0 ? [sid] : []);
			trigger.wait(60);
		}
		await workflow.activate('update');
		trigger.wait(60);
		const later = receive();
		expect(valuesOf(await workflow.poll())).toEqual([later.sid]);
		workflow.save(before);
		expect(await workflow.activate('update')).toBeNull();
	});

	it('begins anew for another filter, also where a poll for the one before ended meanwhile', async () => {
		const { workflow, read } = await republish();
		expect(await workflow.poll()).toHaveLength(1);
		const changed = trigger.workflow({ event: 'newMessage', filters: { to: '+14155550100' } }, { id: workflow.id });
		expect(await changed.activate('update', read)).toBeNull();
		trigger.wait(60);
		const { sid } = receive();
		expect(valuesOf(await changed.poll())).toEqual([sid]);
		expect(await changed.restart()).toBeNull();
	});
});

describe("n8n's durable scheduler", () => {
	it('has the last word: what it could not store comes again, what it stored does not', async () => {
		const workflow = trigger.workflow({ event: 'newMessage' });
		await workflow.pollDurably();
		trigger.wait(60);
		const { sid } = receive();
		expect(await workflow.pollDurably({ isRefused: true })).toBeNull();
		trigger.wait(60);
		expect(valuesOf(await workflow.pollDurably())).toEqual([sid]);
		expect(await workflow.pollDurably()).toBeNull();
	});

	it('begins with the activation, whose cursor it does not store', async () => {
		const workflow = trigger.workflow({ event: 'newMessage' });
		receive();
		expect(await workflow.pollDurably({ isActivation: true })).toBeNull();
		trigger.wait(60);
		const { sid } = receive();
		trigger.wait(60);
		expect(valuesOf(await workflow.pollDurably())).toEqual([sid]);
		expect(await workflow.pollDurably()).toBeNull();
	});
});

describe('"On Activation"', () => {
	const pause = async (onActivation?: string) => {
		const workflow = trigger.workflow({ event: 'newMessage', ...(onActivation && { options: { onActivation } }) });
		await workflow.activate();
		trigger.wait(60);
		const missed = receive();
		trigger.wait(60);
		return { workflow, missed };
	};

	it('continues unless told otherwise', async () => {
		const { workflow, missed } = await pause();
		expect(valuesOf(await workflow.activate())).toEqual([missed.sid]);
	});

	it('starts now, once for each activation', async () => {
		const { workflow } = await pause('startNow');
		expect(await workflow.activate()).toBeNull();
		trigger.wait(60);
		const first = receive();
		expect(valuesOf(await workflow.poll())).toEqual([first.sid]);
		const second = receive();
		expect(valuesOf(await workflow.poll())).toEqual([second.sid]);
	});

	it('starts now with the first poll that works', async () => {
		const { workflow } = await pause('startNow');
		trigger.simulator.fault({ status: 403, body: { code: 20403, message: 'Forbidden', status: 403 } });
		await expect(workflow.activate()).rejects.toThrow('Forbidden');
		expect(await workflow.activate()).toBeNull();
		expect(await workflow.poll()).toBeNull();
	});

	it('continues when a changed version is published while the workflow is active', async () => {
		const { workflow, missed } = await pause('startNow');
		expect(valuesOf(await workflow.activate('update'))).toEqual([missed.sid]);
	});
});

describe('"Fetch Test Event"', () => {
	it('shows the newest three rows and leaves the cursor alone', async () => {
		const sids = ['one', 'two', 'three', 'four'].map((body) => {
			trigger.wait(1);
			return receive(body).sid;
		});
		const workflow = trigger.workflow({ event: 'newMessage' });
		await workflow.activate();
		const before = structuredClone(workflow.saved);
		trigger.wait(1);
		const last = receive();

		expect(valuesOf(await workflow.fetchTestEvent())).toEqual([sids[2], sids[3], last.sid]);

		expect(workflow.saved).toEqual(before);
		expect(valuesOf(await workflow.poll())).toEqual([last.sid]);
	});

	it.each(new TwilioTrigger().description.properties.find(({ name }) => name === 'event')?.options ?? [])(
		'says what there is none of: $name',
		async (option) => {
			trigger.simulator.state.phoneNumbers.length = 0;
			const { value } = option as { value: string };
			await expect(trigger.workflow({ event: value }).fetchTestEvent()).rejects.toMatchObject({
				name: 'NodeOperationError',
				message: expect.stringMatching(/^There is no .+ yet to show$/),
				description: expect.stringContaining('fetch again'),
			});
		},
	);
});

describe('a stored cursor', () => {
	it.each<[string, unknown]>([
		['of an earlier version', { version: 1, stream: 'x' }],
		['of a later version', { version: 3, stream: 'x' }],
		['that is a text', 'yesterday'],
		['that is a list', [1, 2]],
		['without a floor', { floor: null }],
		['with a damaged memory', { seen: { '1': 'abc' } }],
		['with a memory of another shape', { seen: ['SM1'] }],
	])('%s is replaced, with an explanation', async (_, damage) => {
		const healthy = trigger.workflow({ event: 'newMessage' });
		await healthy.activate();
		const cursor =
			typeof damage === 'object' && !Array.isArray(damage)
				? { ...savedCursor(healthy), ...(damage as object) }
				: damage;
		const workflow = trigger.workflow({ event: 'newMessage' }, { saved: withCursor(cursor) });
		trigger.wait(60);
		const warn = jest.fn();
		const logger = jest.spyOn(PollContext.prototype, 'logger', 'get').mockReturnValue({ warn } as never);

		expect(await workflow.activate()).toBeNull();
		logger.mockRestore();
		expect(warn.mock.calls).toEqual([[expect.stringMatching(/cursor.*"Node" starts anew/)]]);
		expect(savedCursor(workflow)).toMatchObject({ version: 2, floor: trigger.now.getTime() / 1000 - 10 });
		const { sid } = receive();
		expect(valuesOf(await workflow.poll())).toEqual([sid]);
	});

	it('with a damaged scan is used without it', async () => {
		const healthy = trigger.workflow({ event: 'newMessage' });
		await healthy.activate();
		const { sid } = receive();
		const cursor = { ...savedCursor(healthy), scan: { start: 'now', next: 7 } };
		const workflow = trigger.workflow({ event: 'newMessage' }, { saved: withCursor(cursor) });
		expect(valuesOf(await workflow.activate())).toEqual([sid]);
	});

	it('is not used for another filter', async () => {
		const before = trigger.workflow({ event: 'newMessage' });
		await before.activate();
		trigger.wait(60);
		receive();
		trigger.wait(60);
		const after = trigger.workflow({ event: 'newMessage', filters: { from: anna } }, { saved: before.saved });
		expect(await after.activate('update')).toBeNull();
		const { sid } = receive();
		expect(valuesOf(await after.poll())).toEqual([sid]);
	});

	it('is used whatever the limit and the option are', async () => {
		const before = trigger.workflow({ event: 'newMessage' });
		await before.activate();
		trigger.wait(60);
		const { sid } = receive();
		const parameters = { event: 'newMessage', limit: 7, options: { onActivation: 'startNow' } };
		const after = trigger.workflow(parameters, { saved: before.saved });
		expect(valuesOf(await after.activate('update'))).toEqual([sid]);
	});
});
