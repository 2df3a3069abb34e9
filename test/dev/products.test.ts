import { startSimulator, type Simulator } from '../../dev/simulator';
import type { AlertRow } from '../../dev/simulator/resources/alerts';
import { caller } from './asking';

let simulator: Simulator;
let ask: ReturnType<typeof caller>;
let clock = new Date('2026-11-23T12:00:00Z');

beforeAll(async () => {
	simulator = await startSimulator({ now: () => clock });
	ask = caller(simulator);
});

afterAll(() => simulator.close());

beforeEach(() => {
	clock = new Date('2026-11-23T12:00:00Z');
	simulator.reset();
});

const unknown = 'f'.repeat(32);

describe('alerts', () => {
	const at = (time: string, more: object = {}) => simulator.alert({ dateGenerated: new Date(time), ...more });
	const listed = async (query: string) => {
		const { json } = await ask(`monitor/v1/Alerts?${query}`);
		return (json.alerts as AlertRow[]).map(({ date_generated }) => date_generated);
	};

	it('are listed newest first, by level and time, both ends included', async () => {
		const times = ['2026-11-20T10:00:00Z', '2026-11-21T00:00:00Z', '2026-11-21T23:59:59Z'] as const;
		const [a, b, c] = times;
		times.forEach((time, index) => at(time, { logLevel: index === 1 ? 'warning' : 'error' }));
		at('2026-10-20T00:00:00Z');
		const cases: Array<[string, string[]]> = [
			['', [c, b, a]],
			['LogLevel=warning', [b]],
			['StartDate=2026-11-21', [c, b]],
			['StartDate=2026-11-21T00:00:01Z', [c]],
			['EndDate=2026-11-20', [a]],
			['EndDate=2026-11-21', [c, b, a]],
			['EndDate=2026-11-21T00:00:00Z', [b, a]],
			['StartDate=2026-11-20T10:00:00Z&EndDate=2026-11-20T10:00:00Z', [a]],
			['PageSize=1', [c]],
		];
		for (const [query, expected] of cases) expect([query, await listed(query)]).toEqual([query, expected]);
	});

	it('tell what was asked and answered only one at a time', async () => {
		const { sid } = simulator.alert({ errorCode: 11200, resourceSid: `SM${unknown}`, responseBody: 'no' });
		const row = (await ask(`monitor/v1/Alerts/${sid}`)).json;
		expect(row).toMatchObject({ response_body: 'no', error_code: '11200', resource_sid: `SM${unknown}` });
		expect(row.url).toBe(`${simulator.origin}/monitor/v1/Alerts/${sid}`);
		const [first] = (await ask('monitor/v1/Alerts')).json.alerts;
		expect(first).toMatchObject({ sid, request_url: 'https://example.com/webhook' });
		for (const field of ['response_body', 'response_headers', 'request_variables', 'request_headers']) {
			expect(first).not.toHaveProperty(field);
		}
	});

	it.each([
		['StartDate=2026-10-24T12:00:00Z', 200],
		['StartDate=2026-10-24T11:59:59Z', 400],
		['StartDate=2026-10-24', 200],
		['StartDate=2026-10-23', 400],
		['LogLevel=fatal', 400],
		['StartDate=yesterday', 400],
	])('answer %s with %i', async (query, status) => {
		expect((await ask(`monitor/v1/Alerts?${query}`)).status).toBe(status);
	});

	it('are at most 10,000 in one list', async () => {
		for (let count = 0; count < 10_001; count++) simulator.alert();
		let next: string | null = 'monitor/v1/Alerts?PageSize=1000';
		let rows = 0;
		while (next) {
			const { json } = await ask(next);
			rows += json.alerts.length;
			next = json.meta.next_page_url?.slice(simulator.origin.length + 1) ?? null;
		}
		expect(rows).toBe(10_000);
	});
});

