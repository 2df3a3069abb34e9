import { DateTime, Settings } from 'luxon';
import type { INodeParameters } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../dev/simulator';
import { Twilio } from '../../nodes/Twilio/Twilio.node';
import { retryExecution, runAsTool, runInLoop, runNode, type RunOptions } from '../support/n8n';

/**
 * n8n runs a node again as a whole: "Retry On Fail" after a throw and after a failed first item, and "Retry" on a failed
 * execution. Whatever goes wrong where, no recipient may get a text twice. What was stored is counted at the server.
 */

const itemCount = 5;
const recipients = Array.from({ length: itemCount }, (_, n) => `+1415555010${n}`);

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator();
});
beforeEach(() => simulator.reset());
afterAll(async () => await simulator.close());

type Cause = {
	name: string;
	/** Makes the request for one recipient fail, in the first try of the node only where that is possible. */
	arrange(recipient: string): void;
	/** What the node's error says, where there is one. */
	says: string;
	/** Messages that the server has for this recipient in the end. */
	stored: 0 | 1;
	/** Whether a second try of the node succeeds, or the first one all the same. */
	passes: boolean | 'at once';
};

/** Twilio's list of messages, where lost ones are looked up, is out of reach. */
const nobodyCanLook = () => simulator.fault({ method: 'GET', path: '/Messages', status: 403, times: Infinity });

/** The client sends a request that is answered with 429 five times. */
const triesOfClient = 5;

const causes: Cause[] = [
	{
		name: '400 (opted out)',
		says: 'Attempt to send to unsubscribed recipient',
		arrange: (to) => void simulator.state.optedOut.add(to),
		stored: 0,
		passes: false,
	},
	{
		name: 'exhausted 429',
		says: 'Too Many Requests',
		arrange: (to) =>
			simulator.fault({
				method: 'POST',
				form: { To: to },
				status: 429,
				headers: { 'Retry-After': '0' },
				times: triesOfClient,
			}),
		stored: 1,
		passes: true,
	},
	{
		name: 'connection destroyed after the server stored the message',
		says: 'Twilio may have acted',
		arrange: (to) => simulator.fault({ method: 'POST', form: { To: to }, when: 'after', destroy: true }),
		stored: 1,
		passes: 'at once',
	},
	{
		name: 'the same, and nobody can look',
		says: 'Twilio may have acted',
		arrange(to) {
			simulator.fault({ method: 'POST', form: { To: to }, when: 'after', destroy: true });
			nobodyCanLook();
		},
		stored: 1,
		passes: false,
	},
];

const positions = { first: 0, middle: 2, last: itemCount - 1 } as const;

const optionsOf = (changes: Partial<RunOptions> = {}, requestsAtOnce = 10): RunOptions => ({
	node: new Twilio(),
	parameters: {
		resource: 'message',
		operation: 'send',
		from: simulator.state.phoneNumbers[0]?.phone_number ?? '',
		to: '={{ $json.to }}',
		body: '=Hello {{ $json.to }}',
		options: { requestsAtOnce },
	},
	items: recipients.map((to) => ({ to })),
	credentials: {
		twilioExtendedApi: {
			authType: 'authToken',
			accountSid: simulator.account.accountSid,
			authToken: simulator.account.authToken,
			region: 'custom',
			baseUrl: simulator.baseUrl,
		},
	},
	retryOnFail: true,
	maxTries: 3,
	...changes,
});

const storedFor = (to: string) => simulator.state.messages.filter((message) => message.to === to).length;

const matrix = causes.flatMap((cause) =>
	(Object.keys(positions) as Array<keyof typeof positions>).flatMap((position) =>
		(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const).flatMap((onError) =>
			[1, 10].flatMap((requestsAtOnce) =>
				[false, true].map((inLoop) => {
					const failing = positions[position];
					// n8n tries again after a throw, and after an error in the first item of the output; nothing else.
					const triedAgain = onError === 'stopWorkflow' || failing % (inLoop ? 2 : itemCount) === 0;
					const succeeds = cause.passes === 'at once' || (cause.passes && triedAgain);
					const stops = onError === 'stopWorkflow' && !succeeds;
					return { cause, causeName: cause.name, position, failing, onError, requestsAtOnce, inLoop, succeeds, stops };
				}),
			),
		),
	),
);

type Case = (typeof matrix)[number];

