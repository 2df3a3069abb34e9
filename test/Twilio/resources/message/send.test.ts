import { DateTime, Settings, type DurationLike } from 'luxon';
import type { INodeParameters } from 'n8n-workflow';
import nock from 'nock';
import { sampleSid } from '../../../shared/api/sampleCredentials';
import { ownNumber, useSimulatedTwilio } from '../../simulatedTwilio';

const twilio = useSimulatedTwilio();
const to = '+14155550111';

/** Sends one message and gives the form that Twilio got. */
async function sent(parameters: INodeParameters): Promise<Record<string, string>> {
	const { error } = await twilio.run('message.send', { from: ownNumber, to, body: 'Hello', ...parameters });
	expect(error).toBeUndefined();
	expect(twilio.simulator.requests).toHaveLength(1);
	return twilio.forms()[0] ?? {};
}

/** What is wrong with a message, and that it was not sent. */
async function refusal(parameters: INodeParameters, credentials = twilio.credentials): Promise<string> {
	const { error, outputs } = await twilio.run(
		'message.send',
		{ from: ownNumber, to, body: 'Hello', ...parameters },
		{ credentials: credentials as never },
	);
	expect(outputs).toEqual([]);
	expect(twilio.simulator.requests).toEqual([]);
	return error?.message ?? 'It was sent';
}

const usRegion = () => ({ twilioExtendedApi: { ...twilio.credentials.twilioExtendedApi, region: 'us1' } });

describe('a text', () => {
	it("is sent with nothing but what the user filled in, and gives Twilio's row", async () => {
		const { json } = await twilio.run('message.send', { from: ownNumber, to, body: 'Hello\n' });
		expect(twilio.forms()).toEqual([{ To: to, From: ownNumber, Body: 'Hello\n' }]);
		expect(json).toMatchObject([{ sid: expect.stringMatching(/^SM/), status: 'queued', to, body: 'Hello\n' }]);
	});

	it('goes to a number however it is written', async () => {
		const form = await sent({ to: ' +1 (415) 555-0111 ', from: { __rl: true, mode: 'id', value: '+1 415 555 0100' } });
		expect(form).toMatchObject({ To: to, From: ownNumber });
	});

	it('leaves by a Messaging Service', async () => {
		const [service] = twilio.simulator.state.messagingServices;
		const form = await sent({ senderType: 'messagingService', messagingServiceSid: service?.sid ?? '' });
		expect(form).toEqual({ To: to, MessagingServiceSid: service?.sid, Body: 'Hello' });
	});

	it('leaves under a name', async () => {
		expect(await sent({ senderType: 'sender', sender: 'My Company' })).toMatchObject({ From: 'My Company' });
	});

	it('may have 1600 characters', async () => {
		const body = 'x'.repeat(1600);
		expect(await sent({ body })).toMatchObject({ Body: body });
	});

	it.each(['x', '👍'])('is too long with one more: %s', async (oneMore) => {
		const body = 'x'.repeat(1600) + oneMore;
		expect(await refusal({ body })).toBe("'Body' has 1601 characters; Twilio takes 1600 at most");
	});

	it('counts an emoji as one of them', async () => {
		// The simulator counts UTF-16 units, so this one is asked on Twilio's own host.
		const body = '👍'.repeat(1600);
		const twilioHost = nock('https://api.twilio.com')
			.post(/Messages\.json$/, { To: to, From: ownNumber, Body: body })
			.reply(201, { sid: sampleSid('SM') });
		const { error } = await twilio.run(
			'message.send',
			{ from: ownNumber, to, body },
			{ credentials: usRegion() as never },
		);
		expect(error).toBeUndefined();
		expect(twilioHost.isDone()).toBe(true);
	});

	it.each<[INodeParameters, string]>([
		[{ body: '' }, 'The message is empty'],
		[{ body: '  \n ' }, 'The message is empty'],
		[{ to: '={{ "" }}' }, "'To' is empty"],
		[{ from: '={{ undefined }}' }, "'From' is empty"],
		[{ senderType: 'sender', sender: '={{ null }}' }, "'Sender' is empty"],
		[{ senderType: 'messagingService', messagingServiceSid: 'MG1' }, "'Messaging Service' must be a SID: MG"],
		[{ to: '={{ ["+14155550111", "+14155550112"] }}' }, "'To' must be one value"],
		[{ channel: '={{ "fax" }}' }, "'Channel' must be one of"],
	])('that is not complete is refused: %j', async (parameters, problem) => {
		expect(await refusal(parameters)).toContain(problem);
	});
});

