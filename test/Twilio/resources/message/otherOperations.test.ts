import { messageRow } from '../../../../nodes/Twilio/resources/message/row';
import type { MessageRow } from '../../../../dev/simulator/resources/messageRow';
import { sampleSid } from '../../../shared/api/sampleCredentials';
import { ownNumber, useSimulatedTwilio } from '../../simulatedTwilio';

const twilio = useSimulatedTwilio();

const received = (body = 'secret'): MessageRow =>
	twilio.simulator.receive({ from: '+14155550111', to: ownNumber, body });

describe('get', () => {
	it('gives a simple row, or all of it', async () => {
		const row = received();
		const { json } = await twilio.run('message.get', { messageSid: row.sid });
		expect(Object.keys(json[0] ?? {})).toEqual([...messageRow]);
		expect(json[0]).toMatchObject({ sid: row.sid, body: 'secret' });
		expect((await twilio.run('message.get', { messageSid: row.sid, simplify: false })).json).toEqual([row]);
	});

	it('takes the SID from a list, from an expression, or as text', async () => {
		const { sid } = received();
		for (const messageSid of [
			sid,
			{ __rl: true, mode: 'list', value: sid },
			{ __rl: true, mode: 'id', value: '={{ $json.sid }}' },
		]) {
			expect((await twilio.run('message.get', { messageSid }, { items: [{ sid }] })).json[0]).toMatchObject({ sid });
		}
	});

	it("says in Twilio's words what is not there", async () => {
		const { error } = await twilio.run('message.get', { messageSid: sampleSid('SM') });
		expect(error).toMatchObject({ httpCode: '404', context: { itemIndex: 0, data: { code: 20404 } } });
	});
});

describe('delete', () => {
	it('gives the SID of what is gone', async () => {
		const { sid } = received();
		expect((await twilio.run('message.delete', { messageSid: sid })).json).toEqual([{ sid, deleted: true }]);
		expect(twilio.simulator.state.messages).toEqual([]);
	});

	it('is done when its answer was lost and the message is gone', async () => {
		const { sid } = received();
		twilio.simulator.fault({ method: 'DELETE', destroy: true, when: 'after' });
		expect((await twilio.run('message.delete', { messageSid: sid })).json).toEqual([{ sid, deleted: true }]);
		expect(twilio.simulator.requests.map(({ status }) => status)).toEqual([0, 404]);
	});

	it('of what is under way is refused by Twilio', async () => {
		const { json } = await twilio.run('message.send', { from: ownNumber, to: '+14155550111', body: 'x' });
		const { error } = await twilio.run('message.delete', { messageSid: String(json[0]?.sid) });
		expect(error).toMatchObject({ context: { data: { code: 20009 } } });
	});
});

describe('redact', () => {
	it('empties the body and keeps the record', async () => {
		const { sid } = received();
		const { json } = await twilio.run('message.redact', { messageSid: sid });
		expect(twilio.forms()).toEqual([{ Body: '' }]);
		expect(json).toMatchObject([{ sid, body: '', status: 'received' }]);
	});
});

describe('cancel', () => {
	it('cancels what is scheduled, and nothing else', async () => {
		const sendAt = new Date(Date.now() + 3_600_000).toISOString();
		const messagingServiceSid = twilio.simulator.state.messagingServices[0]?.sid ?? '';
		const { json } = await twilio.run('message.send', {
			senderType: 'messagingService',
			messagingServiceSid,
			to: '+14155550111',
			body: 'x',
			options: { sendAt },
		});
		expect(json[0]).toMatchObject({ status: 'scheduled' });
		const cancelled = await twilio.run('message.cancel', { messageSid: String(json[0]?.sid) });
		expect(twilio.forms().at(-1)).toEqual({ Status: 'canceled' });
		expect(cancelled.json).toMatchObject([{ status: 'canceled' }]);
		const { error } = await twilio.run('message.cancel', { messageSid: received().sid });
		expect(error).toMatchObject({ context: { data: { code: 30409 } } });
	});
});

describe('sendFeedback', () => {
	it.each(['confirmed', 'unconfirmed'])('tells Twilio the outcome: %s', async (outcome) => {
		const { json } = await twilio.run('message.send', {
			from: ownNumber,
			to: '+14155550111',
			body: 'x',
			options: { provideFeedback: true },
		});
		const feedback = await twilio.run('message.sendFeedback', { messageSid: String(json[0]?.sid), outcome });
		expect(twilio.forms().at(-1)).toEqual({ Outcome: outcome });
		expect(feedback.json).toMatchObject([{ message_sid: json[0]?.sid, outcome }]);
	});
});

describe('operations that write', () => {
	it.each([
		['message.redact', 'Body'],
		['message.redact', 'Status'],
		['message.cancel', 'status'],
		['message.sendFeedback', 'Outcome'],
	])('%s: may not be turned into another one by an additional parameter: %s', async (operation, name) => {
		const options = { additionalParameters: { parameter: [{ name, value: 'x' }] } };
		const { error } = await twilio.run(operation, { messageSid: sampleSid('SM'), options });
		expect(error?.message).toContain(`repeats '${name}'`);
		expect(twilio.simulator.requests).toEqual([]);
	});
});

describe.each(['get', 'delete', 'redact', 'cancel', 'sendFeedback'])('%s', (operation) => {
	it('checks the SID of every item before the first request', async () => {
		const items = [{ sid: received().sid }, { sid: sampleSid('CA') }];
		const { error } = await twilio.run(`message.${operation}`, { messageSid: '={{ $json.sid }}' }, { items });
		expect(error).toMatchObject({
			message: expect.stringContaining("'Message' must be a SID"),
			context: { itemIndex: 1 },
		});
		expect(twilio.simulator.requests).toEqual([]);
	});
});
