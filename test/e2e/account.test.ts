import { errorOf, jsonOf } from '../../dev/n8n';
import { useEnvironment } from './environment';
import { items } from './workflows';

const e2e = useEnvironment();

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

describe('Phone numbers', () => {
	test('are found, bought, set up and released', async () => {
		const before = e2e.simulator.state.phoneNumbers.map(({ phone_number: number }) => number);
		const phoneNumber = (operation: string, parameters: Record<string, unknown>) =>
			e2e.twilio({ resource: 'phoneNumber', operation, ...parameters });
		const execution = await e2e.run(
			phoneNumber('searchAvailable', { limit: 1, filters: { areaCode: 212 } }),
			phoneNumber('buy', { phoneNumber: '={{ $json.phone_number }}', options: { friendlyName: 'New' } }),
			phoneNumber('update', {
				phoneNumberSid: byId('={{ $json.sid }}'),
				options: { smsUrl: 'https://example.com/sms', friendlyName: 'Newer' },
			}),
			phoneNumber('getAll', { filters: { phoneNumber: '+1212' } }),
			phoneNumber('release', { phoneNumberSid: byId('={{ $json.sid }}') }),
		);

		expect(errorOf(execution)).toBeUndefined();
		expect(jsonOf(execution, 'buy')).toEqual([
			expect.objectContaining({ phone_number: '+12125550130', friendly_name: 'New' }),
		]);
		const [{ sid } = {}] = jsonOf(execution, 'buy');
		expect(jsonOf(execution, 'getAll')).toEqual([
			expect.objectContaining({ sid, friendly_name: 'Newer', sms_url: 'https://example.com/sms' }),
		]);
		expect(jsonOf(execution, 'release')).toEqual([{ sid, deleted: true }]);
		expect(e2e.simulator.state.phoneNumbers.map(({ phone_number: number }) => number)).toEqual(before);
	});

	test('are looked up, valid or not', async () => {
		e2e.simulator.state.lookupErrors.set('+14155550000', 20404);
		const execution = await e2e.run(
			items(['+14155552671', '+1415555', '+14155550000'].map((phone) => ({ phone }))),
			e2e.twilio({
				resource: 'lookup',
				operation: 'get',
				phoneNumber: '={{ $json.phone }}',
				fields: ['line_type_intelligence'],
			}),
		);
		expect(errorOf(execution)).toBeUndefined();
		expect(jsonOf(execution, 'get').map(({ valid }) => valid)).toEqual([true, false, false]);
		expect(jsonOf(execution, 'get')[0]).toMatchObject({ line_type_intelligence: { type: 'mobile' } });
	});

	test('are verified by a code: a wrong one is an item, the right one approves', async () => {
		const to = '+15005550010';
		const verifyServiceSid = byId(e2e.simulator.state.verifyServices[0]!.sid);
		const sent = await e2e.run(
			e2e.twilio({ resource: 'verification', operation: 'send', verifyServiceSid, to, channel: 'sms' }),
		);
		expect(errorOf(sent)).toBeUndefined();
		const { code } = [...e2e.simulator.state.verificationSecrets.values()][0]!;

		const checked = await e2e.run(
			items([{ code: code === '000000' ? '111111' : '000000' }, { code }]),
			e2e.twilio({
				resource: 'verification',
				operation: 'check',
				verifyServiceSid,
				to,
				code: '={{ $json.code }}',
			}),
		);
		expect(errorOf(checked)).toBeUndefined();
		expect(jsonOf(checked, 'check')).toEqual([
			expect.objectContaining({ valid: false, status: 'pending' }),
			expect.objectContaining({ valid: true, status: 'approved' }),
		]);
	});
});

describe('Alerts', () => {
	test('are listed by level and read with what was answered', async () => {
		const { sid } = e2e.simulator.alert({ logLevel: 'warning', responseBody: '<h1>Oops</h1>' });
		e2e.simulator.alert();
		const execution = await e2e.run(
			e2e.twilio({
				resource: 'alert',
				operation: 'getAll',
				filters: { logLevel: 'warning', startDate: '={{ $now.minus({ days: 30 }).toISO() }}' },
			}),
			e2e.twilio({ resource: 'alert', operation: 'get', alertSid: '={{ $json.sid }}', simplify: false }),
		);
		expect(errorOf(execution)).toBeUndefined();
		expect(jsonOf(execution, 'get')).toEqual([expect.objectContaining({ sid, response_body: '<h1>Oops</h1>' })]);
	});
});

describe('A request of the user', () => {
	test('lists messages, page by page', async () => {
		for (let n = 0; n < 5; n++) e2e.simulator.receive({ from: '+15005550010', to: '+14155550100', body: String(n) });
		const execution = await e2e.run(
			e2e.twilio({
				resource: 'apiRequest',
				operation: 'send',
				url: '2010-04-01/Accounts/{accountSid}/Messages.json',
				query: { parameter: [{ name: 'PageSize', value: '2' }] },
				options: { followPages: true },
			}),
		);
		expect(errorOf(execution)).toBeUndefined();
		expect(jsonOf(execution, 'send').map(({ body }) => body)).toEqual(['4', '3', '2', '1', '0']);
		expect(e2e.simulator.requests).toHaveLength(3);
	});

	test('goes to no other host', async () => {
		const url = 'https://api.twilio.com.evil.test/2010-04-01/Accounts.json';
		const execution = await e2e.run(e2e.twilio({ resource: 'apiRequest', operation: 'send', url }));
		expect(execution.status).toBe('error');
		expect(errorOf(execution)?.message).toContain("'URL' does not lead to a Twilio host");
		expect(e2e.simulator.requests).toEqual([]);
	});
});
