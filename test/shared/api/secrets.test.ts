import { inspect } from 'node:util';
import fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';
import { createTwilioClient } from '../../../nodes/shared/api/client';
import { withoutSecrets, type TwilioCredentials } from '../../../nodes/shared/api/credentials';
import { systemClock } from '../../../nodes/shared/api/retry';
import { Twilio } from '../../../nodes/Twilio/Twilio.node';
import { runNode } from '../../support/n8n';
import { clientFor, editorContext, rejectionOf } from './editorContext';
import { answerJson, startLoopbackServer, type LoopbackServer } from './loopbackServer';
import { keyCredentials, sampleSid, tokenCredentials } from './sampleCredentials';

const secondary = { secondaryAuthToken: 'the+second/token=3' };

/** Every form in which a server might give back what it was sent. */
function formsOf(credentials: TwilioCredentials): string[] {
	const isKey = credentials.authType === 'apiKey';
	const secret = (isKey ? credentials.apiKeySecret : credentials.authToken) ?? '';
	const basic = btoa(`${isKey ? credentials.apiKeySid : credentials.accountSid}:${secret}`);
	return [secret, encodeURIComponent(secret), basic, encodeURIComponent(basic), basic.replace(/=+$/, '')];
}

/** Everything that anybody could print of a value. */
const everythingOf = (value: unknown) =>
	[inspect(value, { depth: Infinity, showHidden: true, getters: true }), safeJson(value), String(value)].join('\n');

function safeJson(value: unknown): string {
	const seen = new WeakSet();
	return JSON.stringify(value, (_, each: unknown) => {
		if (typeof each !== 'object' || each === null) return each;
		if (seen.has(each)) return undefined;
		seen.add(each);
		return each;
	});
}

let server: LoopbackServer;
beforeAll(async () => {
	server = await startLoopbackServer();
	jest.spyOn(systemClock, 'sleep').mockResolvedValue();
});
afterAll(async () => await server.close());

const setups = [tokenCredentials, keyCredentials].map((credentials) => ({ ...credentials, ...secondary }));

describe.each(setups)('secrets of $authType', (credentials) => {
	const forms = formsOf(credentials);
	const echo = `${forms.join(' ')} ${secondary.secondaryAuthToken}`;
	const custom = () => ({ ...credentials, region: 'custom' as const, baseUrl: `${server.origin}/{product}` });

	/** Answers with the secrets wherever an error quotes something. */
	const echoing = (status: number) => {
		server.answer = (response, { headers }) =>
			answerJson(
				response,
				status,
				{
					code: 20001,
					message: `${echo} ${headers.authorization}`,
					more_info: `https://gateway/?${echo}`,
					detail: echo,
				},
				{ 'Twilio-Request-Id': echo, 'X-Echo': headers.authorization },
			);
	};

	it.each([400, 401, 403, 429, 500, 307])('are not in the error of an answer that echoes them: %d', async (status) => {
		echoing(status);
		const twilio = clientFor(custom());
		const error = await rejectionOf(twilio.post(twilio.account('A.json'), { Body: 'x' }));
		expect(error.message).toContain('***');
		for (const secret of [...forms, secondary.secondaryAuthToken]) expect(everythingOf(error)).not.toContain(secret);
	});

	it('are not in the error of a lost answer, nor of a server that is not there', async () => {
		server.answer = (response) => response.destroy();
		const gone = await startLoopbackServer();
		await gone.close();
		for (const origin of [server.origin, gone.origin]) {
			const twilio = clientFor({ ...credentials, region: 'custom', baseUrl: `${origin}/{product}` });
			const error = await rejectionOf(twilio.post(twilio.account('A.json'), { Body: 'x' }));
			for (const secret of [...forms, secondary.secondaryAuthToken]) expect(everythingOf(error)).not.toContain(secret);
		}
	});

	it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		"are not in n8n's execution data: %s",
		async (onError) => {
			echoing(400);
			const { run, error, outputs } = await runNode({
				node: new Twilio(),
				parameters: { resource: 'message', operation: 'delete', messageSid: sampleSid('SM') },
				credentials: { twilioExtendedApi: custom() },
				onError,
			});
			expect(error?.message ?? outputs.flat()[0]?.json.error).toContain('***');
			for (const secret of [...forms, secondary.secondaryAuthToken]) expect(everythingOf(run)).not.toContain(secret);
		},
	);
});

/** Credentials with this base URL. */
const withBase = (baseUrl: string): TwilioCredentials => ({ ...tokenCredentials, region: 'custom', baseUrl });

/** Runs the node with this base URL, and gives everything that n8n keeps of the run. */
async function runWithBase(baseUrl: string, parameters: INodeParameters) {
	const { run, error } = await runNode({
		node: new Twilio(),
		parameters,
		credentials: { twilioExtendedApi: { ...withBase(baseUrl) } },
	});
	return { run: everythingOf(run), message: error?.message };
}

const operations: INodeParameters[] = [
	{ resource: 'message', operation: 'get', messageSid: sampleSid('SM') },
	{ resource: 'message', operation: 'getAll' },
	{ resource: 'media', operation: 'download', messageSid: sampleSid('SM'), mediaSid: sampleSid('ME') },
	{ resource: 'apiRequest', operation: 'send', url: 'https://elsewhere.example/x' },
	{ resource: 'apiRequest', operation: 'send', url: 'v1/x', method: 'POST' },
	{ resource: 'apiRequest', operation: 'send', url: 'v1/x', options: { followPages: true } },
];

