import { request } from 'node:http';
import { startSimulator, type Simulator } from '../../dev/simulator';
import { caller } from './asking';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator();
});

afterAll(() => simulator.close());

beforeEach(() => simulator.reset());

const owned = '+15005550006';

interface Event {
	event: string;
	data: any; // eslint-disable-line @typescript-eslint/no-explicit-any
}

/** Reads the events of the page, until `test` is done with them. */
async function withEvents(test: (next: (event: string) => Promise<Event>) => Promise<void>): Promise<void> {
	const leaving = new AbortController();
	const { body } = await fetch(`${simulator.origin}/simulator/events`, { signal: leaving.signal });
	const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
	const waiting: Event[] = [];
	let text = '';
	try {
		await test(async (wanted) => {
			for (;;) {
				for (let event = waiting.shift(); event; event = waiting.shift()) if (event.event === wanted) return event;
				const { value, done } = await reader.read();
				if (done) throw new Error('The stream ended');
				const blocks = (text + value).split('\n\n');
				text = blocks.pop() ?? '';
				for (const block of blocks) {
					const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
					if (event) waiting.push({ event, data: JSON.parse(data) });
				}
			}
		});
	} finally {
		leaving.abort();
	}
}

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
	fetch(`${simulator.origin}/simulator/${path}`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});

/** `fetch` decides on some headers itself. */
async function statusOf(path: string, headers: Record<string, string>, method = 'GET'): Promise<number | undefined> {
	return await new Promise((resolve, reject) => {
		request(`${simulator.origin}${path}`, { method, headers }, (answer) => {
			resolve(answer.statusCode);
			answer.destroy();
		})
			.on('error', reject)
			.end();
	});
}