/** Runs a case, and looks at what holds for all of them. */
async function runCase({ cause, failing, onError, requestsAtOnce, inLoop, succeeds }: Case) {
	const failingRecipient = recipients[failing] ?? '';
	cause.arrange(failingRecipient);
	const options = optionsOf({ onError }, requestsAtOnce);
	const run = inLoop ? await runInLoop({ ...options, batchSize: 2 }) : await runNode(options);
	expect(recipients.filter((to) => storedFor(to) > 1)).toEqual([]);
	expect(storedFor(failingRecipient)).toBe(cause.passes && !succeeds ? 0 : cause.stored);
	return run;
}

describe('a text is never sent twice', () => {
	const title = '$causeName, $position item, $onError, $requestsAtOnce at once, in a loop: $inLoop';

	it.each(matrix.filter(({ stops }) => !stops))(`and all others are sent: ${title}`, async (each) => {
		const { error, runs } = await runCase(each);
		expect(error).toBeUndefined();
		const others = recipients.filter((_, index) => index !== each.failing);
		expect(others.map(storedFor)).toEqual(others.map(() => 1));
		const items = runs.flatMap((run) => run.data?.main?.flatMap((output) => output ?? []) ?? []);
		expect(items).toHaveLength(itemCount);
		expect(items.filter(({ json }) => 'error' in json)).toHaveLength(each.succeeds ? 0 : 1);
	});

	it.each(matrix.filter(({ stops }) => stops))(`and the error says what was sent: ${title}`, async (each) => {
		const { error } = await runCase(each);
		expect(error?.message).toContain(each.cause.says);
		// One at a time, what comes before the failing item is sent, and nothing after it; otherwise that is a matter of chance.
		const others = recipients.map(storedFor).filter((_, index) => index !== each.failing);
		const inOrder = others.map((_, index) => (index < each.failing ? 1 : 0));
		expect(others).toEqual(each.requestsAtOnce === 1 ? inOrder : others);
		const doneInThisRun = each.inLoop ? each.failing % 2 : each.failing;
		const said = /Already done before this, for \d of \d items: SM/.test(error?.description ?? '');
		expect(said || doneInThisRun === 0).toBe(true);
	});
});

describe('an outcome that nobody knows', () => {
	it('stays unknown in every later try, and says so', async () => {
		simulator.fault({ method: 'POST', form: { To: recipients[1] ?? '' }, when: 'after', destroy: true });
		nobodyCanLook();
		const first = await runNode(optionsOf({}, 1));
		expect(first.error?.description).toContain('Twilio may have acted');

		const retried = await retryExecution(first);
		expect(retried.error?.description).toContain('Twilio may have acted');
		expect(recipients.map(storedFor)).toEqual([1, 1, 0, 0, 0]);
	});

	// By `invoke`, each try has a run index of its own; by `engine`, the engine repeats the same run.
	it.each(['invoke', 'engine'] as const)('is not sent again for an AI agent (%s)', async (way) => {
		simulator.fault({ method: 'POST', when: 'after', destroy: true });
		nobodyCanLook();
		const to = recipients[0] ?? '';
		const parameters = { ...optionsOf().parameters, to, body: 'Hello' };
		const { answers } = await runAsTool({ ...optionsOf({ parameters }), calls: [{}], way });
		expect(storedFor(to)).toBe(1);
		expect(JSON.stringify(answers)).toContain("Twilio's answer was lost");
	});
});

describe('a manual "Retry execution"', () => {
	it('goes on after the items that were done', async () => {
		simulator.fault({
			method: 'POST',
			form: { To: recipients[3] ?? '' },
			status: 429,
			headers: { 'Retry-After': '0' },
			times: 3 * triesOfClient,
		});
		const first = await runNode(optionsOf({}, 1));
		expect(first.error?.message).toBe('Too Many Requests');
		expect(recipients.map(storedFor)).toEqual([1, 1, 1, 0, 0]);

		const retried = await retryExecution(first);
		expect(retried.error).toBeUndefined();
		expect(recipients.map(storedFor)).toEqual([1, 1, 1, 1, 1]);
		expect(retried.json.map(({ to }) => to)).toEqual(recipients);
		expect(retried.contextData.twilioRuns).toEqual({});
	});

	it('does not take what another operation did for its own', async () => {
		simulator.state.optedOut.add(recipients[1] ?? '');
		const first = await runNode(optionsOf({ retryOnFail: false }, 1));
		expect(first.error).toBeDefined();

		const sid = simulator.state.messages[0]?.sid ?? '';
		const retried = await retryExecution(first, {
			parameters: { resource: 'message', operation: 'redact', messageSid: sid },
		});
		expect(retried.json[0]?.body).toBe('');
	});
});

