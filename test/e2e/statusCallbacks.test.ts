import { errorOf, isFinished, waitUntil, type StoredCredential, type StoredWorkflow } from '../../dev/n8n';
import { bothTriggers, publishDuring } from './bothTriggers';
import { useEnvironment } from './environment';
import { savedMemory } from './savedMemory';
import { sharedN8n } from './sharedN8n';
import { slowDown } from './slowDatabase';
import { callback, post, receivedBy, startProxy, statusTrigger, webhookPath, type Delivery } from './statusTrigger';
import { chain, items, type NodeJson } from './workflows';

const e2e = useEnvironment();

const silence = { status: 204, body: '' };
const refused = { status: 403, body: '' };
const wrongToken = 'f'.repeat(32);

/** A published workflow that starts with the status trigger. */
interface Published {
	workflow: StoredWorkflow;
	url: string;
	testUrl: string;
}

async function store(
	parameters: Readonly<Record<string, unknown>> = {},
	credential?: StoredCredential,
	...next: NodeJson[]
): Promise<Published> {
	const trigger = statusTrigger(e2e.credentials(credential), parameters);
	const name = expect.getState().currentTestName?.slice(0, 128) ?? 'Status';
	return {
		workflow: await e2e.n8n.createWorkflow(chain(name, [trigger, ...next])),
		url: e2e.n8n.url + webhookPath(trigger),
		testUrl: e2e.n8n.url + webhookPath(trigger, true),
	};
}

async function publish(...settings: Parameters<typeof store>): Promise<Published> {
	const published = await store(...settings);
	await e2e.n8n.activate(published.workflow);
	return published;
}

/** Posts a callback, signed with the account's token unless the test says otherwise. */
async function deliver(url: string, form = callback(), how: Partial<Delivery> = {}) {
	return await post(url, form, { authToken: e2e.simulator.account.authToken, ...how });
}

/** Only what ran is there: a last genuine callback is let in, and is the only one besides those that were expected. */
async function expectNothingElse({ workflow, url }: Published, executions = 0): Promise<void> {
	const last = callback();
	expect(await deliver(url, last)).toEqual(silence);
	const received = await receivedBy(e2e.n8n, workflow, executions + 1);
	expect(received).toHaveLength(executions + 1);
	expect(received.at(-1)).toMatchObject(last);
}

function own(): string {
	return e2e.simulator.state.phoneNumbers[0]!.phone_number;
}

describe('A text that one workflow sends', () => {
	const send = (statusCallback: string) =>
		e2e.twilio({
			resource: 'message',
			operation: 'send',
			from: { __rl: true, mode: 'id', value: own() },
			to: '={{ $json.to }}',
			body: 'Your order is on its way.',
			options: { statusCallback, retryStatusCallback: true },
		});

	test('starts another one for each of its statuses', async () => {
		const tracking = await publish();
		const execution = await e2e.run(items([{ to: '+14155550123' }]), send(tracking.url));
		expect(errorOf(execution)).toBeUndefined();
		const [{ sid = '' } = {}] = e2e.simulator.state.messages;

		for (let step = 0; step < 3; step++) await e2e.simulator.advance();

		expect(e2e.simulator.callbacks.map(({ params, status }) => [params.MessageStatus, status])).toEqual([
			['sent', 204],
			['delivered', 204],
		]);
		expect(await receivedBy(e2e.n8n, tracking.workflow, 2)).toEqual([
			{ ...e2e.simulator.callbacks[0]?.params, MessageSid: sid, isFinal: false },
			{ ...e2e.simulator.callbacks[1]?.params, MessageSid: sid, isFinal: true },
		]);
	});

	test('says why it could not be delivered', async () => {
		e2e.simulator.state.deliveryFailures.set('+14155550124', {
			status: 'undelivered',
			errorCode: 30003,
			errorMessage: 'Unreachable destination handset',
		});
		const tracking = await publish({ options: { finalOnly: true } });
		await e2e.run(items([{ to: '+14155550124' }]), send(tracking.url));
		for (let step = 0; step < 3; step++) await e2e.simulator.advance();

		expect(await receivedBy(e2e.n8n, tracking.workflow, 1)).toEqual([
			expect.objectContaining({
				MessageStatus: 'undelivered',
				ErrorCode: '30003',
				errorDescription: expect.stringContaining('could not be reached'),
				errorHelp: 'https://www.twilio.com/docs/errors/30003',
				isFinal: true,
			}),
		]);
	});
});

