import type { INodeParameters } from 'n8n-workflow';

import { phoneNumberRow } from '../../../../nodes/Twilio/resources/phoneNumber/row';
import { sampleSid } from '../../../shared/api/sampleCredentials';
import { ownNumber, useSimulatedTwilio } from '../../simulatedTwilio';

const twilio = useSimulatedTwilio();

const rows = () => twilio.simulator.state.phoneNumbers;
const own = () => rows().find(({ phone_number: number }) => number === ownNumber)!;
const locator = (value: string) => ({ __rl: true, mode: 'id', value });
const lastQuery = () => Object.fromEntries(twilio.simulator.requests.at(-1)?.query ?? []);

/** A number that is on sale. */
const onSale = '+14155550120';

describe('get', () => {
	it('gives a simple row, or all of it', async () => {
		const { sid } = own();
		const { json } = await twilio.run('phoneNumber.get', { phoneNumberSid: locator(sid) });
		expect(Object.keys(json[0] ?? {})).toEqual([...phoneNumberRow]);
		expect(json[0]).toMatchObject({ sid, phone_number: ownNumber, friendly_name: 'San Francisco' });
		const whole = await twilio.run('phoneNumber.get', { phoneNumberSid: sid, simplify: false });
		expect(whole.json).toEqual([own()]);
	});
});

describe('get many', () => {
	const listed = async (parameters: INodeParameters) => {
		const { json, error } = await twilio.run('phoneNumber.getAll', parameters);
		expect(error).toBeUndefined();
		return json.map(({ phone_number: number }) => number).sort();
	};

	it('gives the numbers of the account, simple or whole, up to the limit', async () => {
		const all = rows().map(({ phone_number: number }) => number);
		expect(await listed({})).toEqual([...all].sort());
		expect(await listed({ limit: 2 })).toHaveLength(2);
		const { json } = await twilio.run('phoneNumber.getAll', { simplify: false, returnAll: true });
		expect(json).toEqual(expect.arrayContaining(rows()));
	});

	it('filters by a part of the number, however it is written, and by name', async () => {
		expect(await listed({ filters: { phoneNumber: '+1 (415)' } })).toEqual([ownNumber]);
		expect(lastQuery()).toMatchObject({ PhoneNumber: '+1415' });
		expect(await listed({ filters: { friendlyName: 'London' } })).toEqual(['+442079460100']);
		expect(await listed({ filters: { phoneNumber: '', friendlyName: ' ' } })).toHaveLength(rows().length);
	});
});

describe('update', () => {
	const update = async (options: INodeParameters) =>
		await twilio.run('phoneNumber.update', { phoneNumberSid: own().sid, options });

	it('sets what was added, and nothing else', async () => {
		const options = { friendlyName: 'Support', smsUrl: 'https://example.com/sms', smsMethod: 'GET' };
		const { json, error } = await update(options);
		expect(error).toBeUndefined();
		expect(twilio.forms()).toEqual([{ FriendlyName: 'Support', SmsUrl: 'https://example.com/sms', SmsMethod: 'GET' }]);
		expect(json).toEqual([own()]);
		expect(own()).toMatchObject({ friendly_name: 'Support', sms_url: 'https://example.com/sms', sms_method: 'GET' });
	});

	it('clears what was added and left empty', async () => {
		const application = twilio.simulator.state.applications[0]?.sid ?? '';
		await update({
			smsUrl: 'https://example.com/sms',
			voiceUrl: 'https://example.com/voice',
			statusCallback: 'https://example.com/status',
			voiceApplicationSid: locator(application),
		});
		expect(own()).toMatchObject({ voice_application_sid: application });
		const { error } = await update({
			smsUrl: '',
			statusCallback: '={{ null }}',
			voiceApplicationSid: { __rl: true, mode: 'list', value: '' },
		});
		expect(error).toBeUndefined();
		expect(twilio.forms().at(-1)).toEqual({ SmsUrl: '', StatusCallback: '', VoiceApplicationSid: '' });
		expect(own()).toMatchObject({
			sms_url: '',
			status_callback: '',
			voice_application_sid: null,
			voice_url: 'https://example.com/voice',
		});
	});

	it('refuses what is no URL or SID before any request', async () => {
		for (const [options, message] of [
			[{ smsUrl: 'example' }, "'SMS URL' must be a full URL"],
			[{ voiceApplicationSid: locator(sampleSid('PN')) }, "'Voice Application' must be a SID: AP"],
			[{ bundleSid: sampleSid('AD') }, "'Bundle SID' must be a SID: BU"],
		] as const) {
			expect((await update(options)).error?.message).toContain(message);
		}
		expect(twilio.simulator.requests).toEqual([]);
	});
});