describe('a retry with the currently saved workflow', () => {
	const [first = '', second = '', third = ''] = recipients;
	const anna = '+14155550150';
	const otherContent = 'An earlier try of this execution sent it with other content, so nothing was sent now';
	const parametersOf = (changes: INodeParameters) => ({ ...optionsOf({}, 1).parameters, ...changes });

	/** A try in which the first two items are sent and the third is refused; the cause is gone afterwards. */
	async function failedAtThird(changes: Partial<RunOptions> = {}) {
		simulator.state.optedOut.add(third);
		const options = optionsOf({ retryOnFail: false, items: [{ to: first }, { to: second }, { to: third }] }, 1);
		const failed = await runNode({ ...options, ...changes });
		expect(failed.error?.message).toBe('Attempt to send to unsubscribed recipient');
		simulator.state.optedOut.clear();
		return failed;
	}

	it('sends what goes to another recipient now', async () => {
		const failed = await failedAtThird();
		const to = `={{ $json.to === '${first}' ? '${anna}' : $json.to }}`;
		const retried = await retryExecution(failed, { parameters: parametersOf({ to }) });
		expect([anna, first, second, third].map(storedFor)).toEqual([1, 1, 1, 1]);
		expect(retried.json.map((row) => row.to)).toEqual([anna, second, third]);
		expect(retried.json.map((row) => row.notSentAgain)).toEqual([undefined, undefined, undefined]);
	});

	it('sends what is sent from another account now', async () => {
		const failed = await failedAtThird();
		const other = await startSimulator();
		try {
			const { accountSid, authToken } = other.account;
			const twilioExtendedApi = {
				authType: 'authToken',
				accountSid,
				authToken,
				region: 'custom',
				baseUrl: other.baseUrl,
			};
			const from = other.state.phoneNumbers[0]?.phone_number ?? '';
			const parameters = parametersOf({ from });
			await retryExecution(failed, { parameters, credentials: { twilioExtendedApi } });
			expect(other.state.messages.map(({ to }) => to)).toEqual([first, second, third]);
		} finally {
			await other.close();
		}
	});

	it('sends API requests that have another URL now, and no others', async () => {
		const receive = () => simulator.receive({ from: anna, to: optionsOf().parameters?.from as string }).sid;
		const sids = [receive(), receive(), receive()];
		const another = receive();
		const requestOf = (sid: string) => ({
			resource: 'apiRequest',
			operation: 'send',
			method: 'POST',
			url: `=2010-04-01/Accounts/{accountSid}/Messages/{{ ${sid} }}.json`,
			formBody: { parameter: [{ name: 'Body', value: '' }] },
			options: { requestsAtOnce: 1 },
		});
		const asked = () => simulator.requests.splice(0).map(({ path }) => /\w+(?=\.json$)/.exec(path)?.[0]);
		simulator.fault({ method: 'POST', path: sids[2], status: 400 });
		const options = optionsOf({ retryOnFail: false, items: sids.map((sid) => ({ sid })) });
		const failed = await runNode({ ...options, parameters: requestOf('$json.sid') });
		expect(failed.error).toBeDefined();
		expect(asked()).toEqual(sids);

		expect((await retryExecution(failed)).error).toBeUndefined();
		expect(asked()).toEqual([sids[2]]);

		const parameters = requestOf(`$json.sid === '${sids[0]}' ? '${another}' : $json.sid`);
		expect((await retryExecution(failed, { parameters })).error).toBeUndefined();
		expect(asked()).toEqual([another, sids[2]]);
	});

	it('sends nothing again whose content only differs, and says so', async () => {
		const body = '={{ $now.toMillis() }} {{ Math.random() }}';
		const failed = await failedAtThird({ parameters: parametersOf({ body }) });
		const before = simulator.state.messages.map((row) => row.body);
		const retried = await retryExecution(failed);
		expect(recipients.slice(0, 3).map(storedFor)).toEqual([1, 1, 1]);
		expect(retried.json.map((row) => row.notSentAgain)).toEqual([otherContent, otherContent, undefined]);
		// The rows are Twilio's, of what was sent.
		expect(retried.json.slice(0, 2).map((row) => row.body)).toEqual(before);
		expect(retried.runs.at(-1)?.hints).toEqual([
			expect.objectContaining({ message: expect.stringMatching(/notSentAgain/) }),
		]);
	});

	it('says nothing of the kind where nothing differs', async () => {
		const retried = await retryExecution(await failedAtThird());
		expect(retried.json.map((row) => row.notSentAgain)).toEqual([undefined, undefined, undefined]);
		expect(retried.runs.at(-1)?.hints ?? []).toEqual([]);
	});

	it('sends each of several texts to one person once, also where their order is another one now', async () => {
		simulator.state.optedOut.add(third);
		const items = [
			{ to: first, n: 1 },
			{ to: first, n: 2 },
			{ to: third, n: 3 },
			{ to: first, n: 4 },
		];
		const parameters = parametersOf({ body: '=Text {{ $json.n }}' });
		const failed = await runNode({ ...optionsOf({ retryOnFail: false, items }), parameters });
		simulator.state.optedOut.clear();
		// The first item has what was the second's text, and the second what was the first's.
		const swapped = parametersOf({ body: '=Text {{ { 1: 2, 2: 1 }[$json.n] ?? $json.n }}' });
		const retried = await retryExecution(failed, { parameters: swapped });
		expect(simulator.state.messages.map(({ body }) => body).sort()).toEqual(['Text 1', 'Text 2', 'Text 3', 'Text 4']);
		expect(retried.json.map(({ body }) => body)).toEqual(['Text 2', 'Text 1', 'Text 3', 'Text 4']);
	});

	it('does not refuse what was scheduled in time, though it would be too late for it now', async () => {
		const [service] = simulator.state.messagingServices;
		const sendAt = DateTime.now().plus({ minutes: 6 }).toISO();
		const parameters = {
			...parametersOf({ senderType: 'messagingService', messagingServiceSid: service?.sid ?? '' }),
			options: { requestsAtOnce: 1, sendAt: `={{ $json.to === '${third}' ? '' : '${sendAt}' }}` },
		};
		const failed = await failedAtThird({ parameters });
		const { now } = Settings;
		Settings.now = () => Date.now() + 3 * 60_000;
		try {
			const retried = await retryExecution(failed);
			expect(retried.error).toBeUndefined();
			expect(retried.json.map(({ to }) => to)).toEqual([first, second, third]);
			expect(recipients.slice(0, 3).map(storedFor)).toEqual([1, 1, 1]);
		} finally {
			Settings.now = now;
		}
	});
});