test('A call that one workflow makes starts another for its statuses, and a third for its recording', async () => {
	const calls = await publish({ event: 'callStatus' });
	const recordings = await publish({ event: 'recordingStatus' });
	const execution = await e2e.run(
		items([{ to: '+14155550123' }]),
		e2e.twilio({
			resource: 'call',
			operation: 'make',
			from: { __rl: true, mode: 'id', value: own() },
			to: '={{ $json.to }}',
			instructions: 'say',
			sayText: 'Hello',
			options: {
				statusCallback: calls.url,
				statusCallbackEvents: ['initiated', 'ringing', 'answered', 'completed'],
				record: true,
				recordingStatusCallback: recordings.url,
				recordingStatusCallbackEvents: ['in-progress', 'completed'],
				retryStatusCallback: true,
			},
		}),
	);
	expect(errorOf(execution)).toBeUndefined();
	for (let step = 0; step < 6; step++) await e2e.simulator.advance();

	expect(e2e.simulator.callbacks.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204, 204]);
	const ofCall = await receivedBy(e2e.n8n, calls.workflow, 4);
	expect(ofCall.map(({ CallStatus, isFinal }) => [CallStatus, isFinal])).toEqual([
		['initiated', false],
		['ringing', false],
		['in-progress', false],
		['completed', true],
	]);
	const [{ sid = '' } = {}] = e2e.simulator.state.recordings;
	const ofRecording = await receivedBy(e2e.n8n, recordings.workflow, 2);
	expect(ofRecording.map((json) => [json.RecordingSid, json.RecordingStatus, json.isFinal])).toEqual([
		[sid, 'in-progress', false],
		[sid, 'completed', true],
	]);
});

describe('Nothing runs', () => {
	test('without a signature, with that of another token, of another body or of another URL', async () => {
		const here = await publish();
		const elsewhere = await publish();
		const form = callback();

		expect(await deliver(here.url, form, { signature: null })).toEqual(refused);
		expect(await deliver(here.url, form, { signature: '' })).toEqual(refused);
		expect(await deliver(here.url, form, { authToken: wrongToken })).toEqual(refused);
		expect(await deliver(here.url, { ...form, MessageStatus: 'failed' }, { signedForm: form })).toEqual(refused);
		expect(await deliver(here.url, form, { signedUrl: elsewhere.url })).toEqual(refused);
		expect(await deliver(here.url, form, { signedUrl: here.testUrl })).toEqual(refused);
		expect(await deliver(`${here.url}?a=1`, form, { signedUrl: here.url })).toEqual(refused);

		await expectNothingElse(here);
		await expectNothingElse(elsewhere);
	});

	test('for a multipart body, which nobody can check', async () => {
		const here = await publish();
		const body = new FormData();
		for (const [name, value] of Object.entries(callback())) body.append(name, value);
		const signature = 'A'.repeat(27).concat('=');
		const response = await fetch(here.url, { method: 'POST', headers: { 'X-Twilio-Signature': signature }, body });
		expect([response.status, await response.text()]).toEqual([403, '']);
		await expectNothingElse(here);
	});

	test('for a status that was not chosen, which Twilio is not told', async () => {
		const here = await publish({ statuses: ['delivered', 'failed'] });
		expect(await deliver(here.url, callback({ MessageStatus: 'sent' }))).toEqual(silence);
		expect(await deliver(here.url, { CallSid: 'CA1', CallStatus: 'completed' })).toEqual(silence);
		await expectNothingElse(here);
	});

	test('when the credential loses its token after the workflow was published', async () => {
		const credential = await e2e.createCredential(e2e.authTokenData());
		const here = await publish({}, credential);
		await e2e.n8n.updateCredential(credential, { ...e2e.apiKeyData() });
		expect(await deliver(here.url)).toEqual(refused);
		expect(await deliver(here.url, callback(), { authToken: e2e.simulator.account.apiKeySecret })).toEqual(refused);

		await e2e.n8n.updateCredential(credential, { ...e2e.apiKeyData(), authToken: e2e.simulator.account.authToken });
		await expectNothingElse(here);
	});
});