describe('search available', () => {
	const search = async (parameters: INodeParameters = {}) => {
		const { json, error } = await twilio.run('phoneNumber.searchAvailable', parameters);
		expect(error).toBeUndefined();
		return json;
	};

	it('finds numbers in one request, no more than the limit', async () => {
		const found = await search({ limit: 3 });
		expect(found).toHaveLength(3);
		expect(found[0]).toMatchObject({ phone_number: onSale, iso_country: 'US', locality: 'San Francisco' });
		expect(twilio.simulator.requests).toMatchObject([
			{ path: expect.stringMatching(/\/AvailablePhoneNumbers\/US\/Local\.json$/), query: [['PageSize', '3']] },
		]);
		expect(await search()).toHaveLength(40);
		expect(twilio.simulator.requests).toHaveLength(2);
	});

	it('by country and kind, the country in any case', async () => {
		const found = await search({ countryCode: 'gb', type: 'Mobile' });
		expect(found).toHaveLength(10);
		expect(found.every(({ iso_country: country }) => country === 'GB')).toBe(true);
		expect((await search({ type: 'TollFree' })).map(({ phone_number: number }) => number)).toEqual(
			Array.from({ length: 10 }, (_, digit) => `+1888555015${digit}`),
		);
	});

	it.each<[INodeParameters, Record<string, string>, number, string]>([
		[{ areaCode: 212 }, { AreaCode: '212' }, 10, '+12125550130'],
		[{ contains: '55501*5' }, { Contains: '55501*5' }, 4, '+14155550125'],
		[{ inLocality: 'Seattle' }, { InLocality: 'Seattle' }, 10, '+12065550140'],
		[{ inRegion: 'NY' }, { InRegion: 'NY' }, 10, '+12125550130'],
		[{ inPostalCode: '94103' }, { InPostalCode: '94103' }, 10, onSale],
		[{ mmsEnabled: false }, { MmsEnabled: 'false' }, 10, '+12065550140'],
		[{ smsEnabled: true, voiceEnabled: true }, { SmsEnabled: 'true', VoiceEnabled: 'true' }, 40, onSale],
	])('by %j', async (filters, query, count, first) => {
		const found = await search({ filters });
		expect(lastQuery()).toEqual({ ...query, PageSize: '50' });
		expect(found).toHaveLength(count);
		expect(found[0]).toMatchObject({ phone_number: first });
	});

	it('refuses what is no country code before any request, and says what Twilio does not have', async () => {
		const { error } = await twilio.run('phoneNumber.searchAvailable', { countryCode: 'USA' });
		expect(error?.message).toBe("'Country Code' must be two letters, such as US");
		expect(twilio.simulator.requests).toEqual([]);
		const unknown = await twilio.run('phoneNumber.searchAvailable', { countryCode: 'XX' });
		expect(unknown.error).toMatchObject({ httpCode: '404', context: { data: { code: 20404 } } });
	});
});

describe('buy', () => {
	it('buys a number, however it is written, and sets it up at once', async () => {
		const options = { friendlyName: 'New', voiceUrl: 'https://example.com/voice', smsUrl: '' };
		const { json, error } = await twilio.run('phoneNumber.buy', { phoneNumber: '+1 (415) 555-0120', options });
		expect(error).toBeUndefined();
		expect(twilio.forms()).toEqual([
			{ PhoneNumber: onSale, FriendlyName: 'New', VoiceUrl: 'https://example.com/voice' },
		]);
		expect(json).toEqual([rows().at(-1)]);
		expect(rows().at(-1)).toMatchObject({
			phone_number: onSale,
			friendly_name: 'New',
			voice_url: 'https://example.com/voice',
		});
	});

	it.each([
		['+15005550000', 21422],
		['+15005550001', 21421],
	])("fails with Twilio's words for what nobody can buy: %s", async (phoneNumber, code) => {
		const { error } = await twilio.run('phoneNumber.buy', { phoneNumber });
		expect(error).toMatchObject({ context: { data: { code } } });
	});

	it('does not buy again what may have been bought: the answer was lost', async () => {
		const count = rows().length;
		twilio.simulator.fault({ method: 'POST', when: 'after', destroy: true });
		const { error } = await twilio.run('phoneNumber.buy', { phoneNumber: onSale }, { retryOnFail: true, maxTries: 3 });
		expect(error?.message).toContain('Twilio may have acted on it all the same');
		expect(twilio.forms()).toHaveLength(1);
		expect(rows()).toHaveLength(count + 1);
	});
});

describe('release', () => {
	it('gives the SID of what is gone', async () => {
		const { sid } = own();
		const { json } = await twilio.run('phoneNumber.release', { phoneNumberSid: sid });
		expect(json).toEqual([{ sid, deleted: true }]);
		expect(rows().map((row) => row.sid)).not.toContain(sid);
	});

	it("fails with Twilio's words for a number that is not the account's", async () => {
		const { error } = await twilio.run('phoneNumber.release', { phoneNumberSid: sampleSid('PN') });
		expect(error).toMatchObject({ httpCode: '404', context: { data: { code: 20404 } } });
	});
});

describe.each(['get', 'update', 'release'])('%s', (operation) => {
	it('checks the SID of every item before the first request', async () => {
		const items = [{ sid: own().sid }, { sid: ownNumber }];
		const { error } = await twilio.run(`phoneNumber.${operation}`, { phoneNumberSid: '={{ $json.sid }}' }, { items });
		expect(error).toMatchObject({
			message: expect.stringContaining("'Phone Number' must be a SID"),
			context: { itemIndex: 1 },
		});
		expect(twilio.simulator.requests).toEqual([]);
	});
});
