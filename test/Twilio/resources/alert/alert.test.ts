import { DateTime } from 'luxon';
import type { INodeParameters } from 'n8n-workflow';

import type { AlertRow, NewAlert } from '../../../../dev/simulator/resources/alerts';
import { alertRow } from '../../../../nodes/Twilio/resources/alert/row';
import { sampleSid } from '../../../shared/api/sampleCredentials';
import { useSimulatedTwilio } from '../../simulatedTwilio';

const twilio = useSimulatedTwilio();

/** Alerts of the last days, to the second. */
const someTimeAgo = DateTime.utc().minus({ days: 3 }).startOf('second');
const iso = (time: DateTime) => time.toISO({ suppressMilliseconds: true }) ?? '';
const later = (seconds: number) => iso(someTimeAgo.plus({ seconds }));

const alertAt = (seconds: number, more: NewAlert = {}): AlertRow =>
	twilio.simulator.alert({ dateGenerated: new Date(later(seconds)), ...more });

async function listed(filters: INodeParameters, more: INodeParameters = {}, timezone = 'UTC') {
	const { json, error } = await twilio.run('alert.getAll', { filters, ...more }, { settings: { timezone } });
	expect(error).toBeUndefined();
	return json.map(({ sid }) => sid);
}

const lastQuery = () => Object.fromEntries(twilio.simulator.requests.at(-1)?.query ?? []);

describe('get many', () => {
	it('gives simple rows, newest first, up to the limit', async () => {
		const rows = [alertAt(0), alertAt(1), alertAt(2)].reverse();
		expect(await listed({})).toEqual(rows.map(({ sid }) => sid));
		expect(await listed({}, { limit: 1 })).toEqual([rows[0]?.sid]);
		const { json } = await twilio.run('alert.getAll');
		expect(Object.keys(json[0] ?? {})).toEqual([...alertRow]);
	});

	it('filters by level', async () => {
		const { sid } = alertAt(0, { logLevel: 'warning' });
		alertAt(1);
		expect(await listed({ logLevel: 'warning' })).toEqual([sid]);
		expect(lastQuery()).toEqual({ LogLevel: 'warning', PageSize: '50' });
	});

	it('filters by time to the second, from its beginning to its end, both included', async () => {
		const [, first, second] = [0, 1, 2, 3].map((seconds) => alertAt(seconds));
		expect(await listed({ startDate: later(1), endDate: later(2) })).toEqual([second?.sid, first?.sid]);
		expect(lastQuery()).toMatchObject({ StartDate: later(1), EndDate: later(3) });
		expect(await listed({ startDate: later(2), endDate: later(2) })).toEqual([second?.sid]);
	});

	it.each(['UTC', 'Asia/Tokyo', 'America/New_York'])(
		'takes a date without a time for the whole day in %s',
		async (zone) => {
			const day = someTimeAgo.setZone(zone).startOf('day');
			const end = day.plus({ days: 1 }).startOf('day');
			const [, first, last] = [day.minus({ seconds: 1 }), day, end.minus({ seconds: 1 }), end].map((time) =>
				twilio.simulator.alert({ dateGenerated: time.toJSDate() }),
			);
			const date = day.toISODate() ?? '';
			expect(await listed({ startDate: date, endDate: date }, {}, zone)).toEqual([last?.sid, first?.sid]);
			expect(await listed({ startDate: date, endDate: `${date}T00:00:00` }, {}, zone)).toEqual([first?.sid]);
		},
	);

	it("takes times of the workflow's timezone", async () => {
		const { sid } = alertAt(0);
		alertAt(-1);
		const inTokyo = someTimeAgo.setZone('Asia/Tokyo').toFormat("yyyy-MM-dd'T'HH:mm:ss");
		expect(await listed({ startDate: inTokyo }, {}, 'Asia/Tokyo')).toEqual([sid]);
	});

	it('refuses a start more than 30 days ago for any item, before any request', async () => {
		const items = [{ start: later(0) }, { start: iso(DateTime.utc().minus({ days: 31 })) }];
		const { error } = await twilio.run('alert.getAll', { filters: { startDate: '={{ $json.start }}' } }, { items });
		expect(error).toMatchObject({
			message: "'Start Date' is more than 30 days ago",
			description: 'Twilio keeps alerts for 30 days and refuses to look further back.',
			context: { itemIndex: 1 },
		});
		expect(twilio.simulator.requests).toEqual([]);
	});

	it('takes a day of which Twilio has a part', async () => {
		const { sid } = alertAt(0);
		const startDate = '={{ $now.minus({ days: 30 }).toISODate() }}';
		expect(await listed({ startDate })).toEqual([sid]);
	});

	it.each([
		['as people write it', '={{ $now.minus({ days: 30 }) }}'],
		['by a clock that was changed in between', '={{ $now.minus({ hours: 30 * 24 + 1 }) }}'],
	])('takes "30 days ago" %s, and asks for what Twilio has', async (_, startDate) => {
		const { sid } = alertAt(0);
		expect(await listed({ startDate })).toEqual([sid]);
		const asked = DateTime.fromISO(lastQuery().StartDate ?? '').diff(DateTime.utc().minus({ days: 30 }), 'minutes');
		expect(asked.minutes).toBeGreaterThan(0);
		expect(asked.minutes).toBeLessThanOrEqual(1);
	});
});

describe('get', () => {
	it('gives a simple row, or with what was sent and answered', async () => {
		const { sid } = alertAt(0, { responseBody: '<h1>Oops</h1>' });
		const { json } = await twilio.run('alert.get', { alertSid: sid });
		expect(Object.keys(json[0] ?? {})).toEqual([...alertRow]);
		expect((await twilio.run('alert.get', { alertSid: sid, simplify: false })).json[0]).toMatchObject({
			sid,
			request_variables: expect.stringContaining('AccountSid='),
			request_headers: expect.any(String),
			response_headers: expect.any(String),
			response_body: '<h1>Oops</h1>',
		});
		expect(twilio.simulator.requests[0]?.product).toBe('monitor');
	});

	it('checks the SID before a request', async () => {
		const { error } = await twilio.run('alert.get', { alertSid: sampleSid('SM') });
		expect(error?.message).toBe("'Alert SID' must be a SID: NO followed by 32 characters 0-9 and a-f");
		expect(twilio.simulator.requests).toEqual([]);
	});
});
