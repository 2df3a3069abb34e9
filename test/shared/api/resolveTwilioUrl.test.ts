import fc from 'fast-check';

import type { TwilioCredentials } from '../../../nodes/shared/api/credentials';
import { resolveTwilioUrl } from '../../../nodes/shared/api/hosts';
import { parseUrl } from '../../../nodes/shared/api/parseUrl';
import { products } from '../../../nodes/shared/api/products';
import { tokenCredentials } from './sampleCredentials';

const { accountSid } = tokenCredentials;
const us1: TwilioCredentials = { ...tokenCredentials, region: 'us1' };
const ie1: TwilioCredentials = { ...tokenCredentials, region: 'ie1' };
const custom = (baseUrl: string): TwilioCredentials => ({ ...tokenCredentials, region: 'custom', baseUrl });

/** Where a request would go, normalized, or why it goes nowhere. */
function verdict(input: string, credentials = us1): string {
	try {
		return new URL(resolveTwilioUrl(credentials, input)).href;
	} catch (error) {
		return `refused: ${(error as Error).message}`;
	}
}

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
		[us1, 'https://voice.twilio.com/v3/Transcriptions', 'https://voice.twilio.com/v3/Transcriptions'],
		[us1, 'https://flex-api.twilio.com:443/v1/x', 'https://flex-api.twilio.com/v1/x'],
		[us1, 'https://memory.twilio.com/v1/Stores', 'https://memory.twilio.com/v1/Stores'],
		[custom('https://{product}.gateway.example'), 'https://new.gateway.example/x', 'https://new.gateway.example/x'],
		[custom('https://{product}.umatilla.us1.twilio.com'), 'https://sync.umatilla.us1.twilio.com/x', undefined],
		[custom('https://gateway.example/{product}/{product}'), 'https://gateway.example/a/a/x', undefined],
	])("goes to the credential's hosts: %#", (credentials, input, expected = input) => {
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
		['a host with dots at its end', 'https://api.twilio.com../x'],
		['a letter of another alphabet', 'https://аpi.twilio.com/x'],
		['the same in punycode', 'https://xn--pi-6kc.twilio.com/x'],
		['wide letters in an unknown name', 'https://ｓｔａｔｕｓ.twilio.com/x'],
		['a product that is only the beginning of a name', 'https://apiary.twilio.com/x'],
		['a product that is only the end of a name', 'https://evil-api.twilio.com/x'],
		['an underscore', 'https://api_.twilio.com/x'],
	])('is refused with %s', (_, input) => {
		expect(() => resolveTwilioUrl(us1, input)).toThrow(/'URL'/);
	});

	// Other companies run some of these sites; none of them takes API requests.
	describe.each(['status', 'www', 'support', 'investors', 'console', 'help', 'static0', 'tls-test', 'constructor'])(
		'the site %s.twilio.com',
		(site) => {
			it.each([
				[us1, `https://${site}.twilio.com/api/v2/status.json`],
				[us1, `HTTPS://${site.toUpperCase()}.TWILIO.COM/x`],
				[ie1, `https://${site}.dublin.ie1.twilio.com/x`],
				[custom('https://{product}.twilio.com'), `https://${site}.twilio.com/x`],
				[custom('https://{product}.twilio.com.'), `https://${site}.twilio.com./x`],
			])('is refused: %#', (credentials, input) => {
				expect(() => resolveTwilioUrl(credentials, input)).toThrow(/'URL' does not lead to a Twilio host/);
			});
		},
	);

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
				'status.twilio.com',
				'twilio.com',
				'api',
				'www',
				'ａpi',
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
					expect(verdict(input)).toMatch(
						new RegExp(`^refused: 'URL' |^https://(${products.join('|')})\\.twilio\\.com/`),
					);
				},
			),
			{ numRuns: 5000 },
		);
	});

	it('leads to a name below twilio.com only where it is a product', () => {
		const label = fc.oneof(
			fc.constantFrom(...products),
			fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
			fc.constantFrom(...products).chain((product) => fc.constantFrom(`${product}s`, `x${product}`, `${product}-1`)),
		);
		fc.assert(
			fc.property(label, (name) => {
				const url = `https://${name}.twilio.com/x`;
				const isProduct = products.some((product) => product === name);
				expect(verdict(url).replace(/^refused: 'URL' .*/, 'refused')).toBe(isProduct ? url : 'refused');
			}),
		);
	});

	// What such a URL is, each told apart by its parts and not by a pattern of the whole.
	it.each<[string, (url: URL) => boolean]>([
		['https://{product}.gw.example', ({ host }) => /^[a-z0-9-]+\.gw\.example$/.test(host)],
		['https://gw.example:8443', ({ host }) => host === 'gw.example:8443'],
		[
			'https://gw.example/a/{product}/',
			({ host, pathname }) => host === 'gw.example' && pathname.split('/')[1] === 'a',
		],
		[
			'https://gw.example/{product}/b',
			({ host, pathname }) => host === 'gw.example' && pathname.split('/')[2] === 'b' && pathname.split('/').length > 3,
		],
	])('stays below the base URL %s, whatever it is', (baseUrl, isBelow) => {
		const parts = [
			'https://',
			'//',
			'/',
			'\\',
			'@',
			':',
			'.',
			'?',
			'#',
			'gw.example',
			':8443',
			'a',
			'b',
			'api',
			'..',
			'x.gw.example',
		];
		const anything = fc.array(fc.constantFrom(...parts), { maxLength: 8 }).map((chosen) => chosen.join(''));
		const alike = anything.map((rest) => baseUrl.replaceAll('{product}', 'api') + rest);
		let sent = 0;
		fc.assert(
			fc.property(fc.oneof(anything, alike), (input) => {
				const url = parseUrl(verdict(input, custom(baseUrl)).replace(/^refused: /, ' no URL: '));
				if (url) sent++;
				const isOurs =
					url === undefined || (isBelow(url) && url.protocol === 'https:' && `${url.username}${url.password}` === '');
				expect([input, isOurs]).toEqual([input, true]);
			}),
			{ numRuns: 2000 },
		);
		expect(sent).toBeGreaterThan(100);
	});
});