test('A credential without a token is refused when the workflow is published, and the path is closed', async () => {
	const credential = await e2e.createCredential(e2e.apiKeyData());
	const here = await store({}, credential);
	await expect(e2e.n8n.activate(here.workflow)).rejects.toThrow("'Auth Token (for Webhooks)'");

	const status = await e2e.n8n.publicationStatus(here.workflow.id);
	expect(status.status).toBe('failed');
	expect(status.triggers.map(({ errorMessage }) => errorMessage).join()).toContain("'Auth Token (for Webhooks)'");
	expect([403, 404]).toContain((await deliver(here.url)).status);
	expect([403, 404]).toContain((await deliver(here.url, callback(), { authToken: 'undefined' })).status);
});

describe('The answer', () => {
	test('comes at once, however long the workflow takes', async () => {
		const wait = { name: 'Wait', type: 'n8n-nodes-base.wait', typeVersion: 1.1, parameters: { resume: 'webhook' } };
		const here = await publish({}, undefined, wait);
		expect(await deliver(here.url)).toEqual(silence);
		const [execution] = await waitUntil(
			async () => {
				const executions = await e2e.n8n.listExecutions({ workflowId: here.workflow.id });
				return executions.length > 0 && executions;
			},
			{ what: 'the execution in the list', timeout: 10_000 },
		);
		expect(execution && isFinished(execution)).toBe(false);
	});

	test('is the same when the workflow fails', async () => {
		const fail = {
			name: 'Fail',
			type: 'n8n-nodes-base.stopAndError',
			typeVersion: 1,
			parameters: { errorMessage: 'On purpose' },
		};
		const here = await publish({}, undefined, fail);
		expect(await deliver(here.url)).toEqual(silence);
		const [execution] = await e2e.n8n.waitForExecutions(here.workflow.id, 1);
		expect(execution?.status).toBe('error');
	});
});