describe('a channel', () => {
	it.each([
		['whatsapp', to, `whatsapp:${to}`],
		['whatsapp', `whatsapp:${to}`, `whatsapp:${to}`],
		['whatsapp', 'WhatsApp:+1 (415) 555-0111', `whatsapp:${to}`],
	])('%s: adds its prefix to %s, once', async (channel, recipient, expected) => {
		const form = await sent({ channel, to: recipient, from: 'whatsapp:+14155550100' });
		expect(form).toMatchObject({ To: expected, From: 'whatsapp:+14155550100' });
	});

	it.each([
		['sms', `sms:${to}`, to],
		['rcs', 'rcs:agent_1', 'rcs:agent_1'],
		['rcs', 'agent_1', 'rcs:agent_1'],
		['messenger', '1234567', 'messenger:1234567'],
	])('%s: %s becomes %s', async (channel, address, expected) => {
		await twilio.run('message.send', { channel, to: address, from: ownNumber, body: 'x' });
		expect(twilio.forms()[0]).toMatchObject({ To: expected });
	});

	it.each([
		['sms', `whatsapp:${to}`],
		['whatsapp', `messenger:123`],
		['rcs', `WHATSAPP:${to}`],
		['messenger', `sms:${to}`],
	])('%s: refuses %s, which belongs to another', async (channel, address) => {
		expect(await refusal({ channel, to: address })).toMatch(/^'To' is an address of another channel/);
		expect(await refusal({ channel, from: address })).toMatch(/^'From' is an address of another channel/);
		expect(await refusal({ channel, senderType: 'sender', sender: address })).toMatch(/^'Sender' is an address/);
	});
});

describe('media', () => {
	const mediaOf = async (mediaUrls: string) => {
		await sent({ body: '', options: { mediaUrls } });
		return twilio.simulator.requests[0]?.form.filter(([name]) => name === 'MediaUrl').map(([, url]) => url);
	};
	const urls = (count: number) => Array.from({ length: count }, (_, n) => `https://example.com/${n}.jpg`);

	it.each([
		['commas', urls(3).join(' , ')],
		['lines', `${urls(3).join('\r\n')}\n`],
		['both, and white space around', ` ${urls(3).join(',\n')} `],
		['a list by expression', `={{ ${JSON.stringify(urls(3))} }}`],
	])('is sent without a text, one parameter each: %s', async (_, mediaUrls) => {
		expect(await mediaOf(mediaUrls)).toEqual(urls(3));
	});

	it('may have commas in its addresses', async () => {
		const withCommas = ['https://example.com/w_100,h_200/a.jpg?x=1,2', 'https://example.com/b,c'];
		expect(await mediaOf(withCommas.join(','))).toEqual(withCommas);
	});

	it('is up to 10 files', async () => {
		expect(await mediaOf(urls(10).join('\n'))).toEqual(urls(10));
		twilio.simulator.reset();
		expect(await refusal({ options: { mediaUrls: urls(11).join('\n') } })).toBe(
			"'Media URLs' has 11 addresses; Twilio takes 10 at most",
		);
	});

	it.each(['example.com/a.jpg', 'ftp://example.com/a', 'https://example.com/a b', 'https://', 'file:///etc/passwd'])(
		'is refused where it has no web address: %s',
		async (url) => {
			expect(await refusal({ options: { mediaUrls: url } })).toContain("'Media URLs' has an address that is no");
		},
	);

	it('is not sent when the list is empty', async () => {
		expect(await sent({ options: { mediaUrls: '={{ [] }}' } })).not.toHaveProperty('MediaUrl');
	});
});

