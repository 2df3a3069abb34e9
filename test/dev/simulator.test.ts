import twilio from 'twilio';
import RequestClient from 'twilio/lib/base/RequestClient';
import { startSimulator, type Simulator } from '../../dev/simulator';
import type { MessageRow } from '../../dev/simulator/resources/messageRow';
import { documents, type DocumentName } from '../../dev/simulator/documents';
import { checkAnswer, describeRequest, operationIds } from '../../dev/simulator/openApi';
import { resources } from '../../dev/simulator/resources';
import { countSegments } from '../../dev/simulator/resources/messageSegments';
import { parseFilterTime, toRfc2822 } from '../../dev/simulator/times';
import { basic, caller, withReceiver, type Answer } from './asking';

let simulator: Simulator;
let call: ReturnType<typeof caller>;
let clock = new Date('2026-11-23T12:00:00Z');

beforeAll(async () => {
	simulator = await startSimulator({ now: () => clock });
	call = caller(simulator);
});

afterAll(() => simulator.close());

beforeEach(() => {
	clock = new Date('2026-11-23T12:00:00Z');
	simulator.reset();
});

const owned = '+15005550006';
const recipient = '+15005550010';

async function send(more: Record<string, string> = {}): Promise<MessageRow> {
	const { status, json } = await call('/Messages.json', {
		form: { To: recipient, From: owned, Body: 'hello', ...more },
	});
	expect(status).toBe(201);
	return json as MessageRow;
}

/** Messages sent at each of these seconds, and delivered. */
async function sendAt(...seconds: number[]): Promise<MessageRow[]> {
	const rows: MessageRow[] = [];
	for (const second of seconds) {
		clock = new Date(Date.parse('2026-11-20T00:00:00Z') + second * 1000);
		const { sid } = await send({ Body: `at ${second}` });
		await simulator.advance();
		await simulator.advance();
		await simulator.advance();
		rows.push(simulator.state.messages.find((row) => row.sid === sid)!);
	}
	return rows;
}

const bodies = ({ json }: Answer): string[] => (json.messages as MessageRow[]).map(({ body }) => body);

