import { callForm, type MakeParameters } from '../../../../nodes/Twilio/resources/call/make/form';

const form = (changes: Partial<MakeParameters>, anyHost = false) =>
	callForm(
		{
			from: '+14155550100',
			to: '+14155550123',
			instructions: 'url',
			url: 'https://example.com/voice.xml',
			twiml: undefined,
			applicationSid: undefined,
			sayText: undefined,
			sayVoice: undefined,
			sayLanguage: undefined,
			options: {},
			filters: {},
			...changes,
		},
		anyHost,
	);

const say = (sayText: string, more: Partial<MakeParameters> = {}) =>
	form({ instructions: 'say', url: undefined, sayText, ...more }).Twiml;

describe('text to speech', () => {
	it('escapes what would be markup', () => {
		expect(say('Tom & "Jerry" <b>\'s</b>')).toBe(
			'<Response><Say>Tom &amp; &quot;Jerry&quot; &lt;b&gt;&apos;s&lt;/b&gt;</Say></Response>',
		);
	});

	it('lets nobody add instructions of their own through voice or language', () => {
		expect(say('Hi', { sayVoice: 'x"/><Dial>+1900</Dial><Say x="', sayLanguage: 'en-US' })).toBe(
			'<Response><Say voice="x&quot;/&gt;&lt;Dial&gt;+1900&lt;/Dial&gt;&lt;Say x=&quot;" language="en-US">Hi</Say></Response>',
		);
	});

	it('leaves out control characters, which XML does not have, but not line ends', () => {
		expect(say('a\u0000b\u0007c\nd')).toBe('<Response><Say>abc\nd</Say></Response>');
	});

	it('refuses what becomes longer than 4000 characters', () => {
		const around = say('')?.toString().length ?? 0;
		expect(say('x'.repeat(4000 - around))).toHaveLength(4000);
		expect(() => say('x'.repeat(4001 - around))).toThrow("'Text' makes 4001 characters");
	});
});

describe('a call is refused before any request', () => {
	it.each([
		['other characters to press', { sendDigits: '12a' }, "'Send Digits'"],
		['more than 32 digits', { sendDigits: '1'.repeat(33) }, "'Send Digits'"],
		['digits with machine detection', { sendDigits: '1', machineDetection: 'Enable' }, 'cannot be used together'],
		['a SIP user for a number', { sipAuthUsername: 'anna' }, 'need a SIP address'],
		['a SIP password for a number', { sipAuthPassword: 'secret' }, 'need a SIP address'],
		['retries without a callback', { retryStatusCallback: true }, "needs a 'Status Callback URL'"],
	] as const)('with %s', (_, options, message) => {
		expect(() => form({ options })).toThrow(message);
	});

	it('with TwiML of more than 4000 characters', () => {
		expect(() => form({ instructions: 'twiml', twiml: 'x'.repeat(4001) })).toThrow("'TwiML' makes 4001");
	});

	it("with instructions on a host that Twilio cannot reach, unless the API is not Twilio's", () => {
		expect(() => form({ url: 'http://localhost/voice.xml' })).toThrow('which Twilio cannot reach');
		expect(form({ url: 'http://localhost/voice.xml' }, true).Url).toBe('http://localhost/voice.xml');
	});

	it('with options that an application makes Twilio ignore', () => {
		expect(() => form({ instructions: 'application', options: { statusCallback: 'https://example.com/' } })).toThrow(
			"'Status Callback URL' has no effect with an application",
		);
	});
});

it('takes SIP credentials for a SIP address, and 32 digits', () => {
	expect(
		form({ to: 'sip:anna@example.com', options: { sipAuthUsername: 'anna', sipAuthPassword: 'x' } }),
	).toMatchObject({
		To: 'sip:anna@example.com',
		SipAuthUsername: 'anna',
	});
	expect(form({ options: { sendDigits: 'wW'.repeat(16) } }).SendDigits).toHaveLength(32);
});

it('asks for retries of the callback in the URL', () => {
	const options = { statusCallback: 'https://example.com/status', retryStatusCallback: true };
	expect(form({ options }).StatusCallback).toBe('https://example.com/status#rc=3&rp=5xx,ct,rt');
});