describe('numbers of the account', () => {
	const numbers = () => simulator.state.phoneNumbers.map(({ phone_number }) => phone_number);

	it('are changed, and an empty value clears', async () => {
		const { sid } = simulator.state.phoneNumbers[0]!;
		const application = simulator.state.applications[0]!.sid;
		const form = { FriendlyName: 'Shop', SmsFallbackUrl: 'https://example.com/a', SmsApplicationSid: application };
		const changed = await ask(`/IncomingPhoneNumbers/${sid}.json`, { form });
		expect(changed.json).toMatchObject({
			friendly_name: 'Shop',
			sms_fallback_url: 'https://example.com/a',
			sms_application_sid: application,
		});
		const cleared = await ask(`/IncomingPhoneNumbers/${sid}.json`, {
			form: { SmsFallbackUrl: '', SmsApplicationSid: '' },
		});
		expect(cleared.json).toMatchObject({ friendly_name: 'Shop', sms_fallback_url: '', sms_application_sid: null });
		const wrong = await ask(`/IncomingPhoneNumbers/${sid}.json`, { form: { SmsApplicationSid: 'AP1' } });
		expect(wrong.json.code).toBe(20001);
		const moved = await ask(`/IncomingPhoneNumbers/${sid}.json`, { form: { AccountSid: `AC${unknown}` } });
		expect(moved.status).toBe(404);
	});

	it('are found, bought with settings, and released', async () => {
		const found = await ask('/AvailablePhoneNumbers/US/Local.json?AreaCode=415&PageSize=1');
		const PhoneNumber: string = found.json.available_phone_numbers[0].phone_number;
		const form = { PhoneNumber, SmsUrl: 'https://example.com/sms', SmsMethod: 'GET' };
		const bought = await ask('/IncomingPhoneNumbers.json', { form });
		expect([bought.status, bought.json]).toEqual([
			201,
			expect.objectContaining({ phone_number: PhoneNumber, sms_url: form.SmsUrl, sms_method: 'GET' }),
		]);
		expect(numbers()).toContain(PhoneNumber);
		const again = await ask('/AvailablePhoneNumbers/US/Local.json?AreaCode=415&PageSize=1');
		const [other] = again.json.available_phone_numbers;
		expect([PhoneNumber, other]).toEqual([
			expect.stringMatching(/^\+1415/),
			expect.objectContaining({ locality: 'San Francisco' }),
		]);
		expect(other.phone_number).not.toBe(PhoneNumber);
		expect((await ask('/IncomingPhoneNumbers.json', { form })).json.code).toBe(21422);
		const released = await ask(`/IncomingPhoneNumbers/${bought.json.sid}.json`, { method: 'DELETE' });
		expect([released.status, numbers().includes(PhoneNumber)]).toEqual([204, false]);
	});

	it.each<[Record<string, string>, number]>([
		[{}, 20001],
		[{ PhoneNumber: '+15005550000' }, 21422],
		[{ PhoneNumber: '+15005550001' }, 21421],
		[{ PhoneNumber: '12' }, 21421],
		[{ PhoneNumber: '+14155559999' }, 21422],
		[{ AreaCode: '533' }, 21452],
		[{ AreaCode: '999' }, 21452],
	])('are not bought with %j: %i', async (form, code) => {
		const before = numbers();
		const answer = await ask('/IncomingPhoneNumbers.json', { form });
		expect([answer.status, answer.json.code, numbers()]).toEqual([400, code, before]);
	});

	it('are bought by area code; the magic one never really', async () => {
		const byArea = await ask('/IncomingPhoneNumbers.json', { form: { AreaCode: '500' } });
		expect(byArea.json.phone_number).toBe(numbers().at(-1));
		const before = numbers();
		const magic = await ask('/IncomingPhoneNumbers.json', { form: { PhoneNumber: '+15005550006' } });
		expect([magic.status, numbers()]).toEqual([201, before]);
	});
});

