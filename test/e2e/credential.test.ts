import { useEnvironment } from './environment';

const e2e = useEnvironment();

describe("The credential's test, as the editor runs it", () => {
	test('passes with the Auth Token', async () => {
		const answer = await e2e.n8n.testCredential(e2e.credential);
		expect(answer).toMatchObject({ status: 'OK' });
		expect(e2e.simulator.requests.length).toBeGreaterThan(0);
	});

	test('passes with an API key', async () => {
		const credential = await e2e.createCredential(e2e.apiKeyData());
		expect(await e2e.n8n.testCredential(credential)).toMatchObject({ status: 'OK' });
	});

	test('says what is wrong with a wrong Auth Token', async () => {
		const credential = await e2e.createCredential({ ...e2e.authTokenData(), authToken: 'wrong' });
		const answer = await e2e.n8n.testCredential(credential);
		expect(answer.status).toBe('Error');
		expect(answer.message).toMatch(/SID.*token/i);
	});

	test('says what is wrong with a wrong API key secret', async () => {
		const credential = await e2e.createCredential({ ...e2e.apiKeyData(), apiKeySecret: 'wrong' });
		const answer = await e2e.n8n.testCredential(credential);
		expect(answer.status).toBe('Error');
		expect(answer.message).toMatch(/SID.*secret/i);
	});
});
