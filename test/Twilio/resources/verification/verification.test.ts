import type { INodeParameters } from 'n8n-workflow';

import { sampleSid } from '../../../shared/api/sampleCredentials';
import { useSimulatedTwilio } from '../../simulatedTwilio';

const twilio = useSimulatedTwilio();

const to = '+14155550111';
const service = () => twilio.simulator.state.verifyServices[0]?.sid ?? '';

const send = async (more: INodeParameters = {}) =>
	await twilio.run('verification.send', { verifyServiceSid: service(), to, ...more });

const check = async (code: string, more: INodeParameters = {}) =>
	await twilio.run('verification.check', { verifyServiceSid: service(), to, code, ...more });

/** The code that was sent last. */
const sentCode = () => [...twilio.simulator.state.verificationSecrets.values()].at(-1)?.code ?? '';
const wrongCode = () => (sentCode() === '000000' ? '111111' : '000000');

describe('send', () => {
	it('sends a code by SMS unless told otherwise, to a number however it is written', async () => {
		const { json, error } = await send({ to: '+1 (415) 555-0111' });
		expect(error).toBeUndefined();
		expect(twilio.forms()).toEqual([{ To: to, Channel: 'sms' }]);
		expect(json).toMatchObject([{ to, channel: 'sms', status: 'pending', valid: false, service_sid: service() }]);
		expect(JSON.stringify(json)).not.toContain(sentCode());
	});

	it.each(['call', 'whatsapp', 'email', 'auto'])('sends it by %s', async (channel) => {
		const recipient = channel === 'email' ? 'anna@example.com' : to;
		const { json } = await send({ to: recipient, channel });
		expect(twilio.forms()).toEqual([{ To: recipient, Channel: channel }]);
		expect(json).toMatchObject([{ to: recipient, status: 'pending' }]);
	});

	it('sends language and name along', async () => {
		await send({ options: { locale: 'de', customFriendlyName: 'Shop' } });
		expect(twilio.forms()).toEqual([{ To: to, Channel: 'sms', Locale: 'de', CustomFriendlyName: 'Shop' }]);
	});

	it("fails with Twilio's words for a recipient that does not fit the channel", async () => {
		const { error } = await send({ to: 'anna@example.com' });
		expect(error).toMatchObject({ context: { data: { code: 60200 } } });
	});
});

describe('check', () => {
	it('approves the right code', async () => {
		await send();
		const { json, error } = await check(` ${sentCode()} `, { to: '+1 (415) 555-0111' });
		expect(error).toBeUndefined();
		expect(twilio.forms().at(-1)).toEqual({ To: to, Code: sentCode() });
		expect(json).toMatchObject([{ to, valid: true, status: 'approved' }]);
	});

	it('gives an item for a wrong one, and the right one counts still', async () => {
		await send();
		const { json, error } = await check(wrongCode());
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ to, valid: false, status: 'pending' }]);
		expect((await check(sentCode())).json).toMatchObject([{ valid: true }]);
	});

	it('fails at the sixth try, once, and says what to do', async () => {
		await send();
		for (let tries = 0; tries < 5; tries++) expect((await check(wrongCode())).error).toBeUndefined();
		const before = twilio.simulator.requests.length;
		const { error } = await check(sentCode());
		expect(error).toMatchObject({ httpCode: '429', context: { data: { code: 60202 } } });
		expect(error?.description).toContain('The code was entered wrongly too often.');
		expect(twilio.simulator.requests).toHaveLength(before + 1);
	});

	it.each([
		['has expired', async () => void expire()],
		['was used already', async () => void (await check(sentCode()))],
	])('says what a 404 means here: a code that %s', async (_, arrange) => {
		await send();
		await arrange();
		const { error } = await check(sentCode());
		expect(error).toMatchObject({ httpCode: '404', context: { data: { code: 20404 } } });
		expect(error?.description).toContain('expired (after 10 minutes), was used already, or was never sent');
	});
});

/** Lets the ten minutes of every code pass. */
function expire(): void {
	for (const row of twilio.simulator.state.verifications) {
		row.date_created = new Date(Date.now() - 11 * 60_000).toISOString();
	}
}

it.each(['send', 'check'])('%s checks the SID of the service before any request', async (operation) => {
	const { error } = await twilio.run(
		`verification.${operation}`,
		{ verifyServiceSid: '={{ $json.sid }}', to, code: '123456' },
		{ items: [{ sid: service() }, { sid: sampleSid('MG') }] },
	);
	expect(error).toMatchObject({
		message: "'Verify Service' must be a SID: VA followed by 32 characters 0-9 and a-f",
		context: { itemIndex: 1 },
	});
	expect(twilio.simulator.requests).toEqual([]);
});