describe('available numbers', () => {
	const search = async (path: string) =>
		((await ask(`/AvailablePhoneNumbers/${path}`)).json.available_phone_numbers as Array<Record<string, unknown>>) ??
		[];

	it.each([
		['US/Local.json', 30],
		['US/Local.json?PageSize=5', 5],
		['US/Local.json?AreaCode=212', 10],
		['US/Local.json?InLocality=Seattle&MmsEnabled=true', 0],
		['US/Local.json?InLocality=Seattle&MmsEnabled=false', 10],
		['US/Local.json?InRegion=NY&InPostalCode=10001', 10],
		['US/Local.json?Contains=4155550123', 1],
		['US/Local.json?Contains=415555012*', 10],
		['US/Local.json?Contains=ABC', 0],
		['US/Local.json?Contains=KKK', 30],
		['US/TollFree.json?SmsEnabled=true&VoiceEnabled=true', 10],
		['GB/Mobile.json', 10],
		['DE/Local.json?ExcludeLocalAddressRequired=true', 0],
		['DE/Local.json?ExcludeForeignAddressRequired=true', 10],
		['AU/Mobile.json?ExcludeAllAddressRequired=true', 0],
	])('%s: %i', async (path, count) => {
		expect(await search(path)).toHaveLength(count);
	});

	it('tell what they can and where they are', async () => {
		expect((await search('US/Local.json?AreaCode=206&PageSize=1'))[0]).toMatchObject({
			phone_number: '+12065550140',
			friendly_name: '(206) 555-0140',
			locality: 'Seattle',
			region: 'WA',
			capabilities: { voice: true, sms: true, mms: false },
		});
	});

	it.each([
		['FR/Local.json', 404],
		['DE/TollFree.json', 404],
		['GB/Local.json?AreaCode=207', 400],
		['US/Local.json?Contains=1', 400],
		['US/Local.json?SmsEnabled=maybe', 400],
		['US/Local.json?NearNumber=%2B14155550100', 501],
	])('%s is answered with %i', async (path, status) => {
		expect((await ask(`/AvailablePhoneNumbers/${path}`)).status).toBe(status);
	});

	it('have countries', async () => {
		const { json } = await ask('/AvailablePhoneNumbers.json');
		expect(json.countries.map(({ country_code }: { country_code: string }) => country_code)).toContain('GB');
		const one = await ask('/AvailablePhoneNumbers/GB.json');
		expect(Object.keys(one.json.subresource_uris)).toEqual(['local', 'mobile', 'toll_free']);
		expect((await ask('/AvailablePhoneNumbers/XX.json')).status).toBe(404);
	});
});

describe('lookups', () => {
	const lookUp = async (rest: string) => (await ask(`lookups/v2/PhoneNumbers/${rest}`)).json;

	it.each([
		['+14159929960', { phone_number: '+14159929960', country_code: 'US', national_format: '(415) 992-9960' }],
		['4159929960', { phone_number: '+14159929960', country_code: 'US' }],
		['(415)%20992-9960', { phone_number: '+14159929960' }],
		['07700900123?CountryCode=GB', { phone_number: '+447700900123', calling_country_code: '44' }],
	])('know %s', async (number, expected) => {
		expect(await lookUp(number)).toMatchObject({ valid: true, validation_errors: [], caller_name: null, ...expected });
	});

	it.each([
		['+1415992996', 'TOO_SHORT'],
		['+141599299600', 'TOO_LONG'],
		['+9991234567', 'INVALID_COUNTRY_CODE'],
		['Bob', 'NOT_A_NUMBER'],
	])('answer 200 to %s, which is invalid', async (number, error) => {
		expect(await lookUp(`${number}?Fields=caller_name`)).toMatchObject({
			valid: false,
			validation_errors: [error],
			country_code: null,
			caller_name: null,
		});
	});

	it('give the packages that were asked for', async () => {
		const row = await lookUp('+14159929960?Fields=validation,line_type_intelligence,caller_name');
		expect(row).toMatchObject({ line_type_intelligence: { type: 'mobile' }, caller_name: { error_code: null } });
		expect(row.sim_swap).toBeNull();
		expect(await lookUp('+14159929960?Fields=colour')).toMatchObject({ code: 20001 });
	});

	it('fail on demand', async () => {
		simulator.state.lookupErrors.set('+14159929960', 20404);
		expect(await lookUp('+14159929960')).toMatchObject({ code: 20404, status: 404 });
	});
});

