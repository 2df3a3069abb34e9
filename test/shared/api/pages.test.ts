import fc from 'fast-check';
import { readPage } from '../../../nodes/shared/api/pages';
import { startSimulator, type Simulator } from '../../../dev/simulator';
import type { TwilioCredentials } from '../../../nodes/shared/api/credentials';
import { clientFor, rejectionOf } from './editorContext';
import { answerJson, startLoopbackServer, type LoopbackServer } from './loopbackServer';

const account = 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json';

/** Where a list would go on, normalized, or why it does not. */
function verdict(next: string): string {
	try {
		return new URL(readPage(account, { messages: [], next_page_uri: next }).next ?? '').href;
	} catch (error) {
		return `refused: ${(error as Error).message}`;
	}
}

describe('readPage', () => {
	it('reads the 2010 dialect: one array, and a relative link', () => {
		const next = '/2010-04-01/Accounts/AC1/Messages.json?PageToken=PASM1';
		expect(readPage(account, { page: 0, messages: [{ sid: 'SM1' }], next_page_uri: next })).toEqual({
			rows: [{ sid: 'SM1' }],
			next: `https://api.twilio.com${next}`,
		});
		expect(readPage(account, { media_list: [], next_page_uri: null })).toEqual({ rows: [] });
	});

	it('reads the other dialect: the array that meta.key names, and an absolute link', () => {
		const url = 'https://messaging.twilio.com/v1/Services?PageSize=1';
		const next = 'https://messaging.twilio.com/v1/Services?PageToken=PAMG1';
		const body = { other: [1], services: [{ sid: 'MG1' }], meta: { key: 'services', next_page_url: next } };
		expect(readPage(url, body)).toEqual({ rows: [{ sid: 'MG1' }], next });
		expect(readPage(url, { services: [], meta: { key: 'services', next_page_url: null } })).toEqual({ rows: [] });
	});

	it.each([
		[account, account],
		[`${account}?To=%2B1&PageToken=PASM1`, `${account}?PageToken=PASM1&To=%2B1`],
		[`${account}?Page=1&PageToken=PASM1`, `${account}?Page=2&PageToken=PASM1`],
	])('refuses a page that names itself as the next one, which would never end: %#', (url, next) => {
		expect(() => readPage(url, { messages: [], next_page_uri: next })).toThrow(/the same page .*: Messages\.json/);
	});

	it.each([
		[`${account}?Page=1`, `${account}?Page=2`],
		[`${account}?PageToken=PASM1`, `${account}?PageToken=PASM2`],
		[`${account}?PageToken=PASM1`, `${account}?PageToken=pasm1`],
		[account, `${account}?PageToken=PASM1`],
	])('takes others for others: %#', (url, next) => {
		expect(readPage(url, { messages: [], next_page_uri: next }).next).toBe(next);
	});

	it('stays below the path of a base URL that has one', () => {
		const next = '/2010-04-01/Accounts/AC1/Messages.json?Page=1';
		const url = 'http://localhost:4010/twilio/api/2010-04-01/Accounts/AC1/Messages.json';
		expect(readPage(url, { messages: [], next_page_uri: next }).next).toBe(`http://localhost:4010/twilio/api${next}`);
	});

	it.each([
		'https://evil.example/2010-04-01/Messages.json',
		'http://api.twilio.com/2010-04-01/Messages.json',
		'https://api.twilio.com:8443/2010-04-01/Messages.json',
		'https://api.twilio.com.evil.example/x',
		'//evil.example/x',
		'/\\evil.example/x',
		'\\\\evil.example/x',
		'https://api.twilio.com@evil.example/x',
		'https://user:secret@api.twilio.com/2010-04-01/Messages.json',
		'https:user@api.twilio.com/2010-04-01/Messages.json',
		'https:\\\\user@api.twilio.com/2010-04-01/Messages.json',
		'javascript:alert(1)',
		'file:///etc/passwd',
		'relative.json',
	])('refuses a following page that the credential must not be sent to: %s', (next) => {
		expect(() => readPage(account, { messages: [], next_page_uri: next })).toThrow('another host');
		const body = { messages: [], meta: { key: 'messages', next_page_url: next } };
		expect(() => readPage(account, body)).toThrow('another host');
	});

	it('follows nothing that leads to another origin, whatever a server makes up', () => {
		const parts = fc.constantFrom(
			'/',
			'//',
			'\\',
			'@',
			':',
			'?',
			'#',
			'.',
			'evil.example',
			'https:',
			'api.twilio.com',
			'%2f',
			'\t',
		);
		fc.assert(
			fc.property(fc.array(parts, { minLength: 1, maxLength: 8 }), (all) => {
				expect(verdict(all.join(''))).toMatch(
					/^https:\/\/api\.twilio\.com\/|^refused: The list (continues on another|names the same)/,
				);
			}),
			{ numRuns: 2000 },
		);
	});

	it.each([{}, [], null, 'text', { message: 'hello' }, { meta: { key: 'services' } }])(
		'says so when there is no list in the answer: %j',
		(body) => {
			expect(() => readPage(account, body)).toThrow('no list');
		},
	);
});

