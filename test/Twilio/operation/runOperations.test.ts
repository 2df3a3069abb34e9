import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { sampleSid } from '../../shared/api/sampleCredentials';
import { answerJson, startLoopbackServer, type LoopbackServer } from '../../shared/api/loopbackServer';
import { ownNumber, useSimulatedTwilio } from '../simulatedTwilio';

const twilio = useSimulatedTwilio();
const optedOut = '+14155550199';

const message: INodeParameters = { from: ownNumber, to: '={{ $json.to }}', body: '={{ $json.body ?? "x" }}' };
const recipients = (count: number) =>
	Array.from({ length: count }, (_, n): IDataObject => ({ to: `+141555501${String(n + 10).padStart(2, '0')}` }));

describe('an operation', () => {
	it.each([
		['message', '__CUSTOM_API_CALL__', "'__CUSTOM_API_CALL__' for 'message'"],
		// n8n drops an operation that no resource of the node shows.
		['fax', 'send', "'' for 'fax'"],
	])('that this version does not have is named: %s %s', async (resource, operation, named) => {
		const { error } = await twilio.run(`${resource}.${operation}`);
		expect(error).toMatchObject({
			message: `This version of the node has no operation ${named}`,
			description: expect.stringContaining('update the package'),
		});
		expect(twilio.simulator.requests).toEqual([]);
	});
});

describe('results', () => {
	it('are in the order of the items, each paired with its own, whichever was done first', async () => {
		const items = recipients(12);
		items.forEach(({ to }, n) => twilio.simulator.fault({ form: { To: String(to) }, delay: n % 3 === 0 ? 20 : 0 }));
		const { outputs } = await twilio.run('message.send', message, { items });
		expect(outputs[0]?.map(({ json, pairedItem }) => [json.to, pairedItem])).toEqual(
			items.map(({ to }, item) => [to, { item }]),
		);
	});
});

describe('a failed item', () => {
	const run = async (onError: 'continueRegularOutput' | 'continueErrorOutput') => {
		twilio.simulator.state.optedOut.add(optedOut);
		const items = [
			{ to: '+14155550110', id: 1 },
			{ to: optedOut, id: 2 },
			{ to: 'whatsapp:+1', id: 3 },
		];
		return await twilio.run('message.send', message, { items, onError });
	};

	it('is an item with the error and its details, and nothing else, when the workflow goes on', async () => {
		const { outputs, error } = await run('continueRegularOutput');
		expect(error).toBeUndefined();
		const [sent, refusedByTwilio, refusedByUs] = outputs[0] ?? [];
		expect(sent?.json).toMatchObject({ status: 'queued' });
		expect(refusedByTwilio).toEqual({
			json: {
				error: 'Attempt to send to unsubscribed recipient',
				details: {
					code: 21610,
					status: 400,
					moreInfo: 'https://www.twilio.com/docs/errors/21610',
					requestId: expect.stringMatching(/^RQ/),
				},
			},
			pairedItem: { item: 1 },
		});
		expect(refusedByUs).toEqual({
			json: {
				error: expect.stringContaining("'To' is an address of another channel"),
				details: { code: null, status: null, moreInfo: null, requestId: null },
			},
			pairedItem: { item: 2 },
		});
	});

	it("has its input's fields on the error output", async () => {
		const { outputs } = await run('continueErrorOutput');
		expect(outputs[0]).toHaveLength(1);
		expect(outputs[1]?.map(({ json }) => [json.id, json.to])).toEqual([
			[2, optedOut],
			[3, 'whatsapp:+1'],
		]);
		expect(outputs[1]?.[0]?.json).toHaveProperty('details.code', 21610);
	});
});

describe('a failure that stops the workflow', () => {
	it('starts nothing more, and tells how many items were done and which SIDs they have', async () => {
		twilio.simulator.state.optedOut.add(optedOut);
		const items = [...recipients(25), { to: optedOut }, { to: '+14155550188' }];
		const { error } = await twilio.run('message.send', { ...message, options: { requestsAtOnce: 1 } }, { items });
		const sids = twilio.simulator.state.messages.map(({ sid }) => sid);
		expect(sids).toHaveLength(25);
		expect(error).toMatchObject({ message: 'Attempt to send to unsubscribed recipient', context: { itemIndex: 25 } });
		expect(error?.description?.split('\n').at(-1)).toBe(
			`Already done before this, for 25 of 27 items: ${sids.slice(0, 20).join(', ')}, …`,
		);
	});

	it('tells nothing of the kind when nothing was done', async () => {
		twilio.simulator.state.optedOut.add(optedOut);
		const { error } = await twilio.run('message.send', message, { items: [{ to: optedOut }] });
		expect(error?.description).not.toContain('Already done');
	});
});

