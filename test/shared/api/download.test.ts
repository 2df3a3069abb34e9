import { Readable } from 'node:stream';
import nock from 'nock';
import { readText, type FileContent } from '../../../nodes/shared/api/exchange';
import { systemClock } from '../../../nodes/shared/api/retry';
import { clientFor, rejectionOf } from './editorContext';
import { answerJson, startLoopbackServer, type LoopbackServer } from './loopbackServer';
import { tokenCredentials } from './sampleCredentials';

/** Reads the stream to its end, as n8n does when it stores a file. */
const save = async (content: FileContent, contentType: string) => ({
	text: await readText(content, Infinity),
	contentType,
	isStream: content instanceof Readable,
});

let twilioServer: LoopbackServer;
let mediaServer: LoopbackServer;

beforeAll(async () => {
	twilioServer = await startLoopbackServer();
	mediaServer = await startLoopbackServer();
});
beforeEach(() => {
	for (const server of [twilioServer, mediaServer]) server.requests.length = 0;
	jest.spyOn(systemClock, 'sleep').mockResolvedValue();
	mediaServer.answer = (response) => response.writeHead(200, { 'Content-Type': 'image/png' }).end('pixels');
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
	await Promise.all([twilioServer.close(), mediaServer.close()]);
});

const get = async (options: { expectedType?: string } = {}) => {
	const twilio = clientFor(twilioServer.credentials);
	return await twilio.download(twilio.account('Messages/MM1/Media/ME1'), { save, ...options });
};
const redirectTo = (location: string, status = 307) => {
	twilioServer.answer = (response) => response.writeHead(status, { Location: location }).end('moved');
};

describe('a download', () => {
	it('gives the content as a stream, with its type', async () => {
		twilioServer.answer = (response) =>
			response.writeHead(200, { 'Content-Type': 'image/jpeg; charset=binary' }).end('pixels');
		expect(await get()).toEqual({ text: 'pixels', contentType: 'image/jpeg', isStream: true });
	});

	it('gives the first bytes before the last ones are sent', async () => {
		let finish = () => {};
		twilioServer.answer = (response) => {
			response.writeHead(200, { 'Content-Type': 'audio/mpeg' }).write('first');
			finish = () => response.end('last');
		};
		const twilio = clientFor(twilioServer.credentials);
		const text = await twilio.download(twilio.account('x'), {
			save: async (content) => {
				let all = '';
				for await (const chunk of content) {
					all += String(chunk);
					if (all === 'first') finish();
				}
				return all;
			},
		});
		expect(text).toBe('firstlast');
	});

	it('has a type for unknown bytes when the server names none', async () => {
		twilioServer.answer = (response) => response.writeHead(200).end('bytes');
		expect(await get()).toMatchObject({ contentType: 'application/octet-stream' });
	});
});