describe('lists of the simulator', () => {
	let simulator: Simulator;
	let credentials: TwilioCredentials;
	beforeAll(async () => {
		simulator = await startSimulator();
		credentials = { ...simulator.account, authType: 'authToken', region: 'custom', baseUrl: simulator.baseUrl };
	});
	beforeEach(() => simulator.reset());
	afterAll(async () => await simulator.close());

	const receive = (count: number) => {
		for (let n = 0; n < count; n++) simulator.receive({ from: '+14155550111', to: '+14155550100', body: String(n) });
	};
	const pageSizes = () => simulator.requests.map(({ query }) => Object.fromEntries(query).PageSize);

	it('ask for a limit of 50 in exactly one request', async () => {
		receive(60);
		const twilio = clientFor(credentials);
		const rows = await twilio.list(twilio.account('Messages.json'), { limit: 50 });
		expect(rows.map(({ body }) => body)).toEqual(Array.from({ length: 50 }, (_, n) => String(59 - n)));
		expect(pageSizes()).toEqual(['50']);
	});

	it('ask for everything in pages of 1000, each row once', async () => {
		receive(2001);
		const twilio = clientFor(credentials);
		const rows = await twilio.list(twilio.account('Messages.json'));
		expect(new Set(rows.map(({ sid }) => sid)).size).toBe(2001);
		expect(rows).toHaveLength(2001);
		expect(pageSizes()).toEqual(['1000', '1000', '1000']);
	});

	it('stop at the limit in the middle of a page, and keep the filters from page to page', async () => {
		receive(1500);
		const twilio = clientFor(credentials, { additionalParameters: [['From', '+14155550111']] });
		const query = { To: '+14155550100', 'DateSent>': '2020-01-01' };
		expect(await twilio.list(twilio.account('Messages.json'), { query, limit: 1200 })).toHaveLength(1200);
		expect(simulator.requests).toHaveLength(2);
		for (const request of simulator.requests) {
			expect(Object.fromEntries(request.query)).toMatchObject({ ...query, From: '+14155550111', PageSize: '1000' });
		}
	});

	it('count towards the limit only rows that are wanted', async () => {
		receive(30);
		const twilio = clientFor(credentials);
		const rows = await twilio.list(twilio.account('Messages.json'), {
			limit: 5,
			keep: ({ body }) => Number(body) % 5 === 0,
		});
		expect(rows.map(({ body }) => body)).toEqual(['25', '20', '15', '10', '5']);
		expect(pageSizes()).toEqual(['1000']);
	});

	it('follow the links of the product APIs', async () => {
		const [service] = simulator.state.messagingServices;
		for (let n = 0; n < 5; n++)
			simulator.state.messagingServices.push({ ...service!, sid: `MG${String(n).repeat(32)}` });
		const twilio = clientFor(credentials);
		const sids: unknown[] = [];
		for await (const { rows } of twilio.pages(twilio.product('messaging', 'v1/Services'), { PageSize: 3 })) {
			sids.push(rows.map(({ sid }) => sid));
		}
		expect(sids).toHaveLength(3);
		expect(new Set(sids.flat()).size).toBe(7);
	});

	it('give up with the error of the page that failed, no rows of the pages before it', async () => {
		receive(1100);
		simulator.fault({ skip: 1, status: 400, body: { code: 21481, message: 'Invalid Page Token', status: 400 } });
		const twilio = clientFor(credentials);
		await expect(twilio.list(twilio.account('Messages.json'))).rejects.toThrow('Invalid Page Token');
	});
});

