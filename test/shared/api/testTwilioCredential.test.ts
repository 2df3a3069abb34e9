import { inspect } from 'node:util';
import nock from 'nock';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { TwilioCredentials } from '../../../nodes/shared/api/credentials';
import { regionTemplates } from '../../../nodes/shared/api/hosts';
import { Twilio } from '../../../nodes/Twilio/Twilio.node';
import { startSimulator, type Simulator } from '../../../dev/simulator';
import { testCredential } from '../../support/n8n';
import { startLoopbackServer } from './loopbackServer';
import { keyCredentials, sampleSid, tokenCredentials } from './sampleCredentials';

const test = async (credentials: Partial<TwilioCredentials>) =>
	await testCredential(new Twilio(), 'testTwilioCredential', credentials as ICredentialDataDecryptedObject);

const numbers = { incoming_phone_numbers: [] };
const unauthorized = { code: 20003, message: 'Authenticate', status: 401 };

/** The API host of a region answers the test once. */
function regionAnswers(region: keyof typeof regionTemplates, status: number, body: object | string): nock.Scope {
	return nock(regionTemplates[region].replace('{product}', 'api'))
		.get(/\/IncomingPhoneNumbers\.json\?PageSize=1$/)
		.reply(status, body);
}

afterEach(() => nock.cleanAll());

describe('with the simulator', () => {
	let simulator: Simulator;
	let base: Pick<TwilioCredentials, 'region' | 'baseUrl' | 'accountSid'>;
	beforeAll(async () => {
		simulator = await startSimulator();
		base = { region: 'custom', baseUrl: simulator.baseUrl, accountSid: simulator.account.accountSid };
	});
	afterAll(async () => await simulator.close());

	it('accepts the Auth Token', async () => {
		const { authToken } = simulator.account;
		expect(await test({ ...base, authType: 'authToken', authToken })).toMatchObject({ status: 'OK' });
	});

	it('accepts a Standard API key', async () => {
		const { apiKeySid, apiKeySecret } = simulator.account;
		expect(await test({ ...base, authType: 'apiKey', apiKeySid, apiKeySecret })).toMatchObject({ status: 'OK' });
	});

	it('does not accept a wrong token, and asks once', async () => {
		simulator.requests.length = 0;
		const { apiKeySecret } = simulator.account;
		expect(await test({ ...base, authType: 'authToken', authToken: apiKeySecret })).toEqual({
			status: 'Error',
			message: 'Twilio does not accept this SID with this token or secret',
		});
		expect(simulator.requests).toHaveLength(1);
	});
});

describe('with regions', () => {
	it.each(['us1', 'ie1', 'au1'] as const)('asks the region that was chosen: %s', async (region) => {
		regionAnswers(region, 200, numbers);
		expect(await test({ ...tokenCredentials, region })).toEqual({ status: 'OK', message: 'Connection successful' });
	});

	it.each([
		['us1', 'ie1'],
		['us1', 'au1'],
		['ie1', 'us1'],
		['au1', 'ie1'],
	] as const)('names the region that the secrets belong to: not %s, but %s', async (chosen, right) => {
		for (const region of ['us1', 'ie1', 'au1'] as const) {
			if (region === right) regionAnswers(region, 200, numbers);
			else regionAnswers(region, 401, unauthorized);
		}
		expect(await test({ ...keyCredentials, region: chosen })).toEqual({
			status: 'Error',
			message: `These secrets belong to the region ${right.toUpperCase()}. Choose it as 'Region'.`,
		});
	});

	it('takes a restricted key of another region for one of that region', async () => {
		regionAnswers('us1', 401, unauthorized);
		regionAnswers('ie1', 403, { code: 70051, message: 'Forbidden' });
		expect((await test(keyCredentials)).message).toContain('region IE1');
	});

	it('says that token or SID are wrong when no region accepts them', async () => {
		for (const region of ['us1', 'ie1', 'au1'] as const) regionAnswers(region, 401, unauthorized);
		expect(await test(tokenCredentials)).toEqual({
			status: 'Error',
			message: 'Twilio does not accept this SID with this token or secret',
		});
		expect(nock.isDone()).toBe(true);
	});

	it('says so too when another region cannot be reached to ask', async () => {
		regionAnswers('us1', 401, unauthorized);
		expect(await test(tokenCredentials)).toEqual({
			status: 'Error',
			message: 'Twilio does not accept this SID with this token or secret',
		});
	});
});