describe('the page', () => {
	it.each([
		['/', 'text/html'],
		['/simulator/page.js', 'text/javascript'],
		['/simulator/page.css', 'text/css'],
	])('serves %s, which loads nothing from elsewhere', async (path, type) => {
		const answer = await fetch(simulator.origin + path);
		expect([answer.status, answer.headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`]);
		expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
		expect(await answer.text()).not.toMatch(/(src|href)="https?:|url\(|@import/);
	});

	it('names only files and kinds that are there', async () => {
		const html = await (await fetch(simulator.origin)).text();
		for (const [, path] of html.matchAll(/(?:src|href)="(.+?)"/g)) {
			expect([path, (await fetch(simulator.origin + path)).status]).toEqual([path, 200]);
		}
		expect([...html.matchAll(/data-kind="(\w+)"/g)].map(([, kind]) => kind)).toEqual([
			'message',
			'call',
			'callback',
			'request',
		]);
	});

	it('is no part of Twilio: its requests are not recorded, and faults do not hit them', async () => {
		simulator.fault({ status: 500, times: Infinity });
		for (const path of ['/', '/favicon.ico', '/simulator/page.js']) await fetch(simulator.origin + path);
		expect((await post('messages', { from: '+14155559999', to: owned, body: 'Hi' })).status).toBe(201);
		expect(simulator.requests).toEqual([]);
	});
});

describe('events', () => {
	it('start with the credentials, the numbers and what there is', async () => {
		simulator.receive({ from: '+14155559999', to: owned, body: 'before' });
		await withEvents(async (next) => {
			expect((await next('account')).data).toMatchObject({ ...simulator.account, baseUrl: simulator.baseUrl });
			expect((await next('number')).data).toMatchObject({ id: owned, canText: true, canCall: true });
			expect((await next('message')).data).toMatchObject({ body: 'before' });
			await next('ready');
		});
	});

	it('tell a message that is stored, its failure, and that it is gone', async () => {
		simulator.state.deliveryFailures.set('+14155559999', { status: 'failed', errorCode: 30003 });
		await withEvents(async (next) => {
			await next('ready');
			const ask = caller(simulator);
			const { json } = await ask('/Messages.json', { form: { To: '+14155559999', From: owned, Body: 'text' } });
			expect((await next('message')).data).toMatchObject({ id: json.sid, status: 'queued', errorCode: null });
			await simulator.advance();
			expect((await next('message')).data).toMatchObject({ id: json.sid, status: 'failed', errorCode: 30003 });
			simulator.reset();
			expect((await next('gone')).data).toEqual({ kind: 'message', id: json.sid });
		});
	});

	it('tell calls, callbacks and requests with their error codes', async () => {
		await withEvents(async (next) => {
			await next('ready');
			const ask = caller(simulator);
			await ask('/Messages.json', { form: { To: '+14155559999', From: '+14155550000', Body: 'text' } });
			let asked = (await next('request')).data;
			// While it was under way it may have been told already.
			while (asked.status === 0) asked = (await next('request')).data;
			expect(asked).toMatchObject({ operation: 'CreateMessage', status: 400, errorCode: 21606 });
			const { sid } = simulator.call({ from: '+14155559999', to: owned });
			expect((await next('call')).data).toMatchObject({ id: sid, status: 'completed', duration: '30' });
			const StatusCallback = `${simulator.origin}/simulator/nothing`;
			await ask('/Messages.json', { form: { To: '+14155559999', From: owned, Body: 'text', StatusCallback } });
			await simulator.advance();
			expect((await next('callback')).data).toMatchObject({ url: StatusCallback, status: 404, event: 'sent' });
			const detection = { MachineDetection: 'Enable', AsyncAmd: 'true', AsyncAmdStatusCallback: StatusCallback };
			await ask('/Calls.json', { form: { To: '+14155559999', From: owned, Twiml: '<Response/>', ...detection } });
			await simulator.advance();
			await simulator.advance();
			expect((await next('callback')).data).toMatchObject({ event: 'delivered' });
			expect((await next('callback')).data).toMatchObject({ url: StatusCallback, event: 'human' });
		});
	});

	it('end with the simulator', async () => {
		const own = await startSimulator();
		const { body } = await fetch(`${own.origin}/simulator/events`);
		const read = (async () => {
			for await (const chunk of body!) void chunk;
		})().catch((error: Error) => error.message);
		await own.close();
		expect(await read).toBe('terminated');
	});
});

describe('forms', () => {
	it('let a person text and call a number', async () => {
		const text = await post('messages', { from: '+14155559999', to: owned, body: ' Hello ' });
		expect([text.status, await text.json()]).toEqual([201, { sid: simulator.state.messages[0]?.sid }]);
		expect(simulator.state.messages).toMatchObject([
			{ direction: 'inbound', from: '+14155559999', to: owned, body: 'Hello', status: 'received' },
		]);
		expect((await post('calls', { from: '+14155559999', to: owned })).status).toBe(201);
		expect(simulator.state.calls).toMatchObject([{ direction: 'inbound', status: 'ringing' }]);
		const whatsapp = { from: 'whatsapp:+14155559999', to: 'whatsapp:+14155550100', body: 'Hi' };
		expect((await post('messages', whatsapp)).status).toBe(201);
	});

	it.each([
		['messages', { from: '+14155559999', to: owned, body: ' ' }, 'needs a text'],
		['messages', { from: '+14155559999', to: '+14155550000', body: 'x' }, 'no number of the account'],
		['messages', { from: '+14155559999', to: '+18005550199', body: 'x' }, 'no number of the account'],
		['messages', { from: '<b>', to: owned, body: 'x' }, 'From must be'],
		['messages', { from: 'whatsapp:+14155559999', to: owned, body: 'x' }, 'same channel'],
		['messages', { from: 5, to: owned, body: 'x' }, 'must be text'],
		['calls', { from: '+14155559999', to: 'whatsapp:+14155550100' }, 'no number of the account'],
		['faults', { fault: 'fire' }, 'none of'],
	])('refuse %s %j', async (path, body, message) => {
		const answer = await post(path, body);
		expect([answer.status, await answer.json()]).toEqual([400, { message: expect.stringContaining(message) }]);
		expect([...simulator.state.messages, ...simulator.state.calls]).toEqual([]);
	});

	it('let the next request go wrong', async () => {
		const ask = caller(simulator);
		await post('faults', { fault: 'tooManyRequests' });
		expect((await ask('/Messages.json')).status).toBe(429);
		await post('faults', { fault: 'lostAnswer' });
		const form = { To: '+14155559999', From: owned, Body: 'x' };
		await expect(ask('/Messages.json', { form })).rejects.toThrow('fetch failed');
		expect(simulator.state.messages).toHaveLength(1);
		expect((await ask('/Messages.json')).status).toBe(200);
	});
});

describe('other websites', () => {
	const local = () => `localhost:${simulator.port}`;

	it.each<[string, string, () => Record<string, string>]>([
		['another origin', '/simulator/events', () => ({ Host: local(), Origin: 'https://example.com' })],
		['a sandboxed origin', '/simulator/events', () => ({ Host: local(), Origin: 'null' })],
		['another port', '/simulator/events', () => ({ Host: local(), Origin: 'http://localhost:1' })],
		['a script tag', '/simulator/events', () => ({ Host: local(), 'Sec-Fetch-Site': 'cross-site' })],
		['a name that points here', '/simulator/events', () => ({ Host: `evil.example.com:${simulator.port}` })],
		['a name that points here, for the page', '/', () => ({ Host: `evil.example.com:${simulator.port}` })],
	])('are refused: %s', async (_case, path, headers) => {
		expect(await statusOf(path, headers())).toBe(403);
		expect(await statusOf(path, headers(), 'POST')).toBe(403);
	});

	it('cannot post', async () => {
		const body = { from: '+14155559999', to: owned, body: 'x' };
		expect((await post('messages', body, { Origin: 'https://example.com' })).status).toBe(403);
		expect((await post('messages', body, { Origin: simulator.origin })).status).toBe(201);
		expect(simulator.state.messages).toHaveLength(1);
	});

	it('may link to the page, and it may ask itself', async () => {
		const link = { Host: local(), 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
		expect(await statusOf('/', link)).toBe(200);
		expect(await statusOf('/simulator/events', link)).toBe(403);
		const own = { Host: local(), Origin: simulator.origin, 'Sec-Fetch-Site': 'same-origin' };
		expect(await statusOf('/simulator/events', own)).toBe(200);
	});
});

describe('a simulator with a fixed account', () => {
	it('starts with the same credentials and the same seeded rows', async () => {
		const account = { accountSid: `AC${'1'.repeat(32)}`, authToken: 'token' };
		const starts = [await startSimulator({ account }), await startSimulator({ account })];
		try {
			const [first, second] = starts.map(({ state }) =>
				[
					state.phoneNumbers,
					state.outgoingCallerIds,
					state.messagingServices,
					state.applications,
					state.contentTemplates,
					state.channelSenders,
					state.verifyServices,
				].map((rows) => rows.map(({ sid }) => sid)),
			);
			expect(first).toEqual(second);
			for (const own of starts) {
				expect(own.account).toMatchObject(account);
				expect((await caller(own)('/Messages.json')).status).toBe(200);
			}
			expect(starts[0]!.account.apiKeySecret).not.toBe(starts[1]!.account.apiKeySecret);
		} finally {
			await Promise.all(starts.map((own) => own.close()));
		}
	});
});