describe('a redirect of a file', () => {
	it.each([301, 302, 303, 307, 308])('is followed to another origin without the credential: %d', async (status) => {
		redirectTo(`${mediaServer.origin}/signed?Signature=1`, status);
		expect(await get()).toMatchObject({ text: 'pixels', contentType: 'image/png' });
		expect(twilioServer.requests[0]?.headers.authorization).toMatch(/^Basic /);
		expect(mediaServer.requests).toHaveLength(1);
		expect(mediaServer.requests[0]).toMatchObject({ url: '/signed?Signature=1', method: 'GET' });
		expect(mediaServer.requests[0]?.headers).not.toHaveProperty('authorization');
	});

	it('is followed with the credential where it stays on the origin, also by a relative address', async () => {
		twilioServer.answer = (response, { url }) =>
			url.endsWith('/elsewhere')
				? response.writeHead(200, { 'Content-Type': 'image/gif' }).end('gif')
				: response.writeHead(302, { Location: '/api/elsewhere' }).end();
		expect(await get()).toMatchObject({ text: 'gif' });
		expect(twilioServer.requests.map(({ headers }) => headers.authorization?.slice(0, 6))).toEqual([
			'Basic ',
			'Basic ',
		]);
	});

	it('shows the credential to no other origin, however often that redirects', async () => {
		mediaServer.answer = (response, { url }) =>
			response.writeHead(307, { Location: `${mediaServer.origin}/${Number(url.slice(1)) + 1}` }).end();
		redirectTo(`${mediaServer.origin}/1`);
		await expect(get()).rejects.toMatchObject({ httpCode: '307' });
		expect(mediaServer.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual(
			['/1', '/2', '/3', '/4', '/5'].map((url) => [url, undefined]),
		);
	});

	it('ends when it goes round in circles', async () => {
		redirectTo(`${twilioServer.origin}/again`);
		const error = await rejectionOf(get());
		expect(error).toMatchObject({ httpCode: '307' });
		expect(twilioServer.requests).toHaveLength(6);
	});

	it('from https to plain http is refused, before anything is sent there', async () => {
		nock('https://api.twilio.com')
			.get(/Media/)
			.reply(307, '', { Location: `${mediaServer.origin}/x` });
		const twilio = clientFor(tokenCredentials);
		const error = await rejectionOf(twilio.download(twilio.account('Messages/MM1/Media/ME1'), { save }));
		expect(error.message).toBe(`Twilio's redirect to ${mediaServer.origin} was not followed`);
		expect(mediaServer.requests).toEqual([]);
	});

	it.each([['ftp://example.com/x'], ['file:///etc/passwd'], ['http://'], ['data:text/plain,x']])(
		'to no place on the web is refused: %s',
		async (location) => {
			redirectTo(location);
			expect((await rejectionOf(get())).message).toContain('was not followed');
		},
	);

	it('to nowhere is an error', async () => {
		twilioServer.answer = (response) => response.writeHead(307).end();
		await expect(get()).rejects.toMatchObject({ httpCode: '307' });
	});
});

describe('a file that is not there', () => {
	it("is an error with Twilio's message and code", async () => {
		twilioServer.answer = (response) => answerJson(response, 404, { code: 20404, message: 'Not found', status: 404 });
		const error = await rejectionOf(get());
		expect(error).toMatchObject({ message: 'Not found', httpCode: '404', context: { data: { code: 20404 } } });
		expect(twilioServer.requests).toHaveLength(1);
	});

	it.each(['application/json', 'application/xml', 'text/xml; charset=utf-8', 'text/html', 'Application/JSON'])(
		'is an error when a document comes with status 200: %s',
		async (type) => {
			twilioServer.answer = (response) => response.writeHead(200, { 'Content-Type': type }).end('{"error":1}');
			expect((await rejectionOf(get({ expectedType: 'image/png' }))).message).toMatch(/no media file but a document/);
		},
	);

	it('is no error when the file is such a document', async () => {
		twilioServer.answer = (response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<b>mail</b>');
		expect(await get({ expectedType: 'text/html' })).toMatchObject({ text: '<b>mail</b>' });
	});

	it('is an error when the host of the files says so, in words of our own', async () => {
		redirectTo(`${mediaServer.origin}/x`);
		mediaServer.answer = (response) =>
			response.writeHead(403, { 'Content-Type': 'application/xml' }).end('<Error><Code>AccessDenied</Code></Error>');
		expect(await rejectionOf(get())).toMatchObject({
			message: "The answer (HTTP status 403) is not in Twilio's format",
			httpCode: '403',
		});
	});
});

describe('a connection that breaks', () => {
	const truncated: LoopbackServer['answer'] = (response) => {
		response.writeHead(200, { 'Content-Type': 'image/png', 'Content-Length': '100' });
		response.write('pix', () => response.destroy());
	};

	it('in the middle of a file is tried again, from the start', async () => {
		let tries = 0;
		twilioServer.answer = (response, request) =>
			++tries === 1
				? truncated(response, request)
				: response.writeHead(200, { 'Content-Type': 'image/png' }).end('pixels');
		expect(await get()).toMatchObject({ text: 'pixels' });
		expect(tries).toBe(2);
	});

	it('again and again is an error, never half a file', async () => {
		twilioServer.answer = truncated;
		const error = await rejectionOf(get());
		expect(error.message).toMatch(/^Twilio's answer was lost \(/);
		expect(twilioServer.requests).toHaveLength(5);
	});

	it('behind a redirect is tried again from the first address, whose signature may have expired', async () => {
		redirectTo(`${mediaServer.origin}/x`);
		let tries = 0;
		mediaServer.answer = (response, request) =>
			++tries === 1
				? truncated(response, request)
				: response.writeHead(200, { 'Content-Type': 'image/png' }).end('pixels');
		expect(await get()).toMatchObject({ text: 'pixels' });
		expect(twilioServer.requests).toHaveLength(2);
	});
});

describe('a failure of what takes the file', () => {
	it('is the error, and nothing is downloaded again', async () => {
		twilioServer.answer = (response) => response.writeHead(200, { 'Content-Type': 'image/png' }).end('pixels');
		const twilio = clientFor(twilioServer.credentials);
		const full = async () => {
			throw Object.assign(new Error('No space left'), { code: 'ENOSPC' });
		};
		const error = await rejectionOf(twilio.download(twilio.account('x'), { save: full }));
		expect(JSON.stringify(error)).toContain('No space left');
		expect(twilioServer.requests).toHaveLength(1);
	});
});
