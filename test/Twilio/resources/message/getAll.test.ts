import type { INodeParameters } from 'n8n-workflow';
import type { MessageRow } from '../../../../dev/simulator/resources/messageRow';
import { messageRow } from '../../../../nodes/Twilio/resources/message/row';
import { ownNumber, useSimulatedTwilio } from '../../simulatedTwilio';

const twilio = useSimulatedTwilio();

/** A message that arrived at this time; its body says when. */
function receivedAt(time: string, more: Partial<MessageRow> = {}): MessageRow {
	const row = twilio.simulator.receive({ from: '+14155550111', to: ownNumber, body: time });
	return Object.assign(row, { date_sent: new Date(time).toUTCString().replace('GMT', '+0000'), ...more });
}

/** The bodies of what is listed. */
async function listed(parameters: INodeParameters, timezone = 'UTC'): Promise<unknown[]> {
	const { json, error } = await twilio.run('message.getAll', parameters, { settings: { timezone } });
	expect(error).toBeUndefined();
	return json.map(({ body }) => body);
}

describe('rows', () => {
	it('are simple, unless the user wants them as they are', async () => {
		const row = receivedAt('2026-11-20T10:00:00Z');
		expect(Object.keys((await twilio.run('message.getAll')).json[0] ?? {})).toEqual([...messageRow]);
		expect((await twilio.run('message.getAll', { simplify: false })).json).toEqual([row]);
	});

	it('are 50 unless the user wants more, in one request', async () => {
		for (let n = 0; n < 60; n++) receivedAt('2026-11-20T10:00:00Z');
		expect(await listed({})).toHaveLength(50);
		expect(twilio.simulator.requests).toHaveLength(1);
		expect(await listed({ returnAll: true })).toHaveLength(60);
		expect(await listed({ limit: 3 })).toHaveLength(3);
	});

	it.each(['={{ undefined }}', '={{ null }}', '={{ "" }}'])(
		'are 50, and simple, where expressions give nothing: %s',
		async (nothing) => {
			for (let n = 0; n < 60; n++) receivedAt('2026-11-20T10:00:00Z');
			expect(await listed({ limit: nothing })).toHaveLength(50);
			expect(await listed({ returnAll: nothing })).toHaveLength(50);
			const { json } = await twilio.run('message.getAll', { simplify: nothing });
			expect(Object.keys(json[0] ?? {})).toEqual([...messageRow]);
		},
	);

	it('belong to the item they were listed for', async () => {
		receivedAt('2026-11-20T10:00:00Z');
		receivedAt('2026-11-20T10:00:01Z', { from: '+14155550222' });
		const { outputs } = await twilio.run(
			'message.getAll',
			{ filters: { from: '={{ $json.from }}' } },
			{ items: [{ from: '+14155550222' }, { from: '+1' }, {}] },
		);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }, { item: 2 }]);
	});
});

describe('filters', () => {
	it('by number take it however it is written', async () => {
		receivedAt('2026-11-20T10:00:00Z', { from: '+14155550222' });
		receivedAt('2026-11-20T10:00:01Z');
		expect(await listed({ filters: { from: '+1 (415) 555-0222', to: ownNumber } })).toEqual(['2026-11-20T10:00:00Z']);
		expect(Object.fromEntries(twilio.simulator.requests[0]?.query ?? [])).toEqual({
			From: '+14155550222',
			To: ownNumber,
			PageSize: '50',
		});
	});

	it('by time are exact to the second, begin with it, and end before it', async () => {
		const times = ['09:59:59', '10:00:00', '10:30:00', '10:59:59', '11:00:00'].map((time) => `2026-11-20T${time}Z`);
		times.forEach((time) => receivedAt(time));
		const filters = { sentAfter: '2026-11-20T10:00:00', sentBefore: '2026-11-20T11:00:00' };
		expect(await listed({ filters })).toEqual(times.slice(1, 4).reverse());
		expect(await listed({ filters: { sentAfter: filters.sentAfter } })).toHaveLength(4);
		expect(await listed({ filters: { sentBefore: filters.sentBefore } })).toHaveLength(4);
	});

	it('by time are in the timezone of the workflow, unless they name one', async () => {
		receivedAt('2026-11-20T10:00:00Z');
		expect(await listed({ filters: { sentAfter: '2026-11-20T15:30:00' } }, 'Asia/Kolkata')).toHaveLength(1);
		expect(await listed({ filters: { sentAfter: '2026-11-20T15:30:01' } }, 'Asia/Kolkata')).toHaveLength(0);
		expect(await listed({ filters: { sentAfter: '2026-11-20T15:30:00Z' } }, 'Asia/Kolkata')).toHaveLength(0);
	});

	it('by day mean the day of the workflow, far from UTC', async () => {
		const times = ['2026-11-19T09:59:59Z', '2026-11-19T10:00:00Z', '2026-11-20T09:59:59Z', '2026-11-20T10:00:00Z'];
		times.forEach((time) => receivedAt(time));
		const filters = { sentOn: '2026-11-20T18:00:00' };
		expect(await listed({ filters }, 'Pacific/Kiritimati')).toEqual([times[2], times[1]]);
	});

	it('count towards the limit after they were applied exactly', async () => {
		for (let n = 0; n < 5; n++) receivedAt('2026-11-20T11:00:00Z');
		receivedAt('2026-11-20T10:59:59Z');
		expect(await listed({ limit: 1, filters: { sentBefore: '2026-11-20T11:00:00' } })).toEqual([
			'2026-11-20T10:59:59Z',
		]);
	});

	it('by time leave out what has not been sent', async () => {
		receivedAt('2026-11-20T10:00:00Z', { date_sent: null });
		expect(await listed({})).toHaveLength(1);
		expect(await listed({ filters: { sentAfter: '2020-01-01T00:00:00' } })).toEqual([]);
	});

	it('that are added but empty are not sent', async () => {
		await listed({ filters: { from: '', to: ' ', sentAfter: '', sentOn: '={{ null }}' } });
		expect(twilio.simulator.requests[0]?.query).toEqual([['PageSize', '50']]);
	});

	it('that are wrong are refused before the first request', async () => {
		const items = [{ after: '2026-11-20T10:00:00' }, { after: 'yesterday' }];
		const { error } = await twilio.run('message.getAll', { filters: { sentAfter: '={{ $json.after }}' } }, { items });
		expect(error?.message).toContain("'Sent After' must be a time");
		expect(twilio.simulator.requests).toEqual([]);
	});

	it('of the user’s own are sent along, and may not repeat what the node sends itself', async () => {
		const additional = (name: string) => ({
			filters: { additionalParameters: { parameter: [{ name, value: '2026-11-20' }] } },
		});
		await listed(additional('DateSent'));
		expect(twilio.simulator.requests[0]?.query).toContainEqual(['DateSent', '2026-11-20']);
		for (const name of ['to', 'PageSize', 'DateSent>', 'DateSent<']) {
			const { error } = await twilio.run('message.getAll', additional(name));
			expect(error?.message).toContain(`'Additional Parameters' repeats '${name}'`);
		}
	});
});