describe('verifications', () => {
	const to = '+14155559999';
	const service = () => `verify/v2/Services/${simulator.state.verifyServices[0]!.sid}`;
	const start = async (more: Record<string, string> = {}) =>
		(await ask(`${service()}/Verifications`, { form: { To: to, Channel: 'sms', ...more } })).json;
	const check = async (form: Record<string, string>) =>
		(await ask(`${service()}/VerificationCheck`, { form: { To: to, ...form } })).json;
	const codeOf = (sid: string) => simulator.state.verificationSecrets.get(sid)!.code;
	const wrong = (sid: string) => (codeOf(sid) === '000000' ? '000001' : '000000');

	it('belong to services', async () => {
		const { json } = await ask('verify/v2/Services');
		expect(json.services.map(({ friendly_name }: { friendly_name: string }) => friendly_name).sort()).toEqual([
			'Checkout',
			'Login',
		]);
		expect((await ask(service())).json.links.verifications).toBe(`${simulator.origin}/${service()}/Verifications`);
		const other = `verify/v2/Services/VA${unknown}`;
		expect((await ask(`${other}/Verifications`, { form: { To: to, Channel: 'sms' } })).status).toBe(404);
		expect((await ask(`${other}/VerificationCheck`, { form: { To: to, Code: '1' } })).status).toBe(404);
	});

	it('are approved by the right code, once', async () => {
		const { sid } = await start();
		expect(codeOf(sid)).toMatch(/^\d{6}$/);
		expect(await check({ Code: wrong(sid) })).toMatchObject({ sid, status: 'pending', valid: false });
		expect(await check({ Code: codeOf(sid) })).toMatchObject({ sid, status: 'approved', valid: true });
		expect(await check({ Code: codeOf(sid) })).toMatchObject({ status: 404, code: 20404 });
	});

	it('are checked by their SID as well', async () => {
		const { sid } = await start();
		const form = { VerificationSid: sid, Code: codeOf(sid) };
		expect((await ask(`${service()}/VerificationCheck`, { form })).json).toMatchObject({ valid: true });
	});

	it('take five wrong codes, and then not even the right one', async () => {
		const { sid } = await start();
		for (let count = 0; count < 5; count++) expect(await check({ Code: wrong(sid) })).toMatchObject({ valid: false });
		expect(await check({ Code: codeOf(sid) })).toMatchObject({ code: 60202, status: 429 });
	});

	it('expire after ten minutes', async () => {
		const { sid } = await start();
		clock = new Date(clock.getTime() + 600_000);
		expect(await check({ Code: codeOf(sid) })).toMatchObject({ code: 20404 });
		const another = await start();
		expect(another.sid).toMatch(/^VE[0-9a-f]{32}$/);
		expect(another.sid).not.toBe(sid);
	});

	it('are sent five times at most, as the same verification', async () => {
		const { sid } = await start();
		for (let count = 2; count <= 5; count++) {
			const again = await start({ Channel: 'call' });
			expect([again.sid, again.channel, again.send_code_attempts.length]).toEqual([sid, 'call', count]);
		}
		expect(await start()).toMatchObject({ code: 60203, status: 429 });
	});

	it('are fetched, approved and cancelled', async () => {
		const { sid } = await start({ CustomCode: '424242', Channel: 'auto' });
		expect((await ask(`${service()}/Verifications/${sid}`)).json).toMatchObject({ status: 'pending', channel: 'sms' });
		expect(codeOf(sid)).toBe('424242');
		const { json } = await ask(`${service()}/Verifications/${sid}`, { form: { Status: 'canceled' } });
		expect(json).toMatchObject({ status: 'canceled', valid: false });
		expect((await ask(`${service()}/Verifications/${sid}`)).status).toBe(404);
	});

	it.each<[Record<string, string>]>([
		[{ Channel: 'pigeon' }],
		[{ Channel: 'email' }],
		[{ To: 'a@example.com' }],
		[{ To: '4155559999' }],
		[{ CustomCode: 'x' }],
	])('are refused with %j', async (form) => {
		expect(await start(form)).toMatchObject({ code: 60200, status: 400 });
		expect(simulator.state.verifications).toEqual([]);
	});

	it('are not checked without a code', async () => {
		await start();
		expect(await check({})).toMatchObject({ code: 60200 });
	});
});

describe('long lists', () => {
	it('are paged, each row once', async () => {
		const from = '+14155559999';
		for (let count = 0; count < 20_000; count++) {
			clock = new Date(clock.getTime() + 1000);
			simulator.receive({ from, to: '+15005550006', body: `message ${count}` });
		}
		let pages = 0;
		const seen = new Set<string>();
		const { accountSid, authToken } = simulator.account;
		const headers = { Authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` };
		let next: string | null = `/2010-04-01/Accounts/${accountSid}/Messages.json?PageSize=1000&DateSent%3E=2026-11-01`;
		while (next) {
			const answer = await fetch(`${simulator.origin}/api${next}`, { headers });
			const page = (await answer.json()) as { messages: Array<{ sid: string }>; next_page_uri: string | null };
			pages++;
			for (const { sid } of page.messages) seen.add(sid);
			next = page.next_page_uri;
		}
		expect([pages, seen.size]).toEqual([20, 20_000]);
	}, 30_000);
});