describe.each(operations)('a base URL with secrets in it ($resource: $operation, $url $method)', (parameters) => {
	it.each([
		'http://user:pa55word@HOST/{product}',
		'http://pa55word@HOST/{product}',
		'http://HOST/{product}?k=pa55word',
	])('is refused before a request, and shown nowhere: %s', async (template) => {
		server.requests.length = 0;
		const { run, message } = await runWithBase(template.replace('HOST', new URL(server.origin).host), parameters);
		expect(message).toContain("'Base URL'");
		expect(run).not.toContain('pa55word');
		expect(server.requests).toEqual([]);
	});

	it('is not shown where its path is secret, whatever the server quotes', async () => {
		server.answer = (response, { url }) => {
			const message = `The resource ${url} of team-pa55word was not found`;
			answerJson(response, 404, { code: 20404, message, more_info: `${server.origin}${url}` });
		};
		const { run, message } = await runWithBase(`${server.origin}/team-pa55word/{product}`, parameters);
		const refused = "'URL' does not lead to a Twilio host that takes API requests in the credential's region";
		const quoted = expect.stringMatching(/^The resource \/\*\*\*\/.* of \*\*\* was not found$/) as string;
		expect(message).toEqual(String(parameters.url).includes('elsewhere') ? refused : quoted);
		expect(run).not.toContain('pa55word');
	});
});

it('a base URL with a secret path is not shown where a path is no list', async () => {
	const url = '2010-04-01/Accounts/{accountSid}/Calls';
	const parameters = { resource: 'apiRequest', operation: 'send', url, options: { followPages: true } };
	const { run, message } = await runWithBase(`${server.origin}/team-pa55word/{product}`, parameters);
	expect(message).toContain(`must end in .json: /2010-04-01/Accounts/${tokenCredentials.accountSid}/Calls`);
	expect(run).not.toContain('pa55word');
});

describe("an error of n8n's own", () => {
	it.each(['get', 'download'] as const)('does not quote what is secret, nor carry the request: %s', async (method) => {
		const credentials = withBase('https://gateway.example/team-pa55word/{product}');
		const context = editorContext(credentials);
		const refuse = async (_type: string, request: { url: string }) => {
			throw Object.assign(new Error(`Blocked: ${request.url}`), { request, auth: tokenCredentials.authToken });
		};
		context.helpers.httpRequestWithAuthentication = refuse as never;
		const twilio = createTwilioClient(context, credentials);
		const url = twilio.account('A.json');
		const error = await rejectionOf(
			method === 'get' ? twilio.get(url) : twilio.download(url, { save: async () => undefined }),
		);
		expect(error.message).toMatch(/^Blocked: https:\/\/gateway\.example\/\*\*\*\/api\//);
		expect(everythingOf(error)).not.toContain('pa55word');
		expect(everythingOf(error)).not.toContain(tokenCredentials.authToken);
	});
});

describe('withoutSecrets', () => {
	it('takes out whatever the secret consists of, and nothing where there is none', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 8 }), fc.string(), fc.string(), (authToken, before, after) => {
				const credentials = { ...tokenCredentials, authToken };
				expect(withoutSecrets(`${before}${authToken}${after}`, credentials)).not.toContain(authToken);
			}),
		);
		expect(withoutSecrets('text', { ...tokenCredentials, authToken: '' })).toBe('text');
	});

	it('leaves no rest of a secret that another one is a part of', () => {
		const credentials = { ...tokenCredentials, authToken: 'abcdef', secondaryAuthToken: 'abcdef-and-more' };
		expect(withoutSecrets('x abcdef-and-more y abcdef', credentials)).toBe('x *** y ***');
	});

	it.each([
		['https://user:p%40ss-1@gw.example/{product}', 'p%40ss-1 p@ss-1 user:p%40ss-1', '*** *** ***'],
		[
			'https://user:pa ss@gw.example/{product}',
			`pa%20ss pa+ss ${btoa('user:pa ss').replace(/=+$/, '')}`,
			'*** *** ***',
		],
		['user:passw0rd@gw.example', 'https://user:passw0rd@gw.example', 'https://user:***@gw.example'],
		['https://t0k3n-1@gw.example', 'https://t0k3n-1@gw.example/x', 'https://***@gw.example/x'],
		['https://gw.example/{product}?key=hush', 'https://gw.example/api?key=hush', 'https://gw.example/api?key=***'],
		['https://gw.example/{product}#hush', 'https://gw.example/api#hush', 'https://gw.example/api#***'],
		['https://gw.example/hush/{product}/x', 'GET /hush/api/x/y hush', 'GET /***/api/***/y hush'],
		['https://gw.example/t-0123456789ab/{product}', 't-0123456789ab', '***'],
		['https://{product}.gw.example', 'https://api.gw.example/x', 'https://api.gw.example/x'],
		['http://localhost:4010/{product}', 'http://localhost:4010/api/x', 'http://localhost:4010/api/x'],
		['', 'text', 'text'],
	])('takes out what is secret in the base URL %s', (baseUrl, text, clean) => {
		expect(withoutSecrets(text, withBase(baseUrl))).toBe(clean);
	});

	it('takes out the login of a base URL, whatever it consists of', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 4 }), fc.string({ minLength: 4, unit: 'binary' }), (user, pass) => {
				fc.pre(!user.includes(':'));
				const login = `${encodeURIComponent(user)}:${encodeURIComponent(pass)}`;
				const text = `${login} ${pass} ${btoa(String.fromCharCode(...Buffer.from(`${user}:${pass}`)))}`;
				const clean = withoutSecrets(text, withBase(`https://${login}@gw.example/{product}`));
				expect(clean).not.toContain(pass);
				expect(clean).not.toContain(encodeURIComponent(pass));
			}),
		);
	});
});