describe('calls of an AI agent', () => {
	const byAgent = (name: string) => `={{ $fromAI('${name}', 'What to send', 'string') }}`;
	const parametersOf = () => ({ ...optionsOf().parameters, to: byAgent('to'), body: byAgent('body') });
	const ways = ['invoke', 'engine'] as const;

	it.each(ways)(
		'are sent one by one, whoever they go to and whatever else is sent to the same person (%s)',
		async (way) => {
			const [anna = '', ben = '', carl = ''] = recipients;
			const calls = [
				{ to: anna, body: 'Hello' },
				{ to: ben, body: 'Hello' },
				{ to: carl, body: 'Hello' },
				{ to: anna, body: 'And one more thing' },
			];
			const { answers, contextData } = await runAsTool({ ...optionsOf({ parameters: parametersOf() }), calls, way });
			const sent = simulator.state.messages.map(({ to, body }) => `${to} ${body}`);
			expect(sent.sort()).toEqual(calls.map(({ to, body }) => `${to} ${body}`).sort());
			expect(answers.map(({ error }) => error)).toEqual([undefined, undefined, undefined, undefined]);
			expect(contextData.twilioRuns ?? {}).toEqual({});
		},
	);

	it.each(ways)('do not take the unknown outcome of another call for theirs (%s)', async (way) => {
		const to = recipients[0] ?? '';
		simulator.fault({ method: 'POST', form: { Body: 'First' }, when: 'after', destroy: true });
		nobodyCanLook();
		const calls = [
			{ to, body: 'First' },
			{ to, body: 'Second' },
		];
		await runAsTool({ ...optionsOf({ parameters: parametersOf() }), calls, way });
		expect(simulator.state.messages.map(({ body }) => body).sort()).toEqual(['First', 'Second']);
	});

	it.each(ways)('are not sent again by "Retry On Fail" with the time in them (%s)', async (way) => {
		simulator.fault({ method: 'POST', when: 'after', destroy: true, times: 1 });
		nobodyCanLook();
		const to = recipients[0] ?? '';
		const parameters = { ...parametersOf(), body: '={{ $now.toMillis() }} {{ Math.random() }}' };
		await runAsTool({ ...optionsOf({ parameters }), calls: [{ to }], way });
		expect(storedFor(to)).toBe(1);
	});
});
