import type { ServerResponse } from 'node:http';

import type { INodeParameters } from 'n8n-workflow';

import { Twilio } from '../../../../nodes/Twilio/Twilio.node';
import { runNode } from '../../../support/n8n';
import { startRecordingServer, type RecordingServer, type WireRequest } from '../../../support/recordingServer';

let server: RecordingServer;
let answer: (request: WireRequest, response: ServerResponse) => void;

beforeAll(async () => {
	server = await startRecordingServer((request, response) => answer(request, response));
});
beforeEach(() => {
	server.requests.length = 0;
	answer = (_request, response) => json(response, 200, { ok: true });
});
afterAll(async () => await server.close());

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
	response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

const accountSid = `AC${'1'.repeat(32)}`;

const send = async (parameters: INodeParameters) =>
	await runNode({
		node: new Twilio(),
		parameters: { resource: 'apiRequest', operation: 'send', ...parameters },
		credentials: {
			twilioExtendedApi: {
				authType: 'authToken',
				accountSid,
				authToken: 'a-token',
				region: 'custom',
				baseUrl: server.baseUrl,
			},
		},
	});

const pairs = (...entries: Array<[string, string]>) => ({
	parameter: entries.map(([name, value]) => ({ name, value })),
});

it('lists messages, as it stands when the node is new', async () => {
	const { json: items } = await send({});
	expect(items).toEqual([{ ok: true }]);
	expect(server.requests).toMatchObject([
		{ method: 'GET', product: 'api', path: `/2010-04-01/Accounts/${accountSid}/Messages.json`, body: '' },
	]);
	expect(server.requests[0]?.headers.authorization).toMatch(/^Basic /);
});

it('repeats names in the query', async () => {
	await send({ url: 'v1/x?a=0', query: pairs(['a', '1 2'], ['a', '3&4']) });
	expect(server.requests[0]?.query).toEqual([
		['a', '0'],
		['a', '1 2'],
		['a', '3&4'],
	]);
});

it.each(['POST', 'PUT', 'PATCH'])('sends a form by %s, with repeated names', async (method) => {
	await send({ method, url: 'v1/x', formBody: pairs(['MediaUrl', 'a'], ['MediaUrl', 'b']) });
	expect(server.requests[0]).toMatchObject({ method, body: 'MediaUrl=a&MediaUrl=b' });
});

it('sends JSON', async () => {
	await send({ method: 'POST', url: 'v1/x', bodyType: 'json', jsonBody: '={{ { "types": { "twilio/text": {} } } }}' });
	expect(server.requests[0]?.headers['content-type']).toContain('application/json');
	expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({ types: { 'twilio/text': {} } });
});

it('sends no body by GET and DELETE', async () => {
	answer = (_request, response) => void response.writeHead(204).end();
	for (const method of ['GET', 'DELETE'])
		await send({ method, url: 'v1/x', bodyType: 'form', formBody: pairs(['a', 'b']) });
	expect(server.requests.map(({ method, body }) => [method, body])).toEqual([
		['GET', ''],
		['DELETE', ''],
	]);
});

it('answers an empty answer with its status', async () => {
	answer = (_request, response) => void response.writeHead(204).end();
	for (const method of ['GET', 'DELETE']) {
		expect((await send({ method, url: 'v1/x' })).json).toEqual([{ statusCode: 204 }]);
	}
});

it.each(['GET', 'POST'])('gives status and headers by %s when asked to', async (method) => {
	answer = (_request, response) => json(response, 201, { sid: 'x' }, { 'twilio-request-id': 'RQ1' });
	const { json: items } = await send({ method, url: 'v1/x', options: { returnFullResponse: true } });
	expect(items).toEqual([
		{ statusCode: 201, headers: expect.objectContaining({ 'twilio-request-id': 'RQ1' }), body: { sid: 'x' } },
	]);
});

describe('pages', () => {
	const rows = (count: number, from: number) => Array.from({ length: count }, (_, n) => ({ sid: `S${from + n}` }));

	it.each([
		[undefined, 3, 30],
		[15, 2, 15],
	])('are followed to the end or to the limit %s', async (limit, requests, items) => {
		answer = ({ query }, response) => {
			const page = Number(new URLSearchParams(query).get('Page') ?? 0);
			const next = page < 2 ? `/2010-04-01/Accounts/${accountSid}/Calls.json?Page=${page + 1}` : null;
			json(response, 200, { calls: rows(10, page * 10), next_page_uri: next });
		};
		const url = '2010-04-01/Accounts/{accountSid}/Calls.json';
		const run = await send({ url, options: { followPages: true, ...(limit ? { limit } : {}) } });
		expect(run.json).toHaveLength(items);
		expect(server.requests).toHaveLength(requests);
	});

	it('are followed in the dialect of the product APIs, and not to another host', async () => {
		const base = server.baseUrl.replace('{product}', 'messaging');
		answer = ({ query }, response) => {
			const page = Number(new URLSearchParams(query).get('Page') ?? 0);
			const next = `${page < 2 ? base : 'https://evil.test'}/v1/Services?Page=${page + 1}`;
			json(response, 200, { services: rows(2, page * 2), meta: { key: 'services', next_page_url: next } });
		};
		const run = await send({ url: `${base}/v1/Services`, options: { followPages: true, limit: 4 } });
		expect(run.json).toHaveLength(4);
		const all = await send({ url: `${base}/v1/Services`, options: { followPages: true } });
		expect(all.error?.message).toContain('another host');
	});
});

