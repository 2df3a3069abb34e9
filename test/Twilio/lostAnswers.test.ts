import type { INodeParameters } from 'n8n-workflow';

import type { Fault } from '../../dev/simulator';
import { systemClock } from '../../nodes/shared/api/retry';
import { Twilio } from '../../nodes/Twilio/Twilio.node';
import { retryExecution, runAsTool, runInLoop, type NodeRun, type RunOptions } from '../support/n8n';
import { ownNumber, useSimulatedTwilio } from './simulatedTwilio';

/**
 * A message whose answer got lost is looked up at Twilio: if exactly one can be meant, it is the result; it is never sent
 * again. What was stored is counted at the simulator.
 */

const twilio = useSimulatedTwilio();
const to = '+14155550111';

const lost = (fault: Partial<Fault> = {}) =>
	twilio.simulator.fault({ method: 'POST', path: '/Messages', when: 'after', destroy: true, ...fault });

const looks = () => twilio.simulator.requests.filter(({ method }) => method === 'GET');
const sids = () => twilio.simulator.state.messages.map(({ sid }) => sid);

async function send(parameters: INodeParameters = {}, options: Partial<RunOptions> = {}): Promise<NodeRun> {
	return await twilio.run('message.send', { from: ownNumber, to, body: 'Hello', ...parameters }, options);
}

/** Resolves once something has happened at the simulator. */
async function waitFor(happened: () => boolean): Promise<void> {
	while (!happened()) await new Promise((resolve) => setImmediate(resolve));
}

/** Several items, each with its recipient and text. */
const sendAll = async (items: RunOptions['items'], options: Partial<RunOptions> = {}) =>
	await send({ to: '={{ $json.to }}', body: '={{ $json.body }}' }, { items, ...options });

function expectUnknown({ error, json }: NodeRun): void {
	expect(json).toEqual([]);
	expect(error?.message).toMatch(/Twilio may have acted on it all the same/);
	expect(sids()).toHaveLength(1);
}