describe('a template', () => {
	const template = (parameters: INodeParameters = {}) => ({
		body: 'left over from another choice',
		contentType: 'template',
		contentSid: twilio.simulator.state.contentTemplates[0]?.sid ?? '',
		...parameters,
	});

	it('is sent with variables from fields, as JSON, and without a body', async () => {
		const form = await sent(
			template({
				contentVariables: {
					variable: [
						{ name: '1', value: ' A "quoted" ' },
						{ name: 'name', value: '={{ 7 }}' },
					],
				},
			}),
		);
		expect(form).toMatchObject({ ContentSid: template().contentSid });
		expect(JSON.parse(form.ContentVariables ?? '')).toEqual({ '1': ' A "quoted" ', name: '7' });
		expect(form).not.toHaveProperty('Body');
	});

	it.each([
		['{ "1": "Anna", "2": 5 }', { '1': 'Anna', '2': '5' }],
		['={{ { "1": "Anna", "2": 5 } }}', { '1': 'Anna', '2': '5' }],
	])('is sent with variables from JSON: %s', async (contentVariablesJson, expected) => {
		const form = await sent(template({ contentVariablesMode: 'json', contentVariablesJson }));
		expect(JSON.parse(form.ContentVariables ?? '')).toEqual(expected);
	});

	it.each([{}, { contentVariablesMode: 'json' }, { contentVariablesMode: 'json', contentVariablesJson: '' }])(
		'is sent without variables where there are none: %j',
		async (parameters) => {
			expect(await sent(template(parameters))).not.toHaveProperty('ContentVariables');
		},
	);

	it.each(['{ "1": ', '[1]', '"text"', 'null', '7'])(
		'is refused when its variables are no JSON object: %s',
		async (text) => {
			const problem = await refusal(template({ contentVariablesMode: 'json', contentVariablesJson: text }));
			expect(problem).toContain("'Content Variables (JSON)' must be a JSON object");
		},
	);

	it('is needed: its SID is checked', async () => {
		expect(await refusal(template({ contentSid: '={{ "" }}' }))).toBe("'Content Template' is empty");
		expect(await refusal(template({ contentSid: sampleSid('SM') }))).toContain('must be a SID: HX');
	});
});

describe('a time to send', () => {
	const service = (options: INodeParameters) => ({
		senderType: 'messagingService',
		messagingServiceSid: twilio.simulator.state.messagingServices[0]?.sid ?? '',
		options,
	});

	it('is sent in UTC, with the schedule type that Twilio wants', async () => {
		const time = DateTime.now().plus({ days: 1 }).startOf('second');
		const local = time.setZone('Asia/Kolkata').toFormat("yyyy-MM-dd'T'HH:mm:ss");
		const { error } = await twilio.run(
			'message.send',
			{ to, body: 'x', ...service({ sendAt: local }) },
			{ settings: { timezone: 'Asia/Kolkata' } },
		);
		expect(error).toBeUndefined();
		expect(twilio.forms()[0]).toMatchObject({
			ScheduleType: 'fixed',
			SendAt: time.toUTC().toISO({ suppressMilliseconds: true }),
		});
	});

	const inTime = (distance: DurationLike) => service({ sendAt: DateTime.now().plus(distance).toISO() ?? '' });

	it.each([{ minutes: 6 }, { days: 34, hours: 23 }])(
		'is within Twilio’s window of 5 minutes to 35 days: %j',
		async (distance) => {
			expect(await sent(inTime(distance))).toMatchObject({ ScheduleType: 'fixed' });
		},
	);

	it.each([{ minutes: 4, seconds: 50 }, { days: 35, minutes: 1 }, { days: -1 }])(
		'is refused outside of it: %j',
		async (distance) => {
			expect(await refusal(inTime(distance))).toContain("'Send At' must be between 5 minutes and 35 days");
		},
	);

	it('is checked once, before anything is sent: it does not become too late while the other texts go out', async () => {
		const sendAt = DateTime.now().plus({ minutes: 5, seconds: 20 }).toISO() ?? '';
		const { now } = Settings;
		Settings.now = () => Date.now() + (twilio.simulator.requests.length > 0 ? 60_000 : 0);
		try {
			const parameters = { to: '={{ $json.to }}', body: 'x', ...service({ sendAt, requestsAtOnce: 1 }) };
			const { error } = await twilio.run('message.send', parameters, { items: [{ to }, { to: '+14155550112' }] });
			expect(error).toBeUndefined();
			expect(twilio.forms().map(({ To }) => To)).toEqual([to, '+14155550112']);
		} finally {
			Settings.now = now;
		}
	});

	it('needs a Messaging Service, as short links do', async () => {
		const sendAt = DateTime.now().plus({ days: 1 }).toISO() ?? '';
		expect(await refusal({ options: { sendAt } })).toBe("'Send At' needs a Messaging Service as sender");
		expect(await refusal({ options: { shortenUrls: true } })).toBe(
			"'Shorten URLs' needs a Messaging Service as sender",
		);
		expect(await sent({ options: { shortenUrls: false } })).toMatchObject({ ShortenUrls: 'false' });
	});
});

