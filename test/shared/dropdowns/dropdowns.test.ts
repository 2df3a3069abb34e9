import { answerJson, startLoopbackServer } from '../../shared/api/loopbackServer';
import { Twilio } from '../../../nodes/Twilio/Twilio.node';
import { callListSearch, type EditorOptions } from '../../support/n8n';
import { ownNumber, useSimulatedTwilio } from '../../Twilio/simulatedTwilio';

const twilio = useSimulatedTwilio();

describe('senders', () => {
	it('are the numbers that can send texts, with the names people gave them', async () => {
		const { results } = await twilio.choices('searchSenders');
		expect(results.map(({ name, value }) => [name, value]).sort()).toEqual([
			['+14155550100 (San Francisco)', '+14155550100'],
			['+15005550006 (Magic number)', '+15005550006'],
			['+442079460100 (London)', '+442079460100'],
		]);
	});

	it('show a number once when it has no name of its own', async () => {
		const row = twilio.simulator.state.phoneNumbers.find(({ phone_number: number }) => number === ownNumber);
		if (row) row.friendly_name = ownNumber;
		expect((await twilio.choices('searchSenders', ownNumber)).results).toEqual([{ name: ownNumber, value: ownNumber }]);
	});

	it("are the chosen channel's on another channel than SMS", async () => {
		expect((await twilio.choices('searchSenders', '', { channel: 'whatsapp' })).results).toEqual([
			{ name: 'whatsapp:+14155550100 (Simulated shop, ONLINE)', value: 'whatsapp:+14155550100' },
		]);
		expect((await twilio.choices('searchSenders', '', { channel: 'rcs' })).results).toEqual([]);
		expect(twilio.simulator.requests.map(({ query }) => Object.fromEntries(query).Channel)).toEqual([
			'whatsapp',
			'rcs',
		]);
	});
});

describe('choices', () => {
	it.each([
		['searchMessagingServices', 'notif', 'Notifications'],
		['searchApplications', 'ORDER', 'Order notifications'],
		['searchContentTemplates', 'shipped', 'order_shipped (en)'],
		['searchSenders', ' london ', '+442079460100 (London)'],
		['searchSenders', '+4420', '+442079460100 (London)'],
	])('%s: are limited to what the user typed, in any case: %s', async (method, filter, expected) => {
		expect((await twilio.choices(method, filter)).results.map(({ name }) => name)).toEqual([expected]);
		expect((await twilio.choices(method, 'nothing like this')).results).toEqual([]);
	});

	it('are messages, newest first, with a glimpse of each, and can be found by SID', async () => {
		const from = '+14155550111';
		twilio.simulator.receive({ from, to: ownNumber, body: 'first' });
		const { sid } = twilio.simulator.receive({ from, to: ownNumber, body: 'x'.repeat(100) });
		const { results } = await twilio.choices('searchMessages');
		expect(results.map(({ name }) => name)).toEqual([
			`${from} → ${ownNumber}: ${'x'.repeat(40)} (received)`,
			`${from} → ${ownNumber}: first (received)`,
		]);
		expect((await twilio.choices('searchMessages', sid.slice(5, 20))).results).toEqual([results[0]]);
	});

	it('are of one page only, however long the list', async () => {
		for (let n = 0; n < 150; n++) twilio.simulator.receive({ from: '+14155550111', to: ownNumber });
		const { results, paginationToken } = await twilio.choices('searchMessages');
		expect(results).toHaveLength(100);
		expect(paginationToken).toBeUndefined();
		expect(twilio.simulator.requests).toHaveLength(1);
	});

	it('are of one page only, also where Twilio gives fewer rows than asked for', async () => {
		const server = await startLoopbackServer();
		const page = {
			applications: [{ sid: 'AP1', friendly_name: 'One' }],
			next_page_uri: '/2010-04-01/Accounts/A.json?P=1',
		};
		server.answer = (response) => answerJson(response, 200, page);
		const credentials = { twilioExtendedApi: server.credentials } as unknown as EditorOptions['credentials'];
		const { results } = await callListSearch('searchApplications', { node: new Twilio(), credentials });
		expect(results).toEqual([{ name: 'One', value: 'AP1' }]);
		expect(server.requests).toHaveLength(1);
		await server.close();
	});

	it("fail with Twilio's words", async () => {
		twilio.simulator.fault({ status: 403, body: { code: 70051, message: 'No permission', status: 403 } });
		await expect(twilio.choices('searchMessages')).rejects.toThrow('No permission');
	});
});

it('is there for every dropdown of the node', () => {
	const { description, methods } = new Twilio();
	const used = [...JSON.stringify(description.properties).matchAll(/"searchListMethod":"(\w+)"/g)].map(
		([, name]) => name,
	);
	expect(used.length).toBeGreaterThan(0);
	expect(Object.keys(methods.listSearch)).toEqual(expect.arrayContaining(used));
});