describe('a message whose answer got lost', () => {
	it.each<[string, Partial<Fault>]>([
		['broken connection', {}],
		['server error', { destroy: false, status: 503 }],
		["answer that is not Twilio's", { destroy: false, status: 200, body: 'Welcome to this hotel' }],
	])("is looked up, and gives Twilio's row: %s", async (_, fault) => {
		lost(fault);
		const { error, json } = await send();
		expect(error).toBeUndefined();
		expect(json).toEqual(twilio.simulator.state.messages.map((row) => ({ ...row })));
		expect(sids()).toHaveLength(1);
		expect(looks().map(({ query }) => Object.fromEntries(query).To)).toEqual([to]);
	});

	it('is looked for once more a little later, and is not waited for in vain for ever', async () => {
		lost();
		const late: typeof twilio.simulator.state.messages = [];
		const sleep = jest.spyOn(systemClock, 'sleep').mockImplementation(async () => {
			twilio.simulator.state.messages.push(...late.splice(0));
		});
		const { messages } = twilio.simulator.state;
		const push = jest.spyOn(messages, 'push').mockImplementationOnce((row) => late.push(row));
		const { json } = await send();
		expect(json.map(({ sid }) => sid)).toEqual(sids());
		expect(looks()).toHaveLength(2);
		push.mockRestore();

		twilio.simulator.reset();
		lost({ when: 'before' });
		sleep.mockReset().mockResolvedValue();
		const { error } = await send();
		expect(error?.message).toContain('may have acted');
		expect(looks()).toHaveLength(3);
		expect(sleep.mock.calls.flat().reduce((sum, each) => sum + each, 0)).toBeLessThan(10_000);
	});

	it('costs no request where no answer gets lost', async () => {
		const { json } = await sendAll([
			{ to, body: 'One' },
			{ to, body: 'Two' },
		]);
		expect(json.map(({ sid }) => sid)).toEqual(sids());
		expect(twilio.simulator.requests.map(({ method }) => method)).toEqual(['POST', 'POST']);
	});

	it('is found by its service, whatever sender that has chosen', async () => {
		lost();
		const [service] = twilio.simulator.state.messagingServices;
		const { json } = await send({ senderType: 'messagingService', messagingServiceSid: service?.sid ?? '' });
		expect(json).toMatchObject([{ sid: sids()[0], messaging_service_sid: service?.sid }]);
	});

	it('is found with its media, on any channel, scheduled ones too', async () => {
		const [service] = twilio.simulator.state.messagingServices;
		lost({ times: 2 });
		const pictures = await send({ options: { mediaUrls: 'https://example.com/1.jpg,https://example.com/2.jpg' } });
		expect(pictures.json).toMatchObject([{ sid: expect.stringMatching(/^MM/), num_media: '2' }]);
		const sendAt = new Date(Date.now() + 3_600_000).toISOString();
		const scheduled = await send({
			senderType: 'messagingService',
			messagingServiceSid: service?.sid ?? '',
			options: { sendAt },
		});
		expect(scheduled.json).toMatchObject([{ status: 'scheduled' }]);
	});

	it("is looked for without the user's additional parameters", async () => {
		lost();
		const options = { additionalParameters: { parameter: [{ name: 'MessageIntent', value: 'otp' }] } };
		const { json } = await send({ options });
		expect(json.map(({ sid }) => sid)).toEqual(sids());
		expect(
			looks()[0]
				?.query.map(([name]) => name)
				.sort(),
		).toEqual(['PageSize', 'To']);
	});

	it("is found whatever the difference between Twilio's clock and this one", async () => {
		const now = jest.spyOn(systemClock, 'now');
		for (const difference of [-3_600_000, 3_600_000]) {
			twilio.simulator.reset();
			now.mockImplementation(() => Date.now() + difference);
			lost();
			const { json } = await send();
			expect(json.map(({ sid }) => sid)).toEqual(sids());
		}
		now.mockRestore();
	});

	it.each(['invoke', 'engine'] as const)('is found for an AI agent (%s)', async (way) => {
		lost();
		const { answers } = await runAsTool({
			node: new Twilio(),
			parameters: { resource: 'message', operation: 'send', from: ownNumber, to, body: 'Hello' },
			credentials: twilio.credentials as RunOptions['credentials'],
			calls: [{}],
			way,
		});
		expect(answers).toMatchObject([{ answer: [{ sid: sids()[0] }] }]);
	});
});

describe('a message that cannot be told from others', () => {
	it.each<[string, object]>([
		['another text', { body: 'Hello!' }],
		['another sender', { from: '+14155550199' }],
		['another number of media', { num_media: '1' }],
		['an inbound one', { direction: 'inbound' }],
		['an older one', { date_created: new Date(Date.now() - 60_000).toUTCString() }],
	])('is not mistaken for %s', async (_, changes) => {
		lost({ form: { To: to } });
		const push = jest.spyOn(twilio.simulator.state.messages, 'push');
		push.mockImplementation(function (this: unknown[], row) {
			return Array.prototype.push.call(this, row, { ...row, sid: `SM${'0'.repeat(32)}`, ...changes });
		});
		const { json } = await send();
		push.mockRestore();
		expect(json).toMatchObject([{ sid: sids()[0] }]);
		expect(sids()).toHaveLength(2);

		// Alone, the other one is not taken for it either.
		twilio.simulator.state.messages.shift();
		lost({ when: 'before' });
		expectUnknown(await send());
	});

	it('stays unknown where there are several', async () => {
		lost();
		const push = jest.spyOn(twilio.simulator.state.messages, 'push');
		push.mockImplementationOnce(function (this: unknown[], row) {
			return Array.prototype.push.call(this, row, { ...row, sid: `SM${'0'.repeat(32)}` });
		});
		const { error } = await send();
		push.mockRestore();
		expect(error?.message).toContain('may have acted');
		expect(sids()).toHaveLength(2);
	});

	it('stays unknown where one page does not show all', async () => {
		lost();
		const push = jest.spyOn(twilio.simulator.state.messages, 'push');
		push.mockImplementationOnce(function (this: unknown[], row) {
			const others = Array.from({ length: 150 }, (_, n) => ({
				...row,
				sid: `SM${String(n).padStart(32, '0')}`,
				body: 'x',
			}));
			return Array.prototype.push.call(this, ...others, row);
		});
		const { error } = await send();
		push.mockRestore();
		expect(error?.message).toContain('may have acted');
	});

	it.each<[string, INodeParameters]>([
		['a template', { contentType: 'template', contentSid: 'template' }],
		['short links', { senderType: 'messagingService', options: { shortenUrls: true } }],
		['smart encoding', { options: { smartEncoded: true } }],
		['a text that is not kept', { options: { contentRetention: 'discard' } }],
		['a number that is not kept', { options: { addressRetention: 'obfuscate' } }],
	])('is not looked for, and stays unknown: %s', async (_, parameters) => {
		const { contentTemplates, messagingServices } = twilio.simulator.state;
		lost();
		expectUnknown(
			await send({
				...parameters,
				messagingServiceSid: messagingServices[0]?.sid ?? '',
				...(parameters.contentSid ? { contentSid: contentTemplates[0]?.sid ?? '' } : {}),
			}),
		);
		expect(looks()).toEqual([]);
	});

	it('stays unknown on a trial account, whose texts have a prefix', async () => {
		twilio.simulator.state.accounts.forEach((account) => (account.type = 'Trial'));
		lost();
		expectUnknown(await send());
	});

	it('stays unknown where the list cannot be read', async () => {
		lost();
		twilio.simulator.fault({ method: 'GET', destroy: true, times: Infinity });
		expectUnknown(await send());
	});

	it('stays unknown where it is a call', async () => {
		twilio.simulator.fault({ method: 'POST', path: '/Calls', when: 'after', destroy: true });
		const { error } = await twilio.run('call.make', { from: ownNumber, to, instructions: 'say', sayText: 'Hello' });
		expect(error?.message).toContain('may have acted');
		expect(twilio.simulator.requests.map(({ method }) => method)).toEqual(['POST']);
	});
});

