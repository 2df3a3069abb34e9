import type { INodeParameters } from 'n8n-workflow';

import type { CallRow } from '../../../../dev/simulator/resources/callRow';
import type { NewCall } from '../../../../dev/simulator/resources/calls';
import { sampleSid } from '../../../shared/api/sampleCredentials';
import { ownNumber, useSimulatedTwilio } from '../../simulatedTwilio';

const twilio = useSimulatedTwilio();

const recipient = '+14155550111';
const url = 'https://example.com/voice.xml';
/** n8n itself refuses what is left empty, but not what an expression makes empty. */
const nothing = '={{ $json.missing }}';

const make = async (parameters: INodeParameters = { url }) =>
	await twilio.run('call.make', { from: ownNumber, to: recipient, ...parameters });

/** A call that the account makes; it is in progress unless `status` says otherwise. */
const call = (status: NewCall['status'] = 'in-progress'): CallRow =>
	twilio.simulator.call({ from: ownNumber, to: recipient, direction: 'outbound-api', status });

describe('make', () => {
	it.each<[string, INodeParameters, Record<string, string>]>([
		['a URL, unless told otherwise', { url }, { Url: url }],
		['TwiML', { instructions: 'twiml', twiml: '<Response/>' }, { Twiml: '<Response/>' }],
		[
			'a text to speak',
			{ instructions: 'say', sayText: 'Tom & Jerry', sayVoice: 'Polly.Amy', sayLanguage: 'en-GB' },
			{ Twiml: '<Response><Say voice="Polly.Amy" language="en-GB">Tom &amp; Jerry</Say></Response>' },
		],
	])('calls with %s', async (_, parameters, instructions) => {
		const { json, error } = await make(parameters);
		expect(error).toBeUndefined();
		expect(twilio.forms()).toEqual([{ To: recipient, From: ownNumber, ...instructions }]);
		expect(json).toEqual([expect.objectContaining({ sid: twilio.simulator.state.calls[0]?.sid, status: 'queued' })]);
	});

	it('calls with an application', async () => {
		const applicationSid = twilio.simulator.state.applications[0]?.sid ?? '';
		expect((await make({ instructions: 'application', applicationSid })).json).toMatchObject([{ to: recipient }]);
		expect(twilio.forms()).toEqual([{ To: recipient, From: ownNumber, ApplicationSid: applicationSid }]);
	});

	it('takes a number as people write it, SIP addresses and clients', async () => {
		for (const to of ['+1 (415) 555-0111', 'sip:anna@example.com', 'client:anna']) {
			expect((await make({ url, to })).error).toBeUndefined();
		}
		expect(twilio.simulator.state.calls.map(({ to }) => to)).toEqual([
			recipient,
			'sip:anna@example.com',
			'client:anna',
		]);
	});

	it('records, detects machines and reports at every state that was chosen', async () => {
		const options = {
			record: true,
			recordingChannels: 'dual',
			recordingStatusCallbackEvents: ['in-progress', 'completed'],
			machineDetection: 'Enable',
			statusCallback: 'https://example.com/status',
			statusCallbackEvents: ['initiated', 'answered'],
			timeout: 600,
		};
		expect((await make({ url, options })).error).toBeUndefined();
		const { form } = twilio.simulator.requests[0] ?? { form: [] };
		expect(form.filter(([name]) => name.endsWith('Event'))).toEqual([
			['RecordingStatusCallbackEvent', 'in-progress'],
			['RecordingStatusCallbackEvent', 'completed'],
			['StatusCallbackEvent', 'initiated'],
			['StatusCallbackEvent', 'answered'],
		]);
		expect(Object.fromEntries(form)).toMatchObject({
			Record: 'true',
			RecordingChannels: 'dual',
			MachineDetection: 'Enable',
			StatusCallback: 'https://example.com/status',
			Timeout: '600',
		});
	});

	it.each<[string, INodeParameters, string]>([
		['no instructions', { url: nothing }, "'URL' is empty"],
		['no TwiML', { instructions: 'twiml', twiml: nothing }, "'TwiML' is empty"],
		['no text', { instructions: 'say', sayText: ' ' }, "'Text' is empty"],
		['no application', { instructions: 'application', applicationSid: nothing }, "'Application' is empty"],
		['a timeout over 600', { url, options: { timeout: 601 } }, "'Timeout' must be between 1 and 600"],
		['other characters to press', { url, options: { sendDigits: 'x' } }, "'Send Digits'"],
		['SIP credentials for a number', { url, options: { sipAuthUsername: 'anna' } }, 'need a SIP address'],
		[
			'instructions beside those of the form',
			{ url, options: { additionalParameters: { parameter: [{ name: 'Twiml', value: '<Response/>' }] } } },
			"repeats 'Twiml'",
		],
	])('is refused before any request with %s', async (_, parameters, message) => {
		const items = [{ ok: true }, { ok: false }];
		const { error } = await twilio.run('call.make', { from: ownNumber, to: recipient, ...parameters }, { items });
		expect(error?.message).toContain(message);
		expect(twilio.simulator.requests).toEqual([]);
	});

	it("fails with Twilio's words for a caller that is not the account's", async () => {
		const { error } = await make({ url, from: '+14155550999' });
		expect(error).toMatchObject({ httpCode: '400', context: { data: { code: 21210 } } });
	});
});