describe('a status callback', () => {
	const statusCallback = 'https://n8n.example.com/webhook/a';

	it('is sent as it is, and with retries where they are wanted, once', async () => {
		expect(await sent({ options: { statusCallback } })).toMatchObject({ StatusCallback: statusCallback });
		for (const url of [statusCallback, `${statusCallback}#rc=3&rp=5xx,ct,rt`]) {
			twilio.simulator.reset();
			const form = await sent({ options: { statusCallback: url, retryStatusCallback: true } });
			expect(form.StatusCallback).toBe(`${statusCallback}#rc=3&rp=5xx,ct,rt`);
			expect(form).not.toHaveProperty('RetryStatusCallback');
		}
	});

	it('is needed for retries', async () => {
		expect(await refusal({ options: { retryStatusCallback: true } })).toContain("needs a 'Status Callback URL'");
	});

	it('is checked', async () => {
		expect(await refusal({ options: { statusCallback: 'https://my_n8n.example.com/' } })).toContain('underscore');
		expect(await refusal({ options: { statusCallback: `https://x.example/${'x'.repeat(4000)}` } })).toContain('4000');
		expect(await refusal({ options: { statusCallback: 'http://localhost/' } }, usRegion())).toContain('cannot reach');
	});

	it('may be on this machine where the API is, too', async () => {
		const url = 'http://localhost:5678/webhook/a';
		expect(await sent({ options: { statusCallback: url } })).toMatchObject({ StatusCallback: url });
	});
});

describe('options', () => {
	it("are sent under Twilio's names", async () => {
		const [application] = twilio.simulator.state.applications;
		const form = await sent({
			options: {
				addressRetention: 'obfuscate',
				applicationSid: { __rl: true, mode: 'list', value: application?.sid ?? '' },
				attempt: 2,
				contentRetention: 'discard',
				forceDelivery: true,
				maxPrice: 0.5,
				persistentActions: 'geo:37.7,-122.3|375 Beale St\n\n',
				provideFeedback: true,
				riskCheck: 'disable',
				sendAsMms: true,
				smartEncoded: false,
				trafficType: 'free',
				validityPeriod: 36000,
				requestsAtOnce: 3,
			},
		});
		expect(form).toEqual({
			To: to,
			From: ownNumber,
			Body: 'Hello',
			AddressRetention: 'obfuscate',
			ApplicationSid: application?.sid,
			Attempt: '2',
			ContentRetention: 'discard',
			ForceDelivery: 'true',
			MaxPrice: '0.5',
			PersistentAction: 'geo:37.7,-122.3|375 Beale St',
			ProvideFeedback: 'true',
			RiskCheck: 'disable',
			SendAsMms: 'true',
			SmartEncoded: 'false',
			TrafficType: 'free',
			ValidityPeriod: '36000',
		});
	});

	it('that were added but left empty are not sent', async () => {
		const options = { statusCallback: '', mediaUrls: ' ', sendAt: '', applicationSid: { mode: 'list', value: '' } };
		expect(await sent({ options })).toEqual({ To: to, From: ownNumber, Body: 'Hello' });
	});

	it.each<[INodeParameters, string]>([
		[{ validityPeriod: 0 }, "'Validity Period' must be between 1 and 36000"],
		[{ validityPeriod: 36001 }, "'Validity Period' must be between 1 and 36000"],
		[{ riskCheck: '={{ "maybe" }}' }, "'Risk Check' must be one of"],
		[{ applicationSid: sampleSid('SM') }, "'Application' must be a SID: AP"],
	])('are checked: %j', async (options, problem) => {
		expect(await refusal({ options })).toContain(problem);
	});
});

describe('additional parameters', () => {
	const additional = (...parameter: Array<{ name: string; value: string }>) => ({
		options: { additionalParameters: { parameter } },
	});

	it('are sent along', async () => {
		expect(await sent(additional({ name: 'MessageIntent', value: 'otp' }))).toMatchObject({ MessageIntent: 'otp' });
	});

	it.each([
		'Body',
		'body',
		'MediaUrl',
		'PersistentAction',
		'ScheduleType',
		'StatusCallback',
		'To',
		'From',
		'ContentVariables',
	])('may not repeat a field: %s', async (name) => {
		expect(await refusal(additional({ name, value: 'x' }))).toContain(`'Additional Parameters' repeats '${name}'`);
	});

	it('need a name', async () => {
		expect(await refusal(additional({ name: ' ', value: 'x' }))).toBe("'Name' is empty");
	});
});

describe('several messages', () => {
	it('are all refused when only the last one is wrong, before the first is sent', async () => {
		const items = [{ to }, { to }, { to: 'whatsapp:+14155550111' }];
		const { error } = await twilio.run(
			'message.send',
			{ from: ownNumber, to: '={{ $json.to }}', body: 'x' },
			{ items },
		);
		expect(error).toMatchObject({ message: expect.stringContaining("'To'"), context: { itemIndex: 2 } });
		expect(twilio.simulator.requests).toEqual([]);
	});
});