describe('items with the same text for the same person', () => {
	const three = Array.from({ length: 3 }, () => ({ to, body: 'Hello' }));

	it('have a message each', async () => {
		lost({ skip: 1, times: 1 });
		const { json, error } = await sendAll(three);
		expect(error).toBeUndefined();
		expect(json.map(({ sid }) => sid)).toEqual(sids());
		expect(new Set(sids()).size).toBe(3);
	});

	it('have a message each also when all answers get lost', async () => {
		lost({ times: 3 });
		const { json, error } = await sendAll(three);
		expect(error).toBeUndefined();
		expect(json.map(({ sid }) => sid)).toEqual(sids());
		expect(sids()).toHaveLength(3);
	});

	it('do not take the message of one that was answered', async () => {
		lost({ when: 'before', skip: 1 });
		const { json } = await sendAll(three, { onError: 'continueRegularOutput' });
		expect(json.map(({ sid }) => sid)).toEqual([sids()[0], undefined, sids()[1]]);
	});

	it('do not take a message that may be of another one', async () => {
		lost({ when: 'before' });
		lost();
		const { json } = await sendAll(three, { onError: 'continueRegularOutput' });
		expect(json.map(({ sid }) => sid)).toEqual([undefined, undefined, sids()[1]]);
		expect(sids()).toHaveLength(2);
	});
});

describe('executions and passes of a loop with the same text for the same person', () => {
	it('do not take the message of one that has no answer yet', async () => {
		twilio.simulator.fault({ method: 'POST', when: 'after', delay: 300 });
		const slow = send();
		await waitFor(() => sids().length === 1);
		lost({ when: 'before' });
		expectUnknown(await send());
		expect((await slow).json).toMatchObject([{ sid: sids()[0] }]);
	});

	it('do not take the message of an earlier one', async () => {
		lost({ when: 'before', skip: 1 });
		const { runs } = await runInLoop({
			node: new Twilio(),
			parameters: { resource: 'message', operation: 'send', from: ownNumber, to, body: 'Hello' },
			items: [{}, {}],
			credentials: twilio.credentials as RunOptions['credentials'],
			onError: 'continueRegularOutput',
		});
		expect(runs.map(({ data }) => data?.main?.[0]?.[0]?.json.sid)).toEqual([sids()[0], undefined]);
		expect(sids()).toHaveLength(1);
	});
});