describe('update', () => {
	it.each<[string, INodeParameters, Record<string, string>]>([
		['a URL', { url }, { Url: url }],
		['TwiML', { instructions: 'twiml', twiml: '<Response/>' }, { Twiml: '<Response/>' }],
	])('redirects a live call to %s', async (_, parameters, form) => {
		const { sid } = call();
		const { json, error } = await twilio.run('call.update', { callSid: sid, ...parameters });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ sid, status: 'in-progress' }]);
		expect(twilio.forms()).toEqual([form]);
	});

	it('sends the options that were added, those that were left empty too: that clears them', async () => {
		const { sid } = call();
		const options = { statusCallback: '', fallbackUrl: 'https://example.com/fallback.xml', timeLimit: 60 };
		expect((await twilio.run('call.update', { callSid: sid, url, options })).error).toBeUndefined();
		expect(twilio.forms()).toEqual([
			{ Url: url, StatusCallback: '', FallbackUrl: 'https://example.com/fallback.xml', TimeLimit: '60' },
		]);
	});

	it("fails with Twilio's words for a call that has ended", async () => {
		const { error } = await twilio.run('call.update', { callSid: call('completed').sid, url });
		expect(error).toMatchObject({ context: { data: { code: 21220 } } });
		expect(error?.description).toContain('It has probably ended already');
	});

	it('refuses long TwiML, and to hang up by an additional parameter, before any request', async () => {
		const options = { additionalParameters: { parameter: [{ name: 'Status', value: 'completed' }] } };
		for (const [parameters, message] of [
			[{ instructions: 'twiml', twiml: 'x'.repeat(4001) }, "'TwiML' makes 4001 characters"],
			[{ url, options }, "repeats 'Status'"],
		] as const) {
			const { error } = await twilio.run('call.update', { callSid: call().sid, ...parameters });
			expect(error?.message).toContain(message);
		}
		expect(twilio.simulator.requests).toEqual([]);
	});
});

describe('hang up', () => {
	it.each([
		['queued', 'canceled'],
		['ringing', 'canceled'],
		['in-progress', 'completed'],
	] as const)('ends a call that is %s: %s', async (status, ending) => {
		const row = call(status);
		const { json, error } = await twilio.run('call.hangUp', { callSid: row.sid });
		expect(error).toBeUndefined();
		expect(twilio.forms()).toEqual([{ Status: ending }]);
		expect(json).toMatchObject([{ sid: row.sid, status: ending }]);
		expect(row.status).toBe(ending);
	});

	it.each(['completed', 'busy', 'failed', 'no-answer', 'canceled'] as const)(
		'says that there is nothing to hang up: %s',
		async (status) => {
			const { error } = await twilio.run('call.hangUp', { callSid: call(status).sid });
			expect(error?.message).toBe(`There is nothing to hang up: the call has ended already (${status})`);
			expect(twilio.forms()).toEqual([]);
		},
	);

	it('ends a call that was answered between the look and the cancelling', async () => {
		const row = call('ringing');
		afterLook(row, 'in-progress');
		const { json } = await twilio.run('call.hangUp', { callSid: row.sid });
		expect(twilio.forms()).toEqual([{ Status: 'canceled' }, { Status: 'completed' }]);
		expect(json).toMatchObject([{ sid: row.sid, status: 'completed' }]);
	});

	it('says that there is nothing to hang up also when it ended between the two', async () => {
		const row = call('ringing');
		afterLook(row, 'no-answer');
		const { error } = await twilio.run('call.hangUp', { callSid: row.sid });
		expect(error?.message).toBe('There is nothing to hang up: the call has just ended');
	});

	it("fails with Twilio's words when there is no such call", async () => {
		const { error } = await twilio.run('call.hangUp', { callSid: sampleSid('CA') });
		expect(error).toMatchObject({ httpCode: '404', context: { data: { code: 20404 } } });
		expect(twilio.forms()).toEqual([]);
	});
});

/** Changes the call once it has been looked at: when the first answer about it is sent. */
function afterLook(row: CallRow, status: CallRow['status']): void {
	const { calls } = twilio.simulator.state;
	const shown = { ...row };
	let looks = 0;
	calls[calls.indexOf(row)] = new Proxy(row, {
		get(target, name: keyof CallRow) {
			if (name !== 'status') return target[name];
			return looks++ === 0 ? shown.status : target.status;
		},
	});
	row.status = status;
}

describe('delete', () => {
	it('deletes an ended call', async () => {
		const { sid } = call('completed');
		expect((await twilio.run('call.delete', { callSid: sid })).json).toEqual([{ sid, deleted: true }]);
		expect(twilio.simulator.state.calls).toEqual([]);
	});

	it('of a live one is refused by Twilio', async () => {
		const { error } = await twilio.run('call.delete', { callSid: call().sid });
		expect(error).toMatchObject({ context: { data: { code: 20009 } } });
	});
});

describe.each(['get', 'update', 'hangUp', 'delete'])('%s', (operation) => {
	it('checks the SID of every item before the first request', async () => {
		const items = [{ sid: call().sid }, { sid: sampleSid('SM') }];
		const { error } = await twilio.run(`call.${operation}`, { callSid: '={{ $json.sid }}', url }, { items });
		expect(error).toMatchObject({
			message: expect.stringContaining("'Call' must be a SID"),
			context: { itemIndex: 1 },
		});
		expect(twilio.simulator.requests).toEqual([]);
	});
});