describe('official twilio SDK', () => {
	/** Sends what is meant for Twilio's hosts to the simulator. */
	class LocalClient extends RequestClient {
		override request<T>(options: RequestClient.RequestOptions<T>) {
			const uri = options.uri.replace(/^https:\/\/(\w+)\.twilio\.com/, `${simulator.origin}/$1`);
			return super.request<T>({ ...options, uri });
		}
	}
	const client = ({ accountSid, authToken } = simulator.account) =>
		twilio(accountSid, authToken, { accountSid: simulator.account.accountSid, httpClient: new LocalClient() });

	it('sends, lists through pages, fetches, redacts and deletes', async () => {
		const sdk = client();
		const sent = await sdk.messages.create({
			to: recipient,
			from: owned,
			body: 'one',
			mediaUrl: ['https://example.com/a.png'],
		});
		expect(sent).toMatchObject({ status: 'queued', numMedia: '1', dateSent: null, errorCode: null });
		expect(sent.sid).toMatch(/^MM[0-9a-f]{32}$/);
		for (const body of ['two', 'three', 'four', 'five'])
			await sdk.messages.create({ to: recipient, from: owned, body });

		const listed = await sdk.messages.list({ to: recipient, pageSize: 2 });
		expect(listed.map(({ body }) => body)).toEqual(['five', 'four', 'three', 'two', 'one']);
		expect(simulator.requests.filter(({ operationId }) => operationId === 'ListMessage')).toHaveLength(3);

		const page = await sdk.messages.page({ pageSize: 2 });
		const second = await page.nextPage();
		expect(second?.instances.map(({ body }) => body)).toEqual(['three', 'two']);
		const back = await second?.previousPage();
		expect(back?.instances.map(({ body }) => body)).toEqual(['five', 'four']);

		expect((await sdk.messages(sent.sid).fetch()).body).toBe('one');
		expect(await sdk.messages(sent.sid).media.list()).toMatchObject([
			{ contentType: 'image/png', parentSid: sent.sid },
		]);
		expect((await sdk.messages(sent.sid).update({ body: '' })).body).toBe('');

		await expect(sdk.messages(sent.sid).remove()).rejects.toMatchObject({ code: 20009 });
		for (let step = 0; step < 3; step++) await simulator.advance();
		expect(await sdk.messages(sent.sid).remove()).toBe(true);
		await expect(sdk.messages(sent.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
		expect(simulator.state.media).toEqual([]);
	});

	it('filters by date as the SDK writes it', async () => {
		await sendAt(10, 20, 30);
		const rows = await client().messages.list({ dateSentAfter: new Date('2026-11-20T00:00:20Z') });
		expect(rows.map(({ body }) => body)).toEqual(['at 30', 'at 20']);
		expect(rows[0]?.dateSent).toEqual(new Date('2026-11-20T00:00:30Z'));
	});

	it('lists numbers, callers, applications, services, senders and templates, also with an API key', async () => {
		const { apiKeySid, apiKeySecret } = simulator.account;
		const sdk = client({ ...simulator.account, accountSid: apiKeySid, authToken: apiKeySecret });
		expect(
			(await sdk.incomingPhoneNumbers.list({ phoneNumber: '4155550' })).map(({ phoneNumber }) => phoneNumber),
		).toEqual(['+14155550100']);
		expect((await sdk.outgoingCallerIds.list()).map(({ friendlyName }) => friendlyName)).toEqual(['Front desk']);
		expect(await sdk.applications.list({ friendlyName: 'nothing' })).toEqual([]);
		expect((await sdk.messaging.v1.services.list({ pageSize: 1 })).map(({ friendlyName }) => friendlyName)).toEqual([
			'Marketing',
			'Notifications',
		]);
		expect(
			(await sdk.messaging.v2.channelsSenders.list({ channel: 'whatsapp' })).map(({ senderId }) => senderId),
		).toEqual(['whatsapp:+14155550100']);
		expect((await sdk.content.v1.contents.list()).map(({ friendlyName }) => friendlyName)).toEqual(['order_shipped']);
		await expect(sdk.api.v2010.accounts(simulator.account.accountSid).fetch()).rejects.toMatchObject({
			status: 401,
			code: 20003,
		});
		expect((await client().api.v2010.accounts(simulator.account.accountSid).fetch()).status).toBe('active');
	});
});

describe('answers', () => {
	it('follow the schemas of the OpenAPI files', async () => {
		// call() checks each of them.
		const { sid } = await send({ MediaUrl: 'https://example.com/a.pdf', ProvideFeedback: 'true' });
		const ways = [
			`api/2010-04-01/Accounts/${simulator.account.accountSid}.json`,
			'/IncomingPhoneNumbers.json',
			'/IncomingPhoneNumbers/' + simulator.state.phoneNumbers[0]!.sid + '.json',
			'/OutgoingCallerIds.json',
			'/OutgoingCallerIds/' + simulator.state.outgoingCallerIds[0]!.sid + '.json',
			'/Applications.json',
			'/Applications/' + simulator.state.applications[0]!.sid + '.json',
			'/Messages.json',
			`/Messages/${sid}.json`,
			`/Messages/${sid}/Media.json`,
			`/Messages/${sid}/Media/${simulator.state.media[0]!.sid}.json`,
			'messaging/v1/Services',
			'messaging/v1/Services/' + simulator.state.messagingServices[0]!.sid,
			'messaging/v2/Channels/Senders?Channel=whatsapp',
			'messaging/v2/Channels/Senders/' + simulator.state.channelSenders[0]!.sid,
			'content/v1/Content',
			'content/v1/ContentAndApprovals',
			'content/v1/Content/' + simulator.state.contentTemplates[0]!.sid,
			'content/v2/Content?Language=en&ContentName=order_shipped&DateCreatedAfter=2026-11-23',
			'content/v2/ContentAndApprovals?ContentType=twilio/text',
		];
		for (const way of ways) expect([way, (await call(way)).status]).toEqual([way, 200]);
		expect((await call(`/Messages/${sid}/Feedback.json`, { form: { Outcome: 'confirmed' } })).json).toMatchObject({
			outcome: 'confirmed',
		});
	});

	it('are caught when they contain what Twilio does not send', async () => {
		const row = await send();
		expect(checkAnswer('api_v2010', 'FetchMessage', 200, row)).toEqual([]);
		expect(checkAnswer('api_v2010', 'FetchMessage', 200, { ...row, invented: 1 })).toEqual([
			expect.stringContaining('invented'),
		]);
		expect(checkAnswer('api_v2010', 'FetchMessage', 200, { ...row, num_media: 0 })).toEqual([
			expect.stringContaining('num_media'),
		]);
		expect(checkAnswer('api_v2010', 'FetchMessage', 200, { ...row, date_sent: '2026-11-23T12:00:00Z' })).toHaveLength(
			1,
		);
	});

	it('carry the clock, a request id and the concurrency', async () => {
		const { headers } = await call('/Messages.json');
		expect(headers.get('date')).toBe('Mon, 23 Nov 2026 12:00:00 GMT');
		expect(headers.get('twilio-request-id')).toMatch(/^RQ[0-9a-f]{32}$/);
		expect(headers.get('twilio-concurrent-requests')).toBe('1');
	});

	it('come from handlers whose names the OpenAPI files know', () => {
		for (const { document, operations } of resources) {
			expect(operationIds(document)).toEqual(expect.arrayContaining(Object.keys(operations)));
		}
	});
});

describe('rejections', () => {
	const sid = 'f'.repeat(32);
	const base = { To: recipient, From: owned, Body: 'x' };

	it.each<[string, number, number, () => Promise<Answer>]>([
		['an unknown query parameter', 400, 20001, () => call('/Messages.json?Limit=5')],
		['a parameter in the wrong case', 400, 20001, () => call(`/Messages.json?to=${recipient}`)],
		['a query on a POST', 400, 20001, () => call('/Messages.json?To=1', { form: base })],
		['an unknown form parameter', 400, 20001, () => call('/Messages.json', { form: { ...base, Colour: 'red' } })],
		['a wrong enum', 400, 20001, () => call('/Messages.json', { form: { ...base, RiskCheck: 'maybe' } })],
		['a boolean that is none', 400, 20001, () => call('/Messages.json', { form: { ...base, SmartEncoded: 'yes' } })],
		['a number that is none', 400, 20001, () => call('/Messages.json', { form: { ...base, Attempt: 'one' } })],
		[
			'a repeated single parameter',
			400,
			20001,
			() => call('/Messages.json', { form: [...Object.entries(base), ['Body', 'y']] }),
		],
		[
			'a malformed SID in the form',
			400,
			20001,
			() => call('/Messages.json', { form: { ...base, MessagingServiceSid: 'MG1' } }),
		],
		['a malformed SID in the path', 400, 20001, () => call('/Messages/SM123.json')],
		[
			'JSON instead of a form',
			400,
			20001,
			() =>
				call('/Messages.json', {
					method: 'POST',
					body: JSON.stringify(base),
					headers: { 'Content-Type': 'application/json' },
				}),
		],
		['an operator in the value', 400, 20001, () => call('/Messages.json?DateSent=%3E%3D2026-11-01')],
		['a day the calendar does not have', 400, 20001, () => call('/Messages.json?DateSent=2026-02-30')],
		[
			'an offset whose + was not encoded',
			400,
			20001,
			() => call('/Messages.json?DateSent%3E=2026-11-01T00:00:00+01:00'),
		],
		['page size 0', 400, 20001, () => call('/Messages.json?PageSize=0')],
		['a page size above 1000', 400, 20007, () => call('/Messages.json?PageSize=1001')],
		['an unknown page token', 400, 21481, () => call(`/Messages.json?PageToken=PASM${sid}`)],
		['a made-up page token', 400, 21481, () => call('/Messages.json?PageToken=2')],
		['a required query parameter that is missing', 400, 20001, () => call('messaging/v2/Channels/Senders')],
		['wrong credentials', 401, 20003, () => call('/Messages.json', { headers: { Authorization: basic('AC', 'no') } })],
		['an unknown message', 404, 20404, () => call(`/Messages/SM${sid}.json`)],
		['another account', 404, 20404, () => call(`api/2010-04-01/Accounts/AC${sid}/Messages.json`)],
		['an unknown product', 404, 20404, () => call('nothing/v1/Services')],
		['a .json that product APIs do not have', 404, 20404, () => call('messaging/v1/Services.json')],
		['an unknown method', 405, 20004, () => call('/Messages.json', { method: 'PUT' })],
		['an operation without a handler', 501, 20501, () => call('/Queues.json')],
	])('refuses %s', async (_case, status, code, ask) => {
		const answer = await ask();
		expect([answer.status, answer.json.code]).toEqual([status, code]);
		expect(answer.json).toMatchObject({
			status,
			more_info: `https://www.twilio.com/docs/errors/${code}`,
			message: expect.any(String),
		});
		expect(simulator.state.messages).toEqual([]);
	});

	it('names the parameter, and in product APIs gives details', async () => {
		expect((await call('/Messages.json?Limit=5')).json).toEqual({
			code: 20001,
			message: 'Unknown parameter Limit',
			more_info: 'https://www.twilio.com/docs/errors/20001',
			status: 400,
		});
		expect((await call('messaging/v1/Services?Limit=5')).json).toMatchObject({
			code: 20001,
			details: { parameter: 'Limit' },
		});
	});

	it('answers XML to a 2010 path without .json', async () => {
		const answer = await call('/Messages');
		expect(answer.status).toBe(404);
		expect(answer.headers.get('content-type')).toContain('application/xml');
		expect(answer.text).toContain('<RestException><Code>20404</Code>');
	});

	it('answers 403 to a GET with a body', async () => {
		// fetch cannot send one.
		const { request } = await import('node:http');
		const { accountSid, authToken } = simulator.account;
		const status = await new Promise((resolve, reject) => {
			const outgoing = request(
				`${simulator.origin}/api/2010-04-01/Accounts/${accountSid}/Messages.json`,
				{
					method: 'GET',
					auth: `${accountSid}:${authToken}`,
					headers: { 'Content-Type': 'application/json', 'Content-Length': '2' },
				},
				(incoming) => resolve(incoming.resume().statusCode),
			);
			outgoing.on('error', reject).end('{}');
		});
		expect(status).toBe(403);
	});

	const service = () => simulator.state.messagingServices[0]!.sid;
	const template = () => simulator.state.contentTemplates[0]!.sid;
	const inMinutes = (minutes: number) => new Date(clock.getTime() + minutes * 60_000).toISOString();

	it.each<[string, number, () => Record<string, string | undefined>]>([
		['no To', 21604, () => ({ To: undefined })],
		['an empty To', 21604, () => ({ To: '' })],
		['no From and no service', 21603, () => ({ From: undefined })],
		['no text, media or template', 21602, () => ({ Body: undefined })],
		['a text that is too long', 21617, () => ({ Body: 'x'.repeat(1601) })],
		['a media URL that is none', 21620, () => ({ MediaUrl: 'cat.png' })],
		['a callback host with an underscore', 21609, () => ({ StatusCallback: 'https://my_host.example.com/' })],
		['a callback that is too long', 21609, () => ({ StatusCallback: `https://example.com/${'x'.repeat(4000)}` })],
		['a callback that is no URL', 21609, () => ({ StatusCallback: 'example' })],
		['a validity that is too long', 20001, () => ({ ValidityPeriod: '36001' })],
		['short URLs without a service', 20001, () => ({ ShortenUrls: 'true' })],
		['a schedule without a time', 35111, () => ({ ScheduleType: 'fixed', MessagingServiceSid: service() })],
		['a schedule without a service', 35118, () => ({ ScheduleType: 'fixed', SendAt: inMinutes(60) })],
		[
			'a schedule too soon',
			35114,
			() => ({ ScheduleType: 'fixed', SendAt: inMinutes(4), MessagingServiceSid: service() }),
		],
		[
			'a schedule too late',
			35114,
			() => ({ ScheduleType: 'fixed', SendAt: inMinutes(36 * 24 * 60), MessagingServiceSid: service() }),
		],
		[
			'a schedule on no clock',
			35114,
			() => ({ ScheduleType: 'fixed', SendAt: '2026-12-01', MessagingServiceSid: service() }),
		],
		['an unknown service', 21701, () => ({ MessagingServiceSid: `MG${sid}` })],
		['an unknown template', 21655, () => ({ ContentSid: `HX${sid}` })],
		['variables without a template', 21654, () => ({ ContentVariables: '{}' })],
		['variables that are no JSON', 21656, () => ({ ContentSid: template(), ContentVariables: '{1:2}' })],
		['a recipient that is no number', 21211, () => ({ To: 'Bob!' })],
		['a sender that is no number', 21212, () => ({ From: '!' })],
		['a number of somebody else', 21606, () => ({ From: '+14155559999' })],
		['a number that cannot send', 21606, () => ({ From: '+18005550199' })],
		['the sender as recipient', 21266, () => ({ To: owned })],
		['two channels', 21910, () => ({ From: 'whatsapp:+14155550100' })],
		['an unknown WhatsApp sender', 63007, () => ({ From: `whatsapp:${owned}`, To: `whatsapp:${recipient}` })],
		['a recipient who said STOP', 21610, () => (simulator.state.optedOut.add(recipient), {})],
		['magic sender 1', 21212, () => ({ From: '+15005550001' })],
		['magic sender 7', 21606, () => ({ From: '+15005550007' })],
		['magic sender 8', 21611, () => ({ From: '+15005550008' })],
		['magic recipient 1', 21211, () => ({ To: '+15005550001' })],
		['magic recipient 2', 21612, () => ({ To: '+15005550002' })],
		['magic recipient 3', 21408, () => ({ To: '+15005550003' })],
		['magic recipient 4', 21610, () => ({ To: '+15005550004' })],
		['magic recipient 9', 21614, () => ({ To: '+15005550009' })],
	])('refuses a message with %s', async (_case, code, change) => {
		const form = Object.entries({ ...base, ...change() }).filter(
			(entry): entry is [string, string] => entry[1] !== undefined,
		);
		const { status, json } = await call('/Messages.json', { form });
		expect([status, json.code]).toEqual([400, code]);
		expect(simulator.state.messages).toEqual([]);
	});

	it('takes at most ten media', async () => {
		const urls = (count: number) =>
			Array.from({ length: count }, (_, index): [string, string] => ['MediaUrl', `https://example.com/${index}.gif`]);
		expect((await call('/Messages.json', { form: [...Object.entries(base), ...urls(11)] })).json.code).toBe(21623);
		expect((await call('/Messages.json', { form: [...Object.entries(base), ...urls(10)] })).json.num_media).toBe('10');
	});
});

describe('messages', () => {
	it.each([
		['queued', {}],
		['accepted', { From: '', service: true }],
		['scheduled', { service: true, ScheduleType: 'fixed', SendAt: '2026-11-23T13:00:00Z' }],
	])('start as %s', async (status, { service, ...form }: Record<string, string | boolean>) => {
		const more = service ? { MessagingServiceSid: simulator.state.messagingServices[0]!.sid } : undefined;
		expect(await send({ ...(form as Record<string, string>), ...more })).toMatchObject({
			status,
			date_sent: null,
			price: null,
			direction: 'outbound-api',
		});
	});

	it('fill templates in, also for names and channels', async () => {
		const ContentSid = simulator.state.contentTemplates[0]!.sid;
		const row = await send({
			Body: '',
			ContentSid,
			ContentVariables: '{"1":"B-2"}',
			From: 'whatsapp:+14155550100',
			To: 'whatsapp:+4915112345678',
		});
		expect(row.body).toBe('Your order B-2 is on its way.');
		expect(await send({ From: 'Shop' })).toMatchObject({ from: 'Shop', status: 'queued' });
	});

	it('advance one step at a time; a scheduled one waits for its time', async () => {
		const { sid } = await send({
			MessagingServiceSid: simulator.state.messagingServices[0]!.sid,
			From: '',
			ScheduleType: 'fixed',
			SendAt: '2026-11-23T13:00:00Z',
		});
		const row = simulator.state.messages.find((candidate) => candidate.sid === sid)!;
		await simulator.advance();
		expect(row.status).toBe('scheduled');
		clock = new Date('2026-11-23T13:00:00Z');
		const seen: Array<[string, string | null]> = [];
		for (let step = 0; step < 4; step++) {
			await simulator.advance();
			seen.push([row.status, row.date_sent]);
		}
		const sent = 'Mon, 23 Nov 2026 13:00:00 +0000';
		expect(seen).toEqual([
			['queued', null],
			['sent', sent],
			['delivered', sent],
			['delivered', sent],
		]);
		expect(row.from).toBe(owned);
	});

	it.each(['failed', 'undelivered'] as const)('end as %s where a test wants it', async (status) => {
		simulator.state.deliveryFailures.set(recipient, { status, errorCode: 30003, errorMessage: 'Unreachable' });
		const { sid } = await send();
		for (let step = 0; step < 3; step++) await simulator.advance();
		const { json } = await call(`/Messages/${sid}.json`);
		expect(json).toMatchObject({ status, error_code: 30003, error_message: 'Unreachable' });
		expect(json.date_sent === null).toBe(status === 'failed');
	});

	it('are redacted or cancelled, never both', async () => {
		const MessagingServiceSid = simulator.state.messagingServices[0]!.sid;
		const { sid } = await send({ MessagingServiceSid, ScheduleType: 'fixed', SendAt: '2026-11-23T13:00:00Z' });
		const update = async (form: Record<string, string>) => (await call(`/Messages/${sid}.json`, { form })).json;
		expect(await update({ Body: 'new text' })).toMatchObject({ code: 30400 });
		expect(await update({ Body: '', Status: 'canceled' })).toMatchObject({ code: 30400 });
		expect(await update({})).toMatchObject({ code: 30400 });
		expect(await update({ Status: 'sent' })).toMatchObject({ code: 20001 });
		expect(await update({ Body: '' })).toMatchObject({ body: '', status: 'scheduled' });
		expect(await update({ Status: 'canceled' })).toMatchObject({ status: 'canceled', date_sent: null });
		expect(await update({ Status: 'canceled' })).toMatchObject({ code: 30409 });
	});

	it('are deleted with 204 and nothing else, once they are final', async () => {
		const [row] = await sendAt(1);
		const answer = await call(`/Messages/${row!.sid}.json`, { method: 'DELETE' });
		expect([answer.status, answer.text]).toEqual([204, '']);
		expect((await call(`/Messages/${row!.sid}.json`, { method: 'DELETE' })).status).toBe(404);
	});

	it('arrive from outside with their media', async () => {
		const row = simulator.receive({
			from: '+14155559999',
			to: owned,
			body: 'photo',
			media: [{ contentType: 'image/gif', content: Buffer.from('GIF89a') }],
		});
		const { json } = await call(`/Messages/${row.sid}.json`);
		expect(json).toMatchObject({
			direction: 'inbound',
			status: 'received',
			num_media: '1',
			date_sent: 'Mon, 23 Nov 2026 12:00:00 +0000',
		});
		await simulator.advance();
		expect(row.status).toBe('received');
	});

	it('count segments as GSM or Unicode', () => {
		expect(
			['x'.repeat(160), 'x'.repeat(161), '€'.repeat(81), '漢'.repeat(70), '漢'.repeat(71)].map(countSegments),
		).toEqual([1, 2, 2, 1, 2]);
	});
});

describe('lists', () => {
	it('show unsent messages on top, then the most recently sent', async () => {
		await sendAt(10, 30, 20);
		await send({ Body: 'unsent' });
		expect(bodies(await call('/Messages.json'))).toEqual(['unsent', 'at 30', 'at 20', 'at 10']);
	});

	const dayAndHalf = 36 * 3600;
	it.each([
		['DateSent%3E=2026-11-20T00:00:20Z', ['at 129600', 'at 30', 'at 20']],
		['DateSent%3C=2026-11-20T00:00:20Z', ['at 20', 'at 10']],
		['DateSent=2026-11-20T00:00:20Z', ['at 20']],
		['DateSent=2026-11-20', ['at 30', 'at 20', 'at 10']],
		['DateSent%3E=2026-11-21', ['at 129600']],
		['DateSent%3C=2026-11-21', ['at 30', 'at 20', 'at 10']],
		['DateSent%3E=2026-11-20T00:00:20Z&DateSent%3C=2026-11-20T00:00:30Z', ['at 30', 'at 20']],
		['DateSent%3E=11/20/2026+00:00:30+UTC', ['at 129600', 'at 30']],
		['DateSent%3E=2026-11-20+00:00:30.000', ['at 129600', 'at 30']],
		['DateSent%3E=Fri,+20+Nov+2026+00:00:30+-0000', ['at 129600', 'at 30']],
		['To=%2B15005550011', []],
		['From=%2B15005550006&PageSize=1', ['at 129600']],
	])('filter by %s', async (query, expected) => {
		await sendAt(10, 20, 30, dayAndHalf);
		expect(bodies(await call(`/Messages.json?${query}`))).toEqual(expected);
	});

	it('are cut by key: rows that arrive meanwhile shift nothing', async () => {
		await sendAt(1, 2, 3, 4, 5);
		const first = await call('/Messages.json?PageSize=2&To=%2B15005550010');
		expect(bodies(first)).toEqual(['at 5', 'at 4']);
		const next = first.json.next_page_uri as string;
		expect(next).toMatch(
			/^\/2010-04-01\/Accounts\/AC\w+\/Messages\.json\?To=%2B15005550010&PageSize=2&Page=1&PageToken=PASM[0-9a-f]{32}$/,
		);

		await sendAt(6);
		await send({ Body: 'unsent' });
		const second = await call(`api${next}`);
		expect(bodies(second)).toEqual(['at 3', 'at 2']);
		const third = await call(`api${second.json.next_page_uri}`);
		expect(bodies(third)).toEqual(['at 1']);
		expect(third.json).toMatchObject({ next_page_uri: null, page: 2, start: 4, end: 4 });
	});

	it('go on after a row that was deleted meanwhile', async () => {
		const rows = await sendAt(1, 2, 3);
		const first = await call('/Messages.json?PageSize=1');
		await call(`/Messages/${rows[2]!.sid}.json`, { method: 'DELETE' });
		expect(bodies(await call(`api${first.json.next_page_uri}`))).toEqual(['at 2']);
	});

	it('order rows of the same second, newest first, also when a test put them there', async () => {
		const [row] = await sendAt(1);
		for (const body of ['second', 'third'])
			simulator.state.messages.push({ ...row!, sid: `SM${body.length}${'0'.repeat(31)}`, body });
		expect(bodies(await call('/Messages.json'))).toEqual(['third', 'second', 'at 1']);
	});

	it('have absolute links in product APIs', async () => {
		const first = await call('messaging/v1/Services?PageSize=1');
		expect(first.json.meta).toMatchObject({ key: 'services', page: 0, page_size: 1, previous_page_url: null });
		const next = first.json.meta.next_page_url as string;
		expect(next.startsWith(`${simulator.origin}/messaging/v1/Services?PageSize=1&Page=1&PageToken=PAMG`)).toBe(true);
		const second = await call(next.slice(simulator.origin.length + 1));
		expect(second.json.services).toMatchObject([{ friendly_name: 'Notifications' }]);
		expect(second.json.meta.next_page_url).toBeNull();
	});
});

describe('faults', () => {
	const post = () => call('/Messages.json', { form: { To: recipient, From: owned, Body: 'x' } });

	it("answer Twilio's 429 before acting", async () => {
		simulator.fault({ status: 429, headers: { 'Retry-After': '2' } });
		const refused = await post();
		expect([refused.status, refused.json.code, refused.headers.get('retry-after')]).toEqual([429, 20429, '2']);
		expect(simulator.state.messages).toHaveLength(0);
		expect((await post()).status).toBe(201);
	});

	it('answer after acting', async () => {
		simulator.fault({ status: 503, when: 'after' });
		const { status, json } = await post();
		expect([status, json]).toEqual([503, expect.objectContaining({ code: 20500, status: 503 })]);
		expect(simulator.state.messages).toHaveLength(1);
	});

	it.each([
		['before', 0],
		['after', 1],
	] as const)('destroy the socket %s acting', async (when, stored) => {
		simulator.fault({ destroy: true, when });
		await expect(post()).rejects.toThrow('fetch failed');
		expect(simulator.state.messages).toHaveLength(stored);
		expect(simulator.requests).toMatchObject([{ operationId: 'CreateMessage', status: 0 }]);
	});

	it('hit only the requests they name', async () => {
		simulator.fault({
			method: 'post',
			product: 'api',
			path: /Messages\.json$/,
			form: { To: '+15005550011' },
			status: 500,
			body: { odd: true },
		});
		simulator.fault({ path: '/Applications', status: 418, body: 'teapot' });
		expect((await call('/Messages.json')).status).toBe(200);
		expect((await post()).status).toBe(201);
		const other = await call('/Messages.json', { form: { To: '+15005550011', From: owned, Body: 'x' } });
		expect([other.status, other.json]).toEqual([500, { odd: true }]);
		const teapot = await call('/Applications.json');
		expect([teapot.status, teapot.text]).toEqual([418, 'teapot']);
	});

	it('skip and repeat', async () => {
		simulator.fault({ skip: 1, times: 2, status: 429 });
		const statuses: number[] = [];
		for (let count = 0; count < 4; count++) statuses.push((await call('/Messages.json')).status);
		expect(statuses).toEqual([200, 429, 429, 200]);
	});

	it('delay one answer while others pass', async () => {
		simulator.fault({ path: 'Applications', delay: 1500 });
		const order: string[] = [];
		await Promise.all([
			call('/Applications.json').then(() => order.push('slow')),
			call('/OutgoingCallerIds.json').then(() => order.push('fast')),
		]);
		expect(order).toEqual(['fast', 'slow']);
	});
});

describe('status callbacks', () => {
	it('are posted in order, signed, and without the fragment', async () => {
		await withReceiver([], async (origin, received) => {
			const url = `${origin}/status?name=O'Neil`;
			const { sid } = await send({ StatusCallback: `${url}#rc=3`, Body: 'Grüße' });
			for (let step = 0; step < 3; step++) await simulator.advance();
			expect(received.map(({ params }) => params.MessageStatus)).toEqual(['sent', 'delivered']);
			for (const { signature, params, url: path } of received) {
				expect(twilio.validateRequest(simulator.account.authToken, signature, origin + path, params)).toBe(true);
				expect(twilio.validateRequest(simulator.account.apiKeySecret, signature, origin + path, params)).toBe(false);
				expect(params).toMatchObject({
					MessageSid: sid,
					SmsSid: sid,
					AccountSid: simulator.account.accountSid,
					From: owned,
					To: recipient,
					ApiVersion: '2010-04-01',
				});
			}
			expect(received[1]?.params.RawDlrDoneDate).toBe('2611231200');
			expect(simulator.callbacks).toMatchObject([
				{ url, status: 204 },
				{ url, status: 204 },
			]);
		});
	});

	it('are repeated as the fragment says, with the same token', async () => {
		await withReceiver([500, 500, 204], async (origin, received) => {
			await send({ StatusCallback: `${origin}/#rc=3&rp=5xx` });
			await simulator.advance();
			expect(simulator.callbacks.map(({ status }) => status)).toEqual([500, 500, 204]);
			expect(new Set(received.map(({ token }) => token)).size).toBe(1);
		});
	});

	it('are not repeated after an error answer, but once when nobody listens', async () => {
		let gone = '';
		await withReceiver([500], async (origin) => {
			gone = origin;
			await send({ StatusCallback: origin });
			await simulator.advance();
			expect(simulator.callbacks.map(({ status }) => status)).toEqual([500]);
		});
		simulator.reset();
		await send({ StatusCallback: gone });
		await simulator.advance();
		expect(simulator.callbacks.map(({ status }) => status)).toEqual([0, 0]);
	});

	it('tell a cancellation, and fall back to the application and the service', async () => {
		await withReceiver([], async (origin, received) => {
			const service = simulator.state.messagingServices[0]!;
			const application = simulator.state.applications[0]!;
			service.status_callback = `${origin}/service`;
			application.message_status_callback = `${origin}/application`;
			const scheduled = { MessagingServiceSid: service.sid, ScheduleType: 'fixed', SendAt: '2026-11-23T13:00:00Z' };
			for (const more of [
				{},
				{ ApplicationSid: application.sid },
				{ ApplicationSid: application.sid, StatusCallback: `${origin}/own` },
			] as Array<Record<string, string>>) {
				const { sid } = await send({ ...scheduled, ...more });
				await call(`/Messages/${sid}.json`, { form: { Status: 'canceled' } });
				await simulator.settle();
			}
			expect(received.map(({ url, params }) => [url, params.MessageStatus])).toEqual([
				['/service', 'canceled'],
				['/application', 'canceled'],
				['/own', 'canceled'],
			]);
		});
	});

	it('tell of WhatsApp that a message was read', async () => {
		await withReceiver([], async (origin, received) => {
			await send({ From: 'whatsapp:+14155550100', To: 'whatsapp:+4915112345678', StatusCallback: origin });
			for (let step = 0; step < 4; step++) await simulator.advance();
			expect(received.map(({ params }) => params.MessageStatus)).toEqual(['sent', 'delivered', 'read']);
			expect(received[2]?.params).toMatchObject({
				EventType: 'READ',
				ChannelPrefix: 'whatsapp',
				ChannelInstallSid: simulator.state.channelSenders[0]!.sid,
			});
		});
	});
});

describe('media', () => {
	async function upload(): Promise<string> {
		const { sid } = await send({ MediaUrl: 'https://example.com/cat.png' });
		return `/Messages/${sid}/Media/${simulator.state.media[0]!.sid}`;
	}

	it('redirect to a second origin that serves the file without credentials', async () => {
		const path = await upload();
		const redirect = await call(path);
		expect(redirect.status).toBe(307);
		const location = redirect.headers.get('location') ?? '';
		expect(new URL(location).origin).toBe(simulator.mediaOrigin);
		expect(simulator.mediaOrigin).not.toBe(simulator.origin);
		const file = await fetch(location);
		expect([file.status, file.headers.get('content-type'), await file.text()]).toEqual([
			200,
			'image/png',
			'content of https://example.com/cat.png',
		]);
		expect(simulator.requests.at(-1)).toMatchObject({ product: 'media', status: 200 });
		expect(simulator.requests.at(-1)?.headers).not.toHaveProperty('authorization');
	});

	it('answer 400 to credentials and 403 to a wrong signature', async () => {
		const { headers } = await call(await upload());
		const location = headers.get('location') ?? '';
		expect((await fetch(location, { headers: { Authorization: basic('a', 'b') } })).status).toBe(400);
		expect((await fetch(location.replace('Signature=', 'Signature=0'))).status).toBe(403);
	});

	it('need credentials before the redirect, and go with 204', async () => {
		const path = await upload();
		expect((await call(path, { headers: { Authorization: '' } })).status).toBe(401);
		expect((await call(`${path}.json`, { method: 'DELETE' })).status).toBe(204);
		expect((await call(path)).status).toBe(404);
	});

	it('break off where a fault says', async () => {
		const { headers } = await call(await upload());
		simulator.fault({ product: 'media', truncate: 7 });
		const file = await fetch(headers.get('location') ?? '');
		expect(file.headers.get('content-length')).toBe('38');
		await expect(file.arrayBuffer()).rejects.toThrow('terminated');
	});
});

describe('simulator', () => {
	it('records what was asked', async () => {
		await call('/Messages.json?DateSent%3E=2026-11-01&To=%2B1');
		await call('/Nothing.json', { headers: { Authorization: 'Bearer x', 'X-Test': '1' } });
		expect(simulator.requests).toMatchObject([
			{
				method: 'GET',
				product: 'api',
				path: expect.stringMatching(/^\/2010-04-01\/.*\/Messages.json$/),
				query: [
					['DateSent>', '2026-11-01'],
					['To', '+1'],
				],
				authorized: true,
				status: 200,
				operationId: 'ListMessage',
			},
			{ authorized: false, status: 401, operationId: undefined, headers: { 'x-test': '1' } },
		]);
	});

	it('steps on by itself when told to', async () => {
		const own = await startSimulator({ statusInterval: 1 });
		try {
			const row = own.receive({ from: '+14155559999', to: owned });
			Object.assign(row, { direction: 'outbound-api', status: 'sent' });
			while (row.status !== 'delivered') await new Promise(setImmediate);
			expect(row.status).toBe('delivered');
		} finally {
			await own.close();
		}
	});

	it('closes with requests under way', async () => {
		const own = await startSimulator({ latency: 3_600_000 });
		const asked = fetch(`${own.origin}/api/`).catch((error: Error) => error.message);
		while (own.requests.length === 0) await new Promise(setImmediate);
		await own.close();
		expect(await asked).toBe('fetch failed');
	});

	it('starts each account with credentials of its own', async () => {
		const own = await startSimulator();
		try {
			expect(own.account.accountSid).toMatch(/^AC[0-9a-f]{32}$/);
			expect(own.account.apiKeySid).toMatch(/^SK[0-9a-f]{32}$/);
			expect(own.account.accountSid).not.toBe(simulator.account.accountSid);
		} finally {
			await own.close();
		}
	});
});

describe('describeRequest', () => {
	const path = `/2010-04-01/Accounts/AC${'0'.repeat(32)}/Messages.json`;

	it('names the operation of a request that Twilio allows', () => {
		expect(describeRequest({ method: 'GET', product: 'api', path, query: [['DateSent>', '2026-11-01']] })).toEqual({
			operationId: 'ListMessage',
		});
		expect(
			describeRequest({
				method: 'POST',
				product: 'api',
				path,
				form: [
					['To', '+1'],
					['MessageIntent', 'otp'],
					['MediaUrl', 'https://a.b/'],
					['MediaUrl', 'https://a.c/'],
				],
			}),
		).toEqual({ operationId: 'CreateMessage' });
		const recording = path.replace('Messages.json', `Recordings/RE${'0'.repeat(32)}.mp3`);
		expect(
			describeRequest({ method: 'GET', product: 'api', path: recording, query: [['RequestedChannels', '2']] }),
		).toEqual({ operationId: 'DownloadRecording_mp3' });
	});

	it('can read every document it names', () => {
		for (const name of Object.values(documents).flatMap((versions) => Object.values(versions) as DocumentName[])) {
			expect([name, operationIds(name).length > 0]).toEqual([name, true]);
		}
	});

	it('says everything that is wrong with one that it does not', () => {
		expect(describeRequest({ method: 'GET', product: 'api', path: '/2010-04-01/Nothing.json' })).toEqual({
			problems: [expect.stringContaining('unknown path')],
		});
		const { problems } = describeRequest({
			method: 'POST',
			product: 'api',
			path,
			form: Object.entries({ Colour: 'red', Attempt: 'x' }),
		}) as { problems: string[] };
		expect(problems.join('\n')).toMatch(/To[^]*Colour[^]*Attempt/);
	});

	it('takes JSON where the OpenAPI file says so, and minds its types', () => {
		const ask = (json: unknown) => describeRequest({ method: 'POST', product: 'content', path: '/v1/Content', json });
		const content = { friendly_name: 'a', language: 'en', variables: {}, types: { 'twilio/text': { body: 'x' } } };
		expect(ask(content)).toEqual({ operationId: 'CreateContent' });
		expect(ask({ ...content, language: 5 })).toHaveProperty('problems');
		expect(
			describeRequest({ method: 'POST', product: 'content', path: '/v1/Content', form: [['language', 'en']] }),
		).toHaveProperty('problems');
	});

	it("reads times in every form of Twilio's examples", () => {
		const time = Date.parse('2019-06-11T22:05:25Z');
		for (const text of [
			'2019-06-11T22:05:25Z',
			'2019-06-11 22:05:25.000',
			'Tue, 11 Jun 2019 22:05:25 +0000',
			'06/11/2019 15:05:25 MST',
			'2019-06-12T00:05:25+0200',
		]) {
			expect([text, parseFilterTime(text)]).toEqual([text, { time, granularity: 'second' }]);
		}
		expect(parseFilterTime('2019-06-11')).toEqual({ time: Date.parse('2019-06-11T00:00:00Z'), granularity: 'day' });
		expect(['yesterday', '2019-6-11', '2019-06-31', '>=2019-06-11', '1560290725', ''].map(parseFilterTime)).toEqual(
			Array(6).fill(undefined),
		);
		expect(toRfc2822(new Date(time))).toBe('Tue, 11 Jun 2019 22:05:25 +0000');
	});
});