it.each([
	['itself', ['A', 'A'], 2],
	['the page before', ['A', 'B', 'A'], 3],
])('stops where pages lead back to %s, and says so', async (_, tokens, requests) => {
	answer = ({ query }, response) => {
		const token = new URLSearchParams(query).get('PageToken');
		const next = tokens[token === null ? 0 : tokens.indexOf(token) + 1];
		const uri = `/2010-04-01/Accounts/x/Calls.json?PageToken=${next}&Page=${server.requests.length}`;
		json(response, 200, { calls: [{ sid: token }], next_page_uri: uri });
	};
	const { error } = await send({ options: { followPages: true, limit: 1000 } });
	expect(error?.message).toMatch(/^The list (leads back|names the same page).*Calls\.json\?PageToken=A/);
	expect(server.requests).toHaveLength(requests);
});

it("sends the user's headers for every page", async () => {
	const next = (query: URLSearchParams) => (query.get('Page') ? null : '/2010-04-01/Accounts/x/Calls.json?Page=1');
	answer = ({ query }, response) => json(response, 200, { calls: [], next_page_uri: next(new URLSearchParams(query)) });
	await send({ headers: pairs(['I-Twilio-Thing', 'x']), options: { followPages: true } });
	expect(server.requests.map(({ headers }) => headers['i-twilio-thing'])).toEqual(['x', 'x']);
});

it("says in Twilio's words what a file's path answers in XML", async () => {
	const document = '<TwilioResponse><RestException><Code>20404</Code><Message>Not &amp; found</Message>';
	answer = (_request, response) =>
		void response
			.writeHead(404, { 'content-type': 'application/xml' })
			.end(`${document}</RestException></TwilioResponse>`);
	for (const method of ['GET', 'DELETE']) {
		const { error } = await send({ method, url: '2010-04-01/Accounts/{accountSid}/Recordings/RE1' });
		expect(error).toMatchObject({ message: 'Not & found', context: { data: { code: 20404, status: 404 } } });
	}
});

it('gives a file as binary data, with json beside it', async () => {
	const picture = Buffer.from([0xff, 0xd8, 0xff, 0x00, 0x80]);
	answer = (_request, response) => void response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture);
	const { outputs } = await send({ url: '2010-04-01/Accounts/{accountSid}/Messages/MM1/Media/ME1' });
	const [item] = outputs[0] ?? [];
	expect(item?.json).toEqual({ fileName: 'ME1.jpg', mimeType: 'image/jpeg', fileSize: expect.anything() });
	expect(Buffer.from(item?.binary?.data?.data ?? '', 'base64')).toEqual(picture);
});

it('gives XML as text', async () => {
	answer = (_request, response) => void response.writeHead(200, { 'content-type': 'application/xml' }).end('<a>ü</a>');
	expect((await send({ url: '2010-04-01/Accounts/{accountSid}/Calls' })).json).toEqual([{ data: '<a>ü</a>' }]);
});

it("fails with Twilio's words", async () => {
	answer = (_request, response) => json(response, 400, { code: 21211, message: 'Invalid To', more_info: 'https://x' });
	const { error } = await send({ method: 'POST', url: 'v1/x' });
	expect(error).toMatchObject({ message: 'Invalid To', description: expect.stringContaining('21211') });
});

it('does not send a POST again whose answer was lost', async () => {
	answer = (_request, response) => void response.destroy();
	const { error } = await send({ method: 'POST', url: 'v1/x' });
	expect(error?.description).toContain('Twilio may have acted');
	expect(server.requests).toHaveLength(1);
});

describe('is refused before a request', () => {
	it.each(['Authorization', 'HOST', 'Proxy-Authorization', 'cookie', 'Content-Length', 'Transfer-Encoding'])(
		'with the header %s',
		async (name) => {
			const { error } = await send({ headers: pairs([name, 'x']) });
			expect(error?.message).toContain(`'${name}' cannot be set`);
			expect(server.requests).toEqual([]);
		},
	);

	it.each([
		['a name with a colon', { headers: pairs(['a:b', 'x']) }, 'characters that headers cannot have'],
		['a value with a line break', { headers: pairs(['a', 'x\r\nb: c']) }, 'characters that headers cannot have'],
		['JSON that is none', { method: 'POST', bodyType: 'json', jsonBody: '{' }, "'JSON Body'"],
		['pages of a POST', { method: 'POST', options: { followPages: true } }, "'Follow Pages' needs the method GET"],
		[
			'pages and status at once',
			{ options: { followPages: true, returnFullResponse: true } },
			'cannot be used together',
		],
		['another host', { url: 'https://api.twilio.com.evil.test/x' }, "'URL'"],
	])('with %s', async (_, parameters, message) => {
		const { error } = await send(parameters);
		expect(error?.message).toContain(message);
		expect(server.requests).toEqual([]);
	});
});

it("sends headers of the user's own", async () => {
	await send({ headers: pairs(['I-Twilio-Thing', 'x']) });
	expect(server.requests[0]?.headers['i-twilio-thing']).toBe('x');
});