describe('an answer', () => {
	it.each([
		[70051, 'Forbidden'],
		[20403, 'Forbidden'],
	])('403 of a restricted key counts as valid: %d', async (code, message) => {
		regionAnswers('us1', 403, { code, message, status: 403 });
		expect(await test(keyCredentials)).toEqual({
			status: 'OK',
			message: 'Connection successful; the API key has limited permissions',
		});
	});

	it("403 of another kind is an error with Twilio's words", async () => {
		const message = 'Resource not accessible with Test Account Credentials';
		regionAnswers('us1', 403, { code: 20008, message, status: 403 });
		expect(await test(tokenCredentials)).toEqual({ status: 'Error', message });
	});

	it.each([403, 500, 503])('that is not Twilio’s is an error: %d', async (status) => {
		regionAnswers('us1', status, '<html>Blocked by your company</html>');
		expect(await test(tokenCredentials)).toMatchObject({
			status: 'Error',
			message: `The answer (HTTP status ${status}) is not Twilio's. Check the base URL.`,
		});
	});

	it('200 of a server that is no Twilio is an error', async () => {
		regionAnswers('us1', 200, '<html>Welcome</html>');
		expect(await test(tokenCredentials)).toMatchObject({ status: 'Error' });
	});

	it('redirect is not followed', async () => {
		const other = await startLoopbackServer();
		nock('https://api.twilio.com')
			.get(/Incoming/)
			.reply(302, '', { Location: other.origin });
		expect(await test(tokenCredentials)).toMatchObject({ status: 'Error' });
		expect(other.requests).toEqual([]);
		await other.close();
	});
});

describe('what is missing', () => {
	it.each<[string, Partial<TwilioCredentials>]>([
		["'Account SID' must be AC", { ...tokenCredentials, accountSid: '' }],
		["'Account SID' must be AC", { ...tokenCredentials, accountSid: sampleSid('SK') }],
		["'Account SID' must be AC", { ...tokenCredentials, accountSid: `${sampleSid('AC')} ` }],
		["'Auth Token' is empty", { ...tokenCredentials, authToken: '' }],
		["'API Key SID' must be SK", { ...keyCredentials, apiKeySid: sampleSid('AC') }],
		["'API Key Secret' is empty", { ...keyCredentials, apiKeySecret: undefined }],
		["'Base URL' is not a URL", { ...tokenCredentials, region: 'custom', baseUrl: '' }],
	])('is named without a request: %s', async (message, credentials) => {
		expect(await test(credentials)).toEqual({ status: 'Error', message: expect.stringContaining(message) });
	});
});

describe('secrets', () => {
	it('go to no other host than a base URL of the user', async () => {
		const gateway = await startLoopbackServer();
		gateway.answer = (response) => response.writeHead(401).end('{}');
		// Any request to a host of Twilio's would be one too many: nock blocks it, which would change the message.
		expect(await test(gateway.credentials)).toEqual({
			status: 'Error',
			message: 'Twilio does not accept this SID with this token or secret',
		});
		expect(gateway.requests).toHaveLength(1);
		await gateway.close();
	});

	it.each([tokenCredentials, keyCredentials])('are in no message, whatever the server answers', async (credentials) => {
		const secret = (credentials.authType === 'apiKey' ? credentials.apiKeySecret : credentials.authToken) ?? '';
		const { user } = { user: credentials.authType === 'apiKey' ? credentials.apiKeySid : credentials.accountSid };
		const message = `${secret} ${encodeURIComponent(secret)} ${btoa(`${user}:${secret}`)}`;
		regionAnswers('us1', 400, { code: 20001, message });
		const result = await test(credentials);
		expect(result).toEqual({ status: 'Error', message: '*** *** ***' });
	});

	it.each([
		'http://user:pa55word@HOST/{product}',
		'http://pa55word@HOST/{product}',
		'http://HOST/{product}?key=pa55word',
		'http://HOST/{product}#pa55word',
	])('in a base URL are refused without a request, and not shown: %s', async (template) => {
		const gateway = await startLoopbackServer();
		const baseUrl = template.replace('HOST', new URL(gateway.origin).host);
		const result = await test({ ...gateway.credentials, baseUrl });
		await gateway.close();
		expect(result).toEqual({
			status: 'Error',
			message: expect.stringMatching(/^The credential's 'Base URL' must have no /),
		});
		expect(result.message).not.toContain('pa55word');
		expect(gateway.requests).toEqual([]);
	});

	it('are in no message when the network fails', async () => {
		const gone = await startLoopbackServer();
		await gone.close();
		const result = await test(gone.credentials);
		expect(result).toEqual({ status: 'Error', message: expect.stringContaining('ECONNREFUSED') });
		expect(inspect(result)).not.toContain(tokenCredentials.authToken);
	});
});
