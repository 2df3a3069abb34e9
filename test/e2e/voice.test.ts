import { randomBytes } from 'node:crypto';

import { errorOf, itemsOf, jsonOf } from '../../dev/n8n';
import { twilioType, useEnvironment } from './environment';

const e2e = useEnvironment();

const caller = '+14155550100';
const recipient = '+15005550010';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });

const makeCall = () =>
	e2e.twilio({
		resource: 'call',
		operation: 'make',
		from: byId(caller),
		to: recipient,
		instructions: 'say',
		sayText: 'Fish & chips',
	});

describe('Calls', () => {
	test('are made, seen, listed and hung up', async () => {
		const execution = await e2e.run(
			makeCall(),
			e2e.twilio({ resource: 'call', operation: 'get', callSid: byId('={{ $json.sid }}') }),
			e2e.twilio({ resource: 'call', operation: 'getAll', filters: { to: recipient, status: 'queued' } }),
			e2e.twilio({ resource: 'call', operation: 'hangUp', callSid: byId('={{ $json.sid }}') }),
		);

		expect(errorOf(execution)).toBeUndefined();
		const [row] = e2e.simulator.state.calls;
		const [post] = e2e.simulator.requests;
		expect(Object.fromEntries(post!.form)).toEqual({
			From: caller,
			To: recipient,
			Twiml: '<Response><Say>Fish &amp; chips</Say></Response>',
		});
		expect(jsonOf(execution, 'get')).toEqual([expect.objectContaining({ sid: row!.sid, status: 'queued' })]);
		expect(jsonOf(execution, 'getAll')).toEqual(jsonOf(execution, 'get'));
		expect(jsonOf(execution, 'hangUp')).toEqual([expect.objectContaining({ sid: row!.sid, status: 'canceled' })]);
		expect(row!.status).toBe('canceled');
	});

	test('that have ended leave nothing to hang up', async () => {
		const { sid } = e2e.simulator.call({ from: recipient, to: caller });
		const execution = await e2e.run(e2e.twilio({ resource: 'call', operation: 'hangUp', callSid: byId(sid) }));
		expect(execution.status).toBe('error');
		expect(errorOf(execution)?.message).toContain('nothing to hang up');
	});
});

describe('Recordings', () => {
	test.each(['mp3', 'wav'])('are downloaded byte for byte: %s', async (format) => {
		const content = randomBytes(300_000);
		const { sid } = e2e.simulator.record({ content });
		const execution = await e2e.run(
			e2e.twilio({ resource: 'recording', operation: 'getAll' }),
			e2e.twilio({ resource: 'recording', operation: 'download', recordingSid: byId('={{ $json.sid }}'), format }),
		);

		expect(errorOf(execution)).toBeUndefined();
		const [item] = itemsOf(execution, 'download');
		expect(item!.json).toEqual({
			sid,
			fileName: `${sid}.${format}`,
			mimeType: format === 'mp3' ? 'audio/mpeg' : 'audio/x-wav',
			fileSize: content.length,
		});
		const downloaded = await e2e.n8n.binaryData(item!.binary!.data!.id!);
		expect(downloaded.equals(content)).toBe(true);
	});

	test('without a second channel are refused with the reason, and leave no file', async () => {
		const { sid } = e2e.simulator.record();
		const options = { channels: 'dual' };
		const execution = await e2e.run(
			e2e.twilio({ resource: 'recording', operation: 'download', recordingSid: byId(sid), options }),
		);
		expect(errorOf(execution)?.description).toContain('The recording is mono');
		expect(itemsOf(execution, 'download')).toEqual([]);
	});

	test('have transcriptions', async () => {
		const { sid: recordingSid } = e2e.simulator.record();
		const { sid } = e2e.simulator.transcribe({ recordingSid, text: 'Call me back.' });
		const filters = { recordingSid: byId(recordingSid) };
		const execution = await e2e.run(e2e.twilio({ resource: 'transcription', operation: 'getAll', filters }));
		expect(errorOf(execution)).toBeUndefined();
		expect(jsonOf(execution, 'getAll')).toEqual([
			expect.objectContaining({ sid, recording_sid: recordingSid, transcription_text: 'Call me back.' }),
		]);
	});
});

describe('A dropdown', () => {
	test.each([
		['call', 'make', 'from', 'searchCallerIds', 'Front desk', '+14155550188'],
		['phoneNumber', 'get', 'phoneNumberSid', 'searchPhoneNumbers', 'Hotline', expect.stringMatching(/^PN/)],
		['verification', 'send', 'verifyServiceSid', 'searchVerifyServices', 'Login', expect.stringMatching(/^VA/)],
	])('of %s %s offers what the account has: %s', async (resource, operation, parameter, method, filter, value) => {
		const page = await e2e.n8n.dropdown({
			nodeType: twilioType,
			method,
			parameter,
			parameters: { resource, operation },
			credentials: e2e.credentials(),
			filter,
		});
		expect(page.results).toEqual([expect.objectContaining({ name: expect.stringContaining(filter), value })]);
	});

	test('of calls has the newest', async () => {
		const { sid } = e2e.simulator.call({ from: recipient, to: caller });
		const page = await e2e.n8n.dropdown({
			nodeType: twilioType,
			method: 'searchCalls',
			parameter: 'callSid',
			parameters: { resource: 'call', operation: 'get' },
			credentials: e2e.credentials(),
		});
		expect(page.results).toEqual([expect.objectContaining({ value: sid })]);
	});
});
