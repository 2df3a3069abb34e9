import { inspect } from 'node:util';
import fc from 'fast-check';
import { withoutSecrets, type TwilioCredentials } from '../../../nodes/shared/api/credentials';
import { systemClock } from '../../../nodes/shared/api/retry';
import { Twilio } from '../../../nodes/Twilio/Twilio.node';
import { runNode } from '../../support/n8n';
import { clientFor, rejectionOf } from './editorContext';
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
});
