import fc from 'fast-check';

import type { TwilioCredentials } from '../../../nodes/shared/api/credentials';
import { resolveTwilioUrl } from '../../../nodes/shared/api/hosts';
import { tokenCredentials } from './sampleCredentials';

const { accountSid } = tokenCredentials;
const us1: TwilioCredentials = { ...tokenCredentials, region: 'us1' };
const ie1: TwilioCredentials = { ...tokenCredentials, region: 'ie1' };
const custom = (baseUrl: string): TwilioCredentials => ({ ...tokenCredentials, region: 'custom', baseUrl });

describe('a path or URL that the user typed', () => {
	it.each([
		[
			us1,
			'2010-04-01/Accounts/{accountSid}/Messages.json',
			`https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages.json`,
		],
		[
			us1,
			' /2010-04-01/Accounts/{accountSid}/Calls.json?To=%2B1 ',
			`https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Calls.json?To=%2B1`,
		],
		[us1, 'https://messaging.twilio.com/v1/Services', 'https://messaging.twilio.com/v1/Services'],
		[us1, 'HTTPS://API.twilio.com/x.json#fragment', 'https://api.twilio.com/x.json'],
		[ie1, 'https://verify.dublin.ie1.twilio.com/v2/Services', 'https://verify.dublin.ie1.twilio.com/v2/Services'],
		[ie1, 'v1/Things', 'https://api.dublin.ie1.twilio.com/v1/Things'],
		[
			custom('http://localhost:4010/{product}'),
			'http://localhost:4010/monitor/v1/Alerts',
			'http://localhost:4010/monitor/v1/Alerts',
		],
		[custom('https://gateway.example/twilio/{product}/'), 'v1/x', 'https://gateway.example/twilio/api/v1/x'],
	])("goes to the credential's hosts: %#", (credentials, input, expected) => {
		expect(resolveTwilioUrl(credentials, input)).toBe(expected);
	});

	it.each([
		['a look-alike', 'https://api.twilio.com.evil.test/x'],
		['a look-alike with a dash', 'https://api-twilio.com/x'],
		['a prefix of the host name', 'https://evilapi.nottwilio.com/x'],
		['a user name', 'https://api.twilio.com@evil.test/x'],
		['a user name on the right host', 'https://user:secret@api.twilio.com/x'],
		['no scheme', '//evil.test/x'],
		['backslashes', 'https:\\\\evil.test\\x'],
		['a backslash as the end of the host', 'https://evil.test\\@api.twilio.com/x'],
		['encoded dots in the host', 'https://api%2etwilio%2ecom/x'],
		['encoded dot segments', '2010-04-01/%2e%2e/%2E%2E/x'],
		['dot segments', '2010-04-01/../../x'],
		['another port', 'https://api.twilio.com:8443/x'],
		['plain http', 'http://api.twilio.com/x'],
		['another scheme', 'ftp://api.twilio.com/x'],
		['a script', 'javascript:alert(1)'],
		['data', 'data:text/plain,x'],
		['more labels', 'https://a.b.twilio.com/x'],
		['the bare domain', 'https://twilio.com/x'],
		["another region's host", 'https://api.dublin.ie1.twilio.com/x'],
		['a line break', 'https://api.twilio.com/x\n.evil.test'],
		['a tab inside of the scheme', 'ht\ttps://evil.test/x'],
		['an IP address', 'https://127.0.0.1/x'],
		['a host with a dot at its end', 'https://api.twilio.com./x'],
	])('is refused with %s', (_, input) => {
		expect(() => resolveTwilioUrl(us1, input)).toThrow(/'URL'/);
	});

	it.each([
		['another port', 'http://localhost:4011/api/x'],
		['outside of the path', 'http://localhost:4010/'],
		['a path that only begins alike', 'http://localhost:4010/api.evil/x'],
	])('is refused with %s of a custom base URL', (_, input) => {
		expect(() => resolveTwilioUrl(custom('http://localhost:4010/{product}'), input)).toThrow(/'URL'/);
	});

	it('never leads to another host, whatever it is', () => {
		const nasty = fc.array(
			fc.constantFrom(
				'https:',
				'http:',
				'//',
				'/',
				'\\',
				'@',
				':',
				'.',
				'%2e',
				'?',
				'#',
				'api.twilio.com',
				'evil.test',
				'x',
				' ',
				'\t',
				'{accountSid}',
			),
			{ maxLength: 10 },
		);
		fc.assert(
			fc.property(
				fc.oneof(
					nasty.map((parts) => parts.join('')),
					fc.string(),
					fc.webUrl(),
				),
				(input) => {
					let resolved: string;
					try {
						resolved = resolveTwilioUrl(us1, input);
					} catch (error) {
						expect((error as Error).message).toMatch(/'URL'/);
						return;
					}
					const { protocol, host, username, password } = new URL(resolved);
					expect([protocol, username, password]).toEqual(['https:', '', '']);
					expect(host).toMatch(/^[a-z0-9-]+\.twilio\.com$/);
				},
			),
			{ numRuns: 5000 },
		);
	});
});
