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
		arrange: (to) => void simulator.state.optedOut.add(to),
		stored: 0,
		passes: false,
	},
	{
		name: 'exhausted 429',
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
		arrange: (to) => simulator.fault({ method: 'POST', form: { To: to }, when: 'after', destroy: true }),
		stored: 1,
		passes: 'at once',
	},
	{
		name: 'the same, and nobody can look',
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
				[false, true].map((inLoop) => ({ cause, causeName: cause.name, position, onError, requestsAtOnce, inLoop })),
			),
		),
	),
);

describe('a text is never sent twice', () => {
	it.each(matrix)(
		'$causeName, $position item, $onError, $requestsAtOnce at once, in a loop: $inLoop',
		async ({ cause, position, onError, requestsAtOnce, inLoop }) => {
			const failing = positions[position];
			const failingRecipient = recipients[failing] ?? '';
			cause.arrange(failingRecipient);
			const options = optionsOf({ onError }, requestsAtOnce);

			const { error, runs } = inLoop ? await runInLoop({ ...options, batchSize: 2 }) : await runNode(options);

			expect(recipients.filter((to) => storedFor(to) > 1)).toEqual([]);
			// n8n tries again after a throw, and after an error in the first item of the output; nothing else.
			const triedAgain = onError === 'stopWorkflow' || failing % (inLoop ? 2 : itemCount) === 0;
			const succeeds = cause.passes === 'at once' || (cause.passes && triedAgain);
			expect(storedFor(failingRecipient)).toBe(cause.passes && !succeeds ? 0 : cause.stored);

			if (onError === 'stopWorkflow' && !succeeds) {
				const earlier = recipients.slice(0, failing);
				if (requestsAtOnce === 1) {
					expect(earlier.map(storedFor)).toEqual(earlier.map(() => 1));
					expect(recipients.slice(failing + 1).map(storedFor)).toEqual(recipients.slice(failing + 1).map(() => 0));
				}
				expect(error?.message).not.toBe('');
				const doneInThisRun = inLoop ? failing % 2 : failing;
				if (doneInThisRun > 0) expect(error?.description).toMatch(/Already done before this, for \d of \d items: SM/);
			} else {
				expect(error).toBeUndefined();
				const others = recipients.filter((to) => to !== failingRecipient);
				expect(others.map(storedFor)).toEqual(others.map(() => 1));
				const items = runs.flatMap((run) => run.data?.main?.flatMap((output) => output ?? []) ?? []);
				expect(items).toHaveLength(itemCount);
				expect(items.filter(({ json }) => 'error' in json)).toHaveLength(succeeds ? 0 : 1);
			}
		},
	);
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