describe('A repeated callback', () => {
	test('starts the workflow once, also when all come together', async () => {
		const here = await publish();
		const form = callback();
		const answers = await Promise.all(Array.from({ length: 10 }, async () => await deliver(here.url, form)));
		expect(answers).toEqual(Array.from({ length: 10 }, () => silence));
		await expectNothingElse(here, 1);
	});

	test('is known to other processes of n8n, by the static data, as soon as the first one is answered', async () => {
		const { workflow, url } = await publish();
		for (let count = 1; count <= 10; count++) {
			expect(await deliver(url)).toEqual(silence);
			expect((await savedMemory(e2e.n8n, workflow, 'Status'))?.recentRequests?.keys).toHaveLength(count);
		}
	});

	test.each([
		['starts it if n8n could not store the execution', true],
		['starts nothing if n8n has stored the execution', false],
	])('after Twilio has hung up is asked to come once more until it is known, and then %s', async (_, fails) => {
		const here = await publish();
		// So that the credential need not be read.
		expect(await deliver(here.url)).toEqual(silence);
		await e2e.n8n.waitForExecutions(here.workflow.id, 1);
		const form = callback();
		const statusOfRepeat = async () => (await deliver(here.url, form)).status;
		const quicken = await slowDown(sharedN8n(), here.workflow.id, fails);
		try {
			// Of two at once n8n takes one for a repetition of the other, which waits for the database.
			const hangingUp = [new AbortController(), new AbortController()];
			const both = hangingUp.map(async ({ signal }) => await deliver(here.url, form, { signal }));
			both.forEach((each) => each.catch(() => {}));
			expect(await Promise.race(both)).toEqual(silence);
			hangingUp.forEach((each) => each.abort());
			// One that is there before n8n has noticed it changes nothing.
			await waitUntil(async () => (await statusOfRepeat()) === 503, { what: 'the answer 503', timeout: 20_000 });
			expect((await Promise.allSettled(both)).map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		} finally {
			await quicken();
		}
		const after: number[] = [];
		await waitUntil(async () => after.push(await statusOfRepeat()) > 0 && after.at(-1) !== 503, {
			what: 'another answer than 503',
			timeout: 60_000,
		});
		expect(after.at(-1)).toBe(204);
		await expectNothingElse(here, 2);
	});

	test('starts it again without the option', async () => {
		const here = await publish({ options: { deduplicate: false } });
		const form = callback();
		expect(await deliver(here.url, form)).toEqual(silence);
		expect(await deliver(here.url, form)).toEqual(silence);
		await expectNothingElse(here, 2);
	});
});

test('Beside the polling trigger in the same workflow: neither sets back what the other one remembers', async () => {
	const status = statusTrigger(e2e.credentials());
	const workflow = await e2e.n8n.createWorkflow(bothTriggers(status, 10));
	await e2e.n8n.activate(workflow);
	const url = e2e.n8n.url + webhookPath(status);
	const repeated = callback();
	expect([await deliver(url, repeated), await deliver(url, repeated)]).toEqual([silence, silence]);

	/** What n8n's database has. */
	const saved = async () => ({
		revision: (await savedMemory(e2e.n8n, workflow, 'Polling'))?.cursor?.revision ?? 0,
		statuses: (await savedMemory(e2e.n8n, workflow, 'Status'))?.recentRequests?.keys.length ?? 0,
	});
	let callbacks = 1;
	const sids: string[] = [];
	for (let round = 1; round <= 5; round++) {
		const before = await saved();
		expect(before.statuses).toBe(callbacks);
		sids.push(e2e.simulator.receive({ from: '+14155550123', to: own(), body: 'Hello' }).sid);
		const deliverNext = async () => {
			callbacks++;
			expect(await deliver(url)).toEqual(silence);
		};
		await publishDuring(e2e.n8n, workflow, bothTriggers(status, 10 + round), deliverNext, deliverNext);
		expect((await saved()).revision).toBeGreaterThan(before.revision);
	}
	const executions = await e2e.n8n.waitForExecutions(workflow.id, callbacks + sids.length);
	const texts = await Promise.all(executions.map(async ({ id }) => JSON.stringify(await e2e.n8n.getExecution(id))));
	expect([...sids, repeated.MessageSid ?? ''].map((sid) => texts.filter((text) => text.includes(sid)).length)).toEqual(
		[...sids, repeated].map(() => 1),
	);
});

test('The test URL takes what Twilio has signed for it, and nothing else', async () => {
	const here = await store();
	expect((await deliver(here.testUrl)).status).toBe(404);
	expect(await e2e.n8n.startRun(here.workflow.id)).toMatchObject({ waitingForWebhook: true });

	const form = callback();
	expect(await deliver(here.testUrl, form, { authToken: wrongToken })).toEqual(refused);
	expect(await deliver(here.testUrl, form, { signature: null })).toEqual(refused);
	expect(await deliver(here.testUrl, form, { signedUrl: here.url })).toEqual(refused);
	expect(await deliver(here.testUrl, form)).toEqual(silence);
	expect(await receivedBy(e2e.n8n, here.workflow, 1)).toEqual([{ ...form, isFinal: true }]);
});

test('A public URL in the options counts where a proxy has another address than n8n', async () => {
	const proxy = await startProxy('/hooks', () => e2e.n8n.url);
	try {
		const here = await publish({ options: { publicUrl: `${proxy.url}/` } });
		const url = here.url.replace(e2e.n8n.url, proxy.url);
		expect(await deliver(url, callback({ MessageStatus: 'sent' }))).toEqual(silence);
		expect(await deliver(url, callback(), { authToken: wrongToken })).toEqual(refused);

		const unaware = await publish();
		const other = unaware.url.replace(e2e.n8n.url, proxy.url);
		expect(await deliver(other)).toEqual(refused);
		expect(await deliver(here.url, callback(), { signedUrl: other })).toEqual(refused);
		await expectNothingElse({ ...here, url }, 1);
		await expectNothingElse(unaware);
	} finally {
		await proxy.close();
	}
});
