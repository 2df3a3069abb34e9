import { checkCallbackUrl, withRetryOnFailure } from '../../../nodes/shared/fields/callbackUrl';

const check = (url: string, anyHost = false) => checkCallbackUrl('Status Callback URL', url, anyHost);
const base = 'https://example.com/';

describe('checkCallbackUrl', () => {
	it.each([base, 'http://example.com:8080/webhook/a_b?c=d_e', 'https://192.168.1.1/x', base.padEnd(4000, 'x')])(
		'takes a full web address: %#',
		(url) => {
			expect(() => check(url)).not.toThrow();
		},
	);

	it.each(['example.com/webhook', '/webhook', 'ftp://example.com', 'mailto:a@b.example', 'https://', 'http://a b'])(
		'refuses what is no full web address: %s',
		(url) => {
			expect(() => check(url, true)).toThrow("'Status Callback URL' must be a full URL");
		},
	);

	it('refuses underscores in the host, which Twilio does not take', () => {
		expect(() => check('https://my_n8n.example.com/', true)).toThrow('underscore');
	});

	it('refuses more than 4000 characters', () => {
		expect(() => check(base.padEnd(4001, 'x'), true)).toThrow('longer than 4000');
	});

	it.each([
		'http://localhost:5678/webhook/x',
		'https://LOCALHOST/',
		'http://n8n.localhost/',
		'http://127.0.0.1/',
		'http://127.1/',
		'http://0.0.0.0/',
		'http://[::1]:5678/',
	])('refuses this machine, which Twilio cannot reach, unless the API is not Twilio’s: %s', (url) => {
		expect(() => check(url)).toThrow('Twilio cannot reach');
		expect(() => check(url, true)).not.toThrow();
	});
});

describe('withRetryOnFailure', () => {
	it('appends the fragment once, and leaves one of the user alone', () => {
		const once = withRetryOnFailure(`${base}?a=b`);
		expect(once).toBe(`${base}?a=b#rc=3&rp=5xx,ct,rt`);
		expect(withRetryOnFailure(once)).toBe(once);
		expect(withRetryOnFailure(`${base}#rc=5`)).toBe(`${base}#rc=5`);
	});
});
