import nock from 'nock';
import { systemClock } from '../../../nodes/shared/api/retry';
import { clientFor } from './editorContext';
import { answerJson, startLoopbackServer, type LoopbackServer } from './loopbackServer';
import { keyCredentials, sampleSid, tokenCredentials } from './sampleCredentials';

let server: LoopbackServer;

beforeAll(async () => {
	server = await startLoopbackServer();
});
beforeEach(() => {
	server.requests.length = 0;
	server.answer = (response) => answerJson(response, 200, {});
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => await server.close());

/** The server's answers from now on, the last one again and again. */
function answers(...all: Array<[status: number, body: unknown, headers?: object]>): void {
	let next = 0;
	server.answer = (response) =>
		answerJson(response, ...(all[Math.min(next++, all.length - 1)] as [number, unknown, object?]));
}

/** At the end of an error's message after which nobody knows. */
const mayHaveActed = '; Twilio may have acted on it all the same';

describe('requests', () => {
	it.each([
		[tokenCredentials, `${tokenCredentials.accountSid}:${tokenCredentials.authToken}`],
		[keyCredentials, `${keyCredentials.apiKeySid}:${keyCredentials.apiKeySecret}`],
	])('sign in with the account or with the API key', async (credentials, userAndSecret) => {
		const twilio = clientFor({ ...credentials, region: 'custom', baseUrl: `${server.origin}/{product}` });
		await twilio.get(twilio.account('Messages.json'));
		expect(server.requests[0]?.headers.authorization).toBe(`Basic ${btoa(userAndSecret)}`);
		expect(server.requests[0]?.url).toBe(`/api/2010-04-01/Accounts/${credentials.accountSid}/Messages.json`);
	});

	it('carry no body when they read or delete: Twilio refuses a GET with one', async () => {
		const twilio = clientFor(server.credentials);
		await twilio.get(twilio.account('A.json'), { To: '+1' });
		await twilio.list(twilio.account('A.json')).catch(() => undefined);
		await twilio.delete(twilio.account('A.json'));
		expect(server.requests).toHaveLength(3);
		for (const { body, headers } of server.requests) {
			expect(body).toBe('');
			expect(headers['content-length'] ?? '0').toBe('0');
			expect(headers['content-type']).toBeUndefined();
		}
	});

	it('repeat the key of a list, in forms and in queries, and send no undefined values', async () => {
		const twilio = clientFor(server.credentials, { additionalParameters: [['MediaUrl', 'c']] });
		const parameters = { MediaUrl: ['a,b', 'ü&='], Body: '', SmartEncoded: false, Attempt: 2, From: undefined };
		await twilio.post(twilio.account('A.json'), parameters);
		await twilio.get(twilio.account('A.json'), { 'DateSent>': '2026-11-01', Event: ['x', 'y'] });
		expect(server.requests[0]?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
		expect([...new URLSearchParams(server.requests[0]?.body)]).toEqual([
			['MediaUrl', 'a,b'],
			['MediaUrl', 'ü&='],
			['Body', ''],
			['SmartEncoded', 'false'],
			['Attempt', '2'],
			['MediaUrl', 'c'],
		]);
		expect(server.requests[1]?.url).toMatch(/\?DateSent%3E=2026-11-01&Event=x&Event=y$/);
	});

	it('are refused before they are sent when a 2010 path does not end in .json, which would be answered in XML', async () => {
		const twilio = clientFor(server.credentials);
		await expect(twilio.get(twilio.account('Messages'))).rejects.toThrow('.json');
		expect(server.requests).toEqual([]);
	});

	it('are refused before they are sent when the base URL is none', () => {
		const twilio = clientFor({ ...server.credentials, baseUrl: 'localhost' });
		expect(() => twilio.account('A.json')).toThrow(/'Base URL' is not a URL/);
		expect(() => twilio.product('messaging', 'v1/Services')).toThrow(/'Base URL' is not a URL/);
	});
});

describe('a refused credential', () => {
	it('is sent once: n8n alone would try a second time', async () => {
		answers([401, { code: 20003, message: 'Authenticate', status: 401 }]);
		const twilio = clientFor(server.credentials);
		await expect(twilio.get(twilio.account('A.json'))).rejects.toThrow('Authenticate');
		expect(server.requests).toHaveLength(1);
	});
});

describe('a redirect', () => {
	it('is not followed, and the credential goes nowhere else', async () => {
		const other = await startLoopbackServer();
		try {
			for (const status of [301, 302, 307, 308]) {
				answers([status, {}, { Location: `${other.origin}/elsewhere` }]);
				const twilio = clientFor(server.credentials);
				await expect(twilio.get(twilio.account('A.json'))).rejects.toMatchObject({ httpCode: String(status) });
				await expect(twilio.post(twilio.account('A.json'), {})).rejects.toMatchObject({ httpCode: String(status) });
			}
			expect(server.requests).toHaveLength(8);
			expect(other.requests).toEqual([]);
		} finally {
			await other.close();
		}
	});
});

describe('delete', () => {
	const url = () => clientFor(server.credentials).account(`Messages/${sampleSid('SM')}.json`);
	const notFound = [404, { code: 20404, message: 'Not found', status: 404 }] as const;
	beforeEach(() => jest.spyOn(systemClock, 'sleep').mockResolvedValue());

	it('is done when 404 follows a lost answer: the first try did it', async () => {
		let tries = 0;
		server.answer = (response) => (++tries === 1 ? response.destroy() : answerJson(response, ...notFound));
		await expect(clientFor(server.credentials).delete(url())).resolves.toBeUndefined();
		expect(tries).toBe(2);
	});

	it('fails when 404 follows 429, which says that Twilio did not act', async () => {
		answers([429, { code: 20429, message: 'Too Many Requests' }, { 'Retry-After': '0' }], [...notFound]);
		const deleting = clientFor(server.credentials).delete(url());
		await expect(deleting).rejects.toMatchObject({ message: 'Not found' });
		expect(server.requests).toHaveLength(2);
	});

	it('fails when 404 is the first answer', async () => {
		answers([...notFound]);
		const deleting = clientFor(server.credentials).delete(url());
		await expect(deleting).rejects.toMatchObject({ message: 'Not found', httpCode: '404' });
		expect(server.requests).toHaveLength(1);
	});

	it('is done with 204', async () => {
		server.answer = (response) => response.writeHead(204).end();
		await expect(clientFor(server.credentials).delete(url())).resolves.toBeUndefined();
	});
});

describe('answers that are lost or late', () => {
	it('are asked for again when reading', async () => {
		const sleep = jest.spyOn(systemClock, 'sleep').mockResolvedValue();
		let tries = 0;
		server.answer = (response) => (++tries < 3 ? response.destroy() : answerJson(response, 200, { sid: 'x' }));
		const twilio = clientFor(server.credentials);
		expect(await twilio.get(twilio.account('A.json'))).toEqual({ sid: 'x' });
		expect(sleep).toHaveBeenCalledTimes(2);
	});

	it.each([
		['the connection breaks', () => (server.answer = (response) => response.destroy())],
		['the server fails', () => answers([503, { message: 'Unavailable' }])],
	])('are never asked for again when writing, and Twilio may have acted: %s', async (_, prepare) => {
		prepare();
		const twilio = clientFor(server.credentials);
		const posting = twilio.post(twilio.account('A.json'), { Body: 'x' });
		await expect(posting).rejects.toMatchObject({
			description: expect.stringContaining('Twilio may have acted'),
			outcome: 'unknown',
		});
		expect(server.requests).toHaveLength(1);
	});

	it('are sent again after 429, also when writing', async () => {
		answers([429, { code: 20429, message: 'Too Many Requests' }, { 'Retry-After': '0' }], [201, { sid: 'y' }]);
		const twilio = clientFor(server.credentials);
		expect(await twilio.post(twilio.account('A.json'), { Body: 'x' })).toEqual({ sid: 'y' });
		expect(server.requests.map(({ body }) => body)).toEqual(['Body=x', 'Body=x']);
	});

	it.each([
		['ECONNABORTED', true],
		['ETIMEDOUT', true],
		['ECONNRESET', true],
		['EPIPE', true],
		['ENOTFOUND', false],
		['EAI_AGAIN', false],
		['CERT_HAS_EXPIRED', false],
	])('are told from requests that never left by the code of the network error: %s', async (code, isUnknown) => {
		nock('https://api.twilio.com')
			.post(/Messages/)
			.replyWithError(Object.assign(new Error('network'), { code }));
		const twilio = clientFor(tokenCredentials);
		await expect(twilio.post(twilio.account('Messages.json'), {})).rejects.toMatchObject({
			message: isUnknown
				? `Twilio's answer was lost (${code})${mayHaveActed}`
				: `Twilio could not be reached (${code})`,
			outcome: isUnknown ? 'unknown' : 'notDone',
		});
	});

	it('say that Twilio was not reached when nobody listens, so that nothing was sent', async () => {
		const gone = await startLoopbackServer();
		await gone.close();
		const twilio = clientFor(gone.credentials);
		await expect(twilio.post(twilio.account('A.json'), {})).rejects.toMatchObject({
			message: 'Twilio could not be reached (ECONNREFUSED)',
			description: expect.not.stringContaining('may have acted'),
			outcome: 'notDone',
		});
	});
});

describe('what is not an answer of Twilio', () => {
	it.each([
		['HTML with status 200', 200, 'text/html', '<html>Sign in to the network</html>'],
		['HTML with status 502', 502, 'text/html', '<html>Bad gateway</html>'],
		['an empty 200', 200, 'application/json', ''],
		['null', 200, 'application/json', 'null'],
	])('is an error: %s', async (_, status, type, body) => {
		jest.spyOn(systemClock, 'sleep').mockResolvedValue();
		server.answer = (response) => response.writeHead(status, { 'Content-Type': type }).end(body);
		for (const [method, isUnknown] of [
			['get', false],
			['post', true],
		] as const) {
			const twilio = clientFor(server.credentials);
			const url = twilio.account('A.json');
			await expect(twilio[method](url, {})).rejects.toMatchObject({
				message: `The answer (HTTP status ${status}) is not in Twilio's format${isUnknown ? mayHaveActed : ''}`,
				outcome: isUnknown ? 'unknown' : 'notDone',
				context: { data: { status, code: null, moreInfo: null } },
			});
		}
	});
});