describe('a list that leads back to a page', () => {
	let server: LoopbackServer;
	beforeAll(async () => {
		server = await startLoopbackServer();
	});
	beforeEach(() => (server.requests.length = 0));
	afterAll(async () => await server.close());

	/** Answers with a row for each page, and with the links of this table. */
	const links = (table: Record<string, string | null>) => {
		server.answer = (response, { url }) => {
			const token = new URLSearchParams(url.split('?')[1]).get('PageToken') ?? 'first';
			const next = table[token];
			const link = next && `/2010-04-01/Accounts/AC1/Messages.json?To=%2B14155550100&PageToken=${next}`;
			answerJson(response, 200, { messages: [{ sid: token }], next_page_uri: link });
		};
	};
	const list = async (limit?: number) => {
		const twilio = clientFor(server.credentials);
		return await twilio.list(twilio.account('Messages.json'), { limit });
	};

	it.each([
		['itself', { first: 'A', A: 'A' }, 2],
		['the one before it', { first: 'A', A: 'B', B: 'A' }, 3],
		['one long before', { first: 'A', A: 'B', B: 'C', C: 'D', D: 'B' }, 5],
	])('fails at %s, and names it without the filters', async (_, table, requests) => {
		links(table);
		const error = await rejectionOf(list());
		expect(error.message).toMatch(/page.*: Messages\.json\?PageToken=[AB]$/);
		expect(server.requests).toHaveLength(requests);
	});

	it('is no trouble where the limit comes first', async () => {
		links({ first: 'A', A: 'B', B: 'A' });
		expect(await list(3)).toEqual([{ sid: 'first' }, { sid: 'A' }, { sid: 'B' }]);
	});

	it('always ends, and only where it does: each page is read once', async () => {
		const tokens = ['first', 'A', 'B', 'C', 'D'];
		const table = fc.record(
			Object.fromEntries(tokens.map((token) => [token, fc.option(fc.constantFrom(...tokens.slice(1)))])),
		);
		await fc.assert(
			fc.asyncProperty(table, async (next) => {
				const path: string[] = [];
				for (let token: string | null | undefined = 'first'; token && !path.includes(token); token = next[token])
					path.push(token);
				const isCircle = Boolean(next[path.at(-1) as string]);
				links(next);
				server.requests.length = 0;
				const result = await list().catch((error: Error) => error.message.replace(/^The list .* page .*/, 'circle'));
				expect(result).toEqual(isCircle ? 'circle' : path.map((sid) => ({ sid })));
				expect(server.requests).toHaveLength(path.length);
			}),
			{ numRuns: 50 },
		);
	});
});

describe('rows that shift between pages', () => {
	let server: LoopbackServer;
	beforeAll(async () => {
		server = await startLoopbackServer();
	});
	afterAll(async () => await server.close());

	it('are given once, although the second page repeats some of the first', async () => {
		const page = (first: number, next: string | null) => ({
			messages: [0, 1, 2].map((n) => ({ sid: `SM${first + n}` })),
			next_page_uri: next,
		});
		server.answer = (response, { url }) =>
			answerJson(response, 200, url.includes('Page=1') ? page(2, null) : page(0, '/2010-04-01/A.json?Page=1'));
		const twilio = clientFor(server.credentials);
		const rows = await twilio.list(twilio.account('A.json'));
		expect(rows.map(({ sid }) => sid)).toEqual(['SM0', 'SM1', 'SM2', 'SM3', 'SM4']);
	});
});