describe('a retry of the execution', () => {
	it('looks once more for what was not to be found', async () => {
		lost();
		twilio.simulator.fault({ method: 'GET', status: 403 });
		const first = await sendAll([
			{ to, body: 'One' },
			{ to: '+14155550112', body: 'Two' },
		]);
		expect(first.error?.message).toContain('may have acted');
		const { json, error } = await retryExecution(first);
		expect(error).toBeUndefined();
		expect(json.map(({ body }) => body)).toEqual(['One', 'Two']);
		// They are sent at the same time, so that either may be the first.
		const stored = twilio.simulator.state.messages.map(({ sid, body }) => ({ sid, body }));
		expect(json).toEqual(
			['One', 'Two'].map((body) => expect.objectContaining(stored.find((row) => row.body === body))),
		);
		expect(sids()).toHaveLength(2);
	});

	it('looks for the text that was sent, not for what the item would be now', async () => {
		lost();
		twilio.simulator.fault({ method: 'GET', status: 403 });
		const first = await send({ body: '={{ "It is " + $now.toMillis() }}' });
		const { json } = await retryExecution(first);
		expect(json.map(({ sid }) => sid)).toEqual(sids());
	});

	it.each(['after', 'before'] as const)(
		'finds one for each of two, or none where it may be of either: %s',
		async (when) => {
			lost({ when });
			lost();
			twilio.simulator.fault({ method: 'GET', status: 403, times: 2 });
			const twice = [
				{ to, body: 'Hello' },
				{ to, body: 'Hello' },
			];
			const again = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
			const { json } = await sendAll(twice, { onError: 'continueRegularOutput', ...again });
			expect(twilio.forms()).toHaveLength(2);
			expect(sids()).toHaveLength(when === 'after' ? 2 : 1);
			expect(json.map(({ sid }) => sid)).toEqual(when === 'after' ? sids() : [undefined, undefined]);
		},
	);

	it('sends nothing again that is still not to be found', async () => {
		lost({ when: 'before' });
		const first = await send();
		const { error } = await retryExecution(first);
		expect(error?.message).toContain('may have acted');
		expect(sids()).toEqual([]);
		expect(twilio.forms()).toHaveLength(1);
	});
});

describe('a thousand texts of which many answers get lost', () => {
	/** A generator of the same numbers each time, from 0 up to 1. */
	function numbers(seed: number): () => number {
		let state = seed;
		return () => {
			state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
			return state / 2 ** 32;
		};
	}

	it.each([1, 2, 3, 4])('reach everybody once, and each item has the SID of its own text: %i', async (seed) => {
		const random = numbers(seed);
		const items = Array.from({ length: 250 }, () => ({
			to: `+1415555${1000 + Math.floor(random() * 100)}`,
			body: random() < 0.5 ? 'Hello' : 'Goodbye',
		}));
		// Whether an answer gets lost is decided as each request comes in.
		const outcomes = items.map(() => (random() < 0.3 ? (random() < 0.8 ? 'after' : 'before') : undefined));
		outcomes.forEach((when, index) => when && lost({ when, skip: 0, form: { To: items[index]?.to ?? '' } }));
		const stored = outcomes.filter((when) => when !== 'before').length;

		const { json, error } = await sendAll(items, { onError: 'continueRegularOutput' });

		expect(error).toBeUndefined();
		expect(twilio.forms()).toHaveLength(items.length);
		expect(sids()).toHaveLength(stored);
		const results = json.filter(({ sid }) => sid !== undefined);
		expect(new Set(results.map(({ sid }) => sid)).size).toBe(results.length);
		expect(results.length).toBeGreaterThan(0);
		expect(json.map((row, index) => (row.sid === undefined ? row : { ...row, ...items[index] }))).toEqual(json);
		// Only what may be of another item stays unknown, beside what Twilio has not got.
		const lostButStored = outcomes.filter((when) => when === 'after').length;
		const found = lostButStored - (stored - results.length);
		expect(found).toBeLessThanOrEqual(lostButStored);
		expect(found).toBeGreaterThan(0.9 * lostButStored);
	});
});