describe('items for the same recipient', () => {
	it('are sent one after the other, in their order, however the number is written', async () => {
		const numbers = ['+14155550111', '+1 (415) 555-0111', '+1.415.555.0111'];
		const items = Array.from({ length: 9 }, (_, n) => ({ to: numbers[n % 3] ?? '', body: String(n) }));
		// The earlier a message, the longer its answer takes: anything sent at once would overtake.
		twilio.simulator.fault({ method: 'POST', delay: 15, times: 4 });
		await twilio.run('message.send', message, { items });
		expect(twilio.simulator.state.messages.map(({ body }) => body)).toEqual(items.map(({ body }) => body));
		expect(new Set(twilio.simulator.requests.map(({ form }) => Object.fromEntries(form).To)).size).toBe(1);
	});
});

describe('requests at once', () => {
	let server: LoopbackServer;
	beforeAll(async () => {
		server = await startLoopbackServer();
	});
	afterAll(async () => await server.close());

	/**
	 * Runs `count` items against a server that answers only when as many requests wait as may, and then only after a
	 * question of the test's own has gone there and back: one request too many would have arrived by then.
	 */
	async function mostInFlight(
		count: number,
		expected: number,
		parameters: INodeParameters,
		operation = 'message.get',
	): Promise<number> {
		const waiting: Array<() => void> = [];
		let most = 0;
		let answered = 0;
		server.answer = (response, { url }) => {
			if (url === '/ping') {
				response.end();
				return;
			}
			waiting.push(() => answerJson(response, 200, { sid: sampleSid('SM') }));
			most = Math.max(most, waiting.length);
			if (waiting.length < Math.min(expected, count - answered)) return;
			void fetch(`${server.origin}/ping`).then(() => {
				const batch = waiting.splice(0);
				answered += batch.length;
				batch.forEach((answer) => answer());
			});
		};
		const items = Array.from({ length: count }, () => ({}));
		const credentials = { twilioExtendedApi: server.credentials as never };
		const { json } = await twilio.run(
			operation,
			{ messageSid: sampleSid('SM'), ...parameters },
			{ items, credentials, onError: 'continueRegularOutput' },
		);
		expect(json).toHaveLength(count);
		return most;
	}

	it.each([
		[10, undefined],
		[1, 1],
		[3, 3],
		[25, 25],
		[3, '={{ 3 }}'],
	])('are %d when the option is %s', async (expected, requestsAtOnce) => {
		const options: INodeParameters = requestsAtOnce === undefined ? {} : { requestsAtOnce };
		expect(await mostInFlight(30, expected, { options })).toBe(expected);
	});

	it('are at most 3 where files are downloaded, which take memory', async () => {
		// Answered without a status, a recording has nothing to download: one request an item.
		const parameters = { recordingSid: sampleSid('RE'), options: { requestsAtOnce: 50 } };
		expect(await mostInFlight(12, 3, parameters, 'recording.download')).toBe(3);
	});

	it.each(['={{ undefined }}', '={{ null }}', '={{ "" }}'])(
		'are the usual 10 when an expression gives nothing, and no item is left out: %s',
		async (requestsAtOnce) => {
			expect(await mostInFlight(12, 10, { options: { requestsAtOnce } })).toBe(10);
		},
	);

	it.each(['={{ 0 }}', '={{ 51 }}', '={{ "many" }}', '={{ -1 }}'])(
		'are refused out of range, and no item is left out: %s',
		async (requestsAtOnce) => {
			const items = recipients(3);
			const parameters = { ...message, options: { requestsAtOnce } };
			const stopped = await twilio.run('message.send', parameters, { items });
			expect(stopped.error?.message).toContain("'Requests at Once'");
			const { json } = await twilio.run('message.send', parameters, { items, onError: 'continueRegularOutput' });
			expect(json).toHaveLength(3);
			for (const { error } of json) expect(error).toContain("'Requests at Once'");
			expect(twilio.simulator.requests).toEqual([]);
		},
	);
});

describe('without a credential that works', () => {
	it('the error is about the base URL, and comes before any request', async () => {
		const credentials = { twilioExtendedApi: { ...twilio.credentials.twilioExtendedApi, baseUrl: 'nowhere' } as never };
		const { error } = await twilio.run('message.get', { messageSid: sampleSid('SM') }, { credentials });
		expect(error?.message).toContain("'Base URL' is not a URL");
	});
});
