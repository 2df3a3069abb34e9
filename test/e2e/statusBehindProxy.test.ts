import { N8nClient, startN8n, type RunningN8n, type StoredCredential } from '../../dev/n8n';
import { credentialType } from './environment';
import { sharedN8n } from './sharedN8n';
import { callback, post, receivedBy, startProxy, statusTrigger, webhookPath, type Delivery } from './statusTrigger';
import { chain } from './workflows';

/* An n8n of its own: N8N_WEBHOOK_URL cannot change while n8n runs, and the shared one must not be restarted. */

const subPath = '/automation/n8n';
const authToken = '0123456789abcdef0123456789abcdef';
const silence = { status: 204, body: '' };
const refused = { status: 403, body: '' };

let n8n: RunningN8n;
let client: N8nClient;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let credential: StoredCredential;

beforeAll(async () => {
	proxy = await startProxy(subPath, () => n8n.url);
	n8n = await startN8n({ tarball: sharedN8n().tarball, env: { N8N_WEBHOOK_URL: `${proxy.url}/` } });
	client = new N8nClient(n8n.url);
	await client.ownerSetup();
	credential = await client.createCredential(credentialType, 'Twilio', {
		authType: 'authToken',
		accountSid: `AC${'a'.repeat(32)}`,
		authToken,
		region: 'us1',
	});
});

afterAll(async () => {
	await n8n?.close();
	await proxy?.close();
});

async function publish() {
	const trigger = statusTrigger({ [credentialType]: { id: credential.id, name: credential.name } });
	const workflow = await client.createWorkflow(chain('Behind a proxy', [trigger]));
	await client.activate(workflow);
	return { workflow, trigger };
}

const deliver = async (url: string, form = callback(), how: Partial<Delivery> = {}) =>
	await post(url, form, { authToken, ...how });

test('N8N_WEBHOOK_URL with a sub-path is the address that counts', async () => {
	const { workflow, trigger } = await publish();
	const [publicUrl, localUrl] = [proxy.url + webhookPath(trigger), n8n.url + webhookPath(trigger)];
	expect(await deliver(publicUrl, callback({ MessageStatus: 'sent' }))).toEqual(silence);
	expect(await deliver(`${publicUrl}?order=A%2F1`, callback({ MessageStatus: 'queued' }))).toEqual(silence);

	expect(await deliver(publicUrl, callback(), { authToken: 'f'.repeat(32) })).toEqual(refused);
	expect(await deliver(publicUrl, callback(), { signature: null })).toEqual(refused);
	expect(await deliver(publicUrl, callback(), { signedForm: callback() })).toEqual(refused);
	expect(await deliver(localUrl)).toEqual(refused);

	expect(await deliver(publicUrl)).toEqual(silence);
	const received = await receivedBy(client, workflow, 3);
	expect(received.map(({ MessageStatus }) => MessageStatus)).toEqual(['sent', 'queued', 'delivered']);
});

test('the test URL is below it, too', async () => {
	const { workflow, trigger } = await publish();
	await client.startRun(workflow.id);
	expect(await deliver(proxy.url + webhookPath(trigger, true))).toEqual(silence);
	expect(await receivedBy(client, workflow, 1)).toHaveLength(1);
});

test('a callback that is repeated after a restart starts nothing, after an orderly one and after a crash', async () => {
	const { workflow, trigger } = await publish();
	const url = proxy.url + webhookPath(trigger);
	const [first, second] = [callback(), callback()];

	expect(await deliver(url, first)).toEqual(silence);
	await receivedBy(client, workflow, 1);
	await n8n.restart();
	expect(await deliver(url, first)).toEqual(silence);
	expect(await deliver(url, second)).toEqual(silence);
	await receivedBy(client, workflow, 2);
	await n8n.kill();
	await n8n.start({});
	expect(await deliver(url, second)).toEqual(silence);
	expect(await deliver(url, first)).toEqual(silence);

	const last = callback();
	expect(await deliver(url, last)).toEqual(silence);
	const received = await receivedBy(client, workflow, 3);
	expect(received.map(({ MessageSid }) => MessageSid)).toEqual(
		[first, second, last].map(({ MessageSid }) => MessageSid),
	);
});

test('the log has a line about what was refused, without the token', async () => {
	const { trigger } = await publish();
	const url = proxy.url + webhookPath(trigger);
	for (let times = 0; times < 5; times++)
		expect(await deliver(url, callback(), { authToken: 'f'.repeat(32) })).toEqual(refused);
	const lines = n8n.logs.filter((line) => line.includes(trigger.webhookId) && line.includes('refused a request'));
	expect(lines).toHaveLength(1);
	expect(lines[0]).toContain(`URLs tried: "${url}"`);
	expect(n8n.logs.join('\n')).not.toContain(authToken);
});
