import type { INodeParameters } from 'n8n-workflow';

import type { CallRow } from '../../../../dev/simulator/resources/callRow';
import type { NewCall } from '../../../../dev/simulator/resources/calls';
import { callRow } from '../../../../nodes/Twilio/resources/call/row';
import { ownNumber, useSimulatedTwilio } from '../../simulatedTwilio';

const twilio = useSimulatedTwilio();

/** A call that started at this time and took a minute. */
const startedAt = (time: string, more: Partial<NewCall> = {}): CallRow =>
	twilio.simulator.call({
		from: '+14155550111',
		to: ownNumber,
		startTime: new Date(time),
		duration: 60,
		...more,
	});

/** The starts of what is listed. */
async function listed(parameters: INodeParameters, timezone = 'UTC'): Promise<string[]> {
	const { json, error } = await twilio.run('call.getAll', parameters, { settings: { timezone } });
	expect(error).toBeUndefined();
	return json.map(({ start_time: time }) => new Date(String(time)).toISOString().replace('.000', ''));
}

const lastQuery = () => Object.fromEntries(twilio.simulator.requests.at(-1)?.query ?? []);

it('get gives a simple row, or all of it', async () => {
	const row = startedAt('2026-11-20T10:00:00Z');
	const { json } = await twilio.run('call.get', { callSid: row.sid });
	expect(Object.keys(json[0] ?? {})).toEqual([...callRow]);
	expect(json[0]).toMatchObject({ sid: row.sid, duration: '60', status: 'completed' });
	expect((await twilio.run('call.get', { callSid: row.sid, simplify: false })).json).toEqual([row]);
});

describe('get many', () => {
	it('gives simple rows, newest first, unless the user wants them as they are', async () => {
		const rows = [startedAt('2026-11-20T10:00:00Z'), startedAt('2026-11-20T11:00:00Z')].reverse();
		const { json } = await twilio.run('call.getAll');
		expect(json.map(({ sid }) => sid)).toEqual(rows.map(({ sid }) => sid));
		expect(Object.keys(json[0] ?? {})).toEqual([...callRow]);
		expect((await twilio.run('call.getAll', { simplify: false })).json).toEqual(rows);
	});

	it('stops at the limit, or gives all there are', async () => {
		for (let n = 0; n < 60; n++) startedAt('2026-11-20T10:00:00Z');
		expect(await listed({})).toHaveLength(50);
		expect(await listed({ limit: 3 })).toHaveLength(3);
		expect(lastQuery()).toEqual({ PageSize: '3' });
		expect(await listed({ returnAll: true })).toHaveLength(60);
	});

	it('filters by numbers however they are written, by status and by parent', async () => {
		const parent = startedAt('2026-11-20T10:00:00Z', { status: 'busy' });
		startedAt('2026-11-20T11:00:00Z', { from: '+14155550222', parentCallSid: parent.sid });
		startedAt('2026-11-20T12:00:00Z', { to: '+14155550333' });
		expect(await listed({ filters: { from: '+1 (415) 555-0222' } })).toEqual(['2026-11-20T11:00:00Z']);
		expect(await listed({ filters: { to: '+1-415-555-0333' } })).toEqual(['2026-11-20T12:00:00Z']);
		expect(await listed({ filters: { status: 'busy' } })).toEqual(['2026-11-20T10:00:00Z']);
		expect(await listed({ filters: { parentCallSid: { __rl: true, mode: 'id', value: parent.sid } } })).toEqual([
			'2026-11-20T11:00:00Z',
		]);
		expect(lastQuery()).toEqual({ ParentCallSid: parent.sid, PageSize: '50' });
	});

	it('filters by start to the second although Twilio does so by day', async () => {
		const times = ['09:59:59', '10:00:00', '10:59:59', '11:00:00'].map((time) => `2026-11-20T${time}Z`);
		times.forEach((time) => startedAt(time));
		const [startedAfter, startedBefore] = ['2026-11-20T10:00:00', '2026-11-20T11:00:00'];
		expect(await listed({ filters: { startedAfter, startedBefore } })).toEqual(times.slice(1, 3).reverse());
		expect(lastQuery()).toEqual({ 'StartTime>': '2026-11-20', 'StartTime<': '2026-11-21', PageSize: '1000' });
		expect(await listed({ filters: { startedAfter } })).toEqual(times.slice(1).reverse());
		expect(await listed({ filters: { startedBefore } })).toEqual(times.slice(0, 3).reverse());
	});

	it('filters by end to the second, also together with the start', async () => {
		const times = ['10:00:00', '10:00:01', '10:00:02'].map((time) => `2026-11-20T${time}Z`);
		times.forEach((time) => startedAt(time));
		const [endedAfter, endedBefore] = ['2026-11-20T10:01:01', '2026-11-20T10:01:02'];
		expect(await listed({ filters: { endedAfter, endedBefore } })).toEqual([times[1]]);
		expect(lastQuery()).toEqual({ 'EndTime>': '2026-11-20', 'EndTime<': '2026-11-21', PageSize: '1000' });
		expect(await listed({ filters: { endedAfter, startedAfter: '2026-11-20T10:00:02' } })).toEqual([times[2]]);
	});

	it("filters in the workflow's timezone, across midnight of UTC", async () => {
		const times = ['2026-11-20T23:30:00Z', '2026-11-21T00:30:00Z'];
		times.forEach((time) => startedAt(time));
		const filters = { startedAfter: '2026-11-21T08:30:00', startedBefore: '2026-11-21T09:30:00' };
		expect(await listed({ filters }, 'Asia/Tokyo')).toEqual([times[0]]);
	});

	it('leaves out calls that have no such time yet', async () => {
		twilio.simulator.call({ from: ownNumber, to: '+14155550111', direction: 'outbound-api', status: 'queued' });
		startedAt('2026-11-20T10:00:00Z', { status: 'in-progress' });
		expect((await twilio.run('call.getAll')).json).toHaveLength(2);
		expect(await listed({ filters: { startedAfter: '2020-01-01T00:00:00' } })).toHaveLength(1);
		expect(await listed({ filters: { endedAfter: '2020-01-01T00:00:00' } })).toHaveLength(0);
	});

	it('refuses additional parameters that would repeat a time filter', async () => {
		for (const name of ['StartTime>', 'starttime<', 'EndTime>', 'EndTime<', 'PageSize']) {
			const filters = { additionalParameters: { parameter: [{ name, value: '2026-11-20' }] } };
			expect((await twilio.run('call.getAll', { filters })).error?.message).toContain(`repeats '${name}'`);
		}
		expect(twilio.simulator.requests).toEqual([]);
	});
});
