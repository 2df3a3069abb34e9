import { accountUrl, productUrl, resolveTwilioUrl } from '../../../nodes/shared/api/hosts';
import type { TwilioCredentials } from '../../../nodes/shared/api/credentials';
import { tokenCredentials } from './sampleCredentials';

const inRegion = (region: TwilioCredentials['region'], baseUrl?: string) => ({ ...tokenCredentials, region, baseUrl });

describe('productUrl', () => {
	it.each([
		['us1', 'https://api.twilio.com', 'https://messaging.twilio.com'],
		['ie1', 'https://api.dublin.ie1.twilio.com', 'https://messaging.dublin.ie1.twilio.com'],
		['au1', 'https://api.sydney.au1.twilio.com', 'https://messaging.sydney.au1.twilio.com'],
	] as const)('names the hosts of region %s, with the edge location', (region, api, messaging) => {
		expect(productUrl(inRegion(region), 'api')).toBe(api);
		expect(productUrl(inRegion(region), 'messaging')).toBe(messaging);
	});

	it.each([
		['http://localhost:4010/{product}', 'http://localhost:4010/verify'],
		['http://localhost:4010/{product}/', 'http://localhost:4010/verify'],
		['  https://{product}.twilio.example  ', 'https://verify.twilio.example'],
		['https://gateway.example/{product}/{product}//', 'https://gateway.example/verify/verify'],
		['https://gateway.example', 'https://gateway.example'],
		['http://[::1]:80/{product}', 'http://[::1]:80/verify'],
	])('fills in the template %s', (template, expected) => {
		expect(productUrl(inRegion('custom', template), 'verify')).toBe(expected);
	});

	it.each([undefined, '', '   ', '{product}.twilio.com', 'ftp://x/{product}', 'https://', 'https:///x', 'http://a b/'])(
		'refuses a base URL that is none: %s',
		(template) => {
			expect(() => productUrl(inRegion('custom', template), 'api')).toThrow(/'Base URL'/);
		},
	);

	it.each([
		'https://user:pa55word@gateway.example/{product}',
		'https://user:pa55word@{product}.gateway.example',
		'https://pa55word@gateway.example/{product}',
		'https://pa55word:@gateway.example/{product}',
		'https://:pa55word@gateway.example/{product}',
		'https://@gateway.example/{product}',
		'https://{product}:pa55word@gateway.example',
		'https://user:pa55\tword@gateway.example/{product}',
		'https://\\user:pa55word@gateway.example/{product}',
		' HTTP://user:p%4055word@127.0.0.1:4010/{product}/ ',
		'https://gateway.example/{product}?key=pa55word',
		'https://gateway.example?key=pa55word/{product}',
		'https://gateway.example/{product}#pa55word',
		'https://user:pa55word@gateway.example:99999/{product}',
		'https://user:pa55/word@gateway.example/{product}',
	])('refuses a base URL with something secret in it, and does not show it: %s', (template) => {
		const credentials = inRegion('custom', template);
		for (const url of [() => productUrl(credentials, 'api'), () => resolveTwilioUrl(credentials, 'v1/x')]) {
			expect(url).toThrow(/'Base URL'/);
			expect(url).toThrow(/^(?!.*(pa55|55word|user:|gateway))/s);
		}
	});

	it('accepts an @ in the path', () => {
		expect(productUrl(inRegion('custom', 'https://gateway.example/a@b/{product}'), 'api')).toBe(
			'https://gateway.example/a@b/api',
		);
	});

	it('does not look at a base URL that is left over from another choice', () => {
		expect(productUrl(inRegion('us1', 'https://evil.example'), 'api')).toBe('https://api.twilio.com');
	});
});

describe('accountUrl', () => {
	it('keeps what is in the Account SID inside its path segment', () => {
		const credentials = { ...tokenCredentials, accountSid: '../x?y#z' };
		expect(accountUrl(credentials, 'Calls.json')).toBe(
			'https://api.twilio.com/2010-04-01/Accounts/..%2Fx%3Fy%23z/Calls.json',
		);
	});
});
