import { createHmac } from 'node:crypto';
import { parse, stringify } from 'node:querystring';

import fc from 'fast-check';
import {
	getExpectedBodyHash,
	getExpectedTwilioSignature,
	validateExpressRequest,
	validateRequest,
} from 'twilio/lib/webhooks/webhooks';

import { isSigned, parseForm, SignatureCheck, urlCandidates } from '../../../nodes/shared/webhook/signature';

type Parameters = Record<string, string | string[]>;

const token = '12345';
const empty = Buffer.alloc(0);

/** A form body that says this, as Twilio's servers would send it. */
function formOf(parameters: Parameters): Buffer {
	return Buffer.from(stringify(parameters));
}

/** The same body as Express would parse it. The SDK knows lists by the `Array` of its own realm, which jest replaces. */
function parsed(rawBody: Buffer): Parameters {
	const parameters = parse(rawBody.toString(), undefined, undefined, { maxKeys: 0 });
	return Object.fromEntries(
		Object.entries(parameters).map(([name, value = '']) => [name, Array.isArray(value) ? [...value] : value]),
	);
}

/** Twilio's SDK, given what an Express server of the user's would give it. */
function twilioSays(url: string, signature: string, rawBody: Buffer, authToken = token): boolean {
	const request = {
		originalUrl: '/',
		protocol: 'https',
		headers: {},
		header: () => signature,
		body: parsed(rawBody),
		rawBody,
	};
	try {
		return validateExpressRequest(request as never, authToken, { url });
	} catch {
		// It throws on what is no URL, and on a query that cannot be encoded.
		return false;
	}
}

describe("Twilio's published vectors", () => {
	const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
	const parameters: Parameters = {
		CallSid: 'CA1234567890ABCDE',
		Caller: '+14158675309',
		Digits: '1234',
		From: '+14158675309',
		To: '+18005551212',
	};
	const body = '{"property": "value", "boolean": true}';
	const hash = '0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620';
	const host = 'mycompany.com';

	it.each<[string, string, string, Buffer]>([
		['the plain URL', 'RSOYDt4T1cUTdK1PDd93/VVr8B8=', url, formOf(parameters)],
		[
			'a port that a proxy added',
			'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
			url.replace(host, `${host}:1234`),
			formOf(parameters),
		],
		['a port that was signed', 'kvajT1Ptam85bY51eRf/AJRuM3w=', url, formOf(parameters)],
		['http', '0ZXoZLH/DfblKGATFgpif+LLRf4=', url.replace('https', 'http'), formOf(parameters)],
		[
			'http with a port',
			'Zmvh+3yNM1Phv2jhDCwEM3q5ebU=',
			url.replace('https', 'http').replace(host, `${host}:1234`),
			formOf(parameters),
		],
		['user and password', 'CukzLTc1tT5dXEDIHm/tKBanW10=', url.replace(host, `user:pass@${host}`), formOf(parameters)],
		['a user', '2YRLlVAflCqxaNicjMpJcSTgzSs=', url.replace(host, `user@${host}`), formOf(parameters)],
		[
			'user and password and a signed port',
			'ZQFR1PTIZXF2MXB8ZnKCvnnA+rI=',
			url.replace(host, `user:pass@${host}`),
			formOf(parameters),
		],
		['special characters', 'TfZzewPq8wqrGlMfyAud8+/IvJ0=', `${url}&Body=It's+amazing`, formOf(parameters)],
		[
			'a repeated parameter',
			'83O6e2vORAoJHUNzJjDWN1jz+BA=',
			url,
			formOf({ 'MessagingBinding.Address': ['+1415xxxxxxx', '+1325xxxxxxx'] }),
		],
		[
			'a parameter with the same value twice',
			'IK+Dwps556ElfBT0I3Rgjkr1wJU=',
			url,
			formOf({ Sid: 'CA123', SidAccount: 'AC123', Digits: ['5678', '1234', '1234'] }),
		],
		['JSON', 'a9nBmqA0ju/hNViExpshrM61xv4=', `${url}&bodySHA256=${hash}`, Buffer.from(body)],
		[
			'JSON without another parameter',
			'y77kIzt2vzLz71DgmJGsen2scGs=',
			`https://mycompany.com/myapp.php?bodySHA256=${hash}`,
			Buffer.from(body),
		],
	])('%s', (_, signature, signedUrl, rawBody) => {
		expect(isSigned({ signature, url: signedUrl, rawBody }, [token])).toBe(true);
		expect(isSigned({ signature, url: signedUrl, rawBody }, ['54321'])).toBe(false);
		expect(isSigned({ signature, url: `${signedUrl}&x`, rawBody }, [token])).toBe(false);
		expect(
			isSigned({ signature, url: signedUrl, rawBody: Buffer.concat([rawBody, Buffer.from('&x=1')]) }, [token]),
		).toBe(false);
	});
});

describe('agreement with the SDK', () => {
	const word = fc.stringMatching(/^[a-z0-9-]{1,8}$/);
	const host = fc.oneof(
		word,
		fc.constantFrom('n8n.example.com', 'N8N.Example.COM', '[::1]', '127.0.0.1', 'bücher.example'),
	);
	const userInfo = fc.constantFrom('', '', '', 'user@', 'user:pass@', "o'neil:p@ss@", ':@');
	const port = fc.constantFrom('', '', '', ':443', ':80', ':1234', ':', ':0080');
	const scheme = fc.constantFrom('https://', 'http://', 'HTTPS://', 'hTTp://');
	const path = fc.constantFrom('', '/', '/webhook/id/webhook', '/a/../b', "/it's", '/ü/%7E', '/a b', '//x', '/a;b@c:1');
	/** Texts that encodings treat in different ways. */
	const awkward = fc.oneof(
		fc.constantFrom(
			'+',
			'%2B',
			"'",
			'%27',
			'%zz',
			'%',
			'%E4',
			'%C3%A9',
			'~',
			'!*()',
			'"<>',
			'=',
			' ',
			'%26',
			'#',
			'?',
			':@',
		),
		fc.string({ unit: 'grapheme', maxLength: 4 }).map(encodeURIComponent),
		fc.string({ unit: 'binary', maxLength: 4 }).filter((text) => !text.includes('&')),
		word,
	);
	const text = fc.array(awkward, { maxLength: 3 }).map((parts) => parts.join(''));
	const query = fc
		.array(
			fc.oneof(
				fc
					.tuple(fc.oneof(text, fc.constantFrom('a', '1', '0', '', '__proto__', 'bodySHA256')), text)
					.map((pair) => pair.join('=')),
				text,
				fc.constant(''),
			),
			{ maxLength: 4 },
		)
		.map((pairs) => pairs.join('&'));
	const url = fc
		.tuple(scheme, userInfo, host, port, path, fc.option(query, { nil: undefined }))
		.map(([s, u, h, p, rest, q]) => s + u + h + p + rest + (q === undefined ? '' : `?${q}`));

	const value = fc.oneof(
		fc.string({ unit: 'grapheme', maxLength: 12 }),
		fc.constantFrom('', ' ', 'a b', '+14155550100', '&=', '\u{1f600}', 'é', 'é', '<b>', '\n', '\u0000', '10', '9'),
	);
	const name = fc.oneof(
		fc.constantFrom(
			'MessageSid',
			'MessageStatus',
			'From',
			'a',
			'A',
			'B',
			'_',
			'1',
			'10',
			'2',
			'',
			'__proto__',
			'constructor',
		),
		fc.string({ unit: 'grapheme', maxLength: 6 }),
	);
	/** Pairs as they are on the wire, repeated names and values among them. */
	const form = fc
		.array(fc.tuple(name, value), { maxLength: 8 })
		.map((pairs) => [...pairs, ...pairs.filter((_, index) => index % 3 === 0)])
		.map((pairs) => Buffer.from(String(new URLSearchParams(pairs))));

	const tokens = fc.oneof(
		fc.constantFrom(token, 'ü-token', 'x'.repeat(80)),
		fc.string({ minLength: 1, maxLength: 40 }),
	);

	/** Signs like Twilio, for any of the strings that its SDK accepts and for some that it does not. */
	const sign = (signedUrl: string, rawBody: Buffer, authToken: string) =>
		getExpectedTwilioSignature(authToken, signedUrl, parsed(rawBody));

	let accepted = 0;
	let refused = 0;
	const compare = (signature: string, requested: string, rawBody: Buffer, authToken: string) => {
		const expected = twilioSays(requested, signature, rawBody, authToken);
		if (expected) accepted++;
		else refused++;
		expect(isSigned({ signature, url: requested, rawBody }, [authToken])).toBe(expected);
	};

	afterAll(() => {
		// Agreement on refusals only, or on acceptance only, would prove nothing.
		expect(accepted).toBeGreaterThan(5000);
		expect(refused).toBeGreaterThan(5000);
	});

	it('on requests whose URL was signed as it is, or in a form that only looks the same', () => {
		const variants: Array<(requested: string) => string> = [
			(requested) => requested,
			(requested) => requested.replace(/^(\w+:\/\/[^/?#:]*)(:\d*)?/, '$1'),
			(requested) => requested.replace(/^(https:\/\/[^/?#:]*)(?=[/?]|$)/i, '$1:443'),
			(requested) => requested.replace(/^(http:\/\/[^/?#:]*)(?=[/?]|$)/i, '$1:80'),
			(requested) => requested.replace(/^(https?:\/\/[^/?#:]*)(?=[/?]|$)/i, '$1:8443'),
			(requested) => urlCandidates(requested).at(2) ?? requested,
			(requested) => urlCandidates(requested).at(-1) ?? '',
			(requested) => urlCandidates(requested).at(-2) ?? '',
			(requested) => requested.replace(/'/g, '%27'),
			(requested) => requested.toLowerCase(),
			(requested) => `${requested}#rc=3`,
			(requested) => requested.replace('?', '??'),
		];
		fc.assert(
			fc.property(url, form, tokens, fc.constantFrom(...variants), (requested, rawBody, authToken, variant) => {
				compare(sign(variant(requested), rawBody, authToken), requested, rawBody, authToken);
			}),
			{ numRuns: 8000 },
		);
	});

	it('on requests that were tampered with', () => {
		fc.assert(
			fc.property(url, form, form, url, tokens, fc.nat(5), (requested, rawBody, other, otherUrl, authToken, what) => {
				const signature = sign(requested, rawBody, authToken);
				if (what === 0) compare(signature, requested, other, authToken);
				if (what === 1) compare(signature, otherUrl, rawBody, authToken);
				if (what === 2) compare(signature, requested, rawBody, `${authToken}x`);
				if (what === 3) compare(signature.toLowerCase(), requested, rawBody, authToken);
				if (what === 4) compare(`${signature} `, requested, rawBody, authToken);
				if (what === 5) compare(signature.slice(0, -1), requested, rawBody, authToken);
			}),
			{ numRuns: 8000 },
		);
	});

	it('on bodies of which the URL has a hash', () => {
		const json = fc.json().map((body) => Buffer.from(body));
		fc.assert(
			fc.property(url, json, json, tokens, fc.nat(4), (start, rawBody, other, authToken, what) => {
				const hash = what === 1 ? getExpectedBodyHash(other.toString()) : getExpectedBodyHash(rawBody.toString());
				const name = what === 2 ? 'xbodySHA256' : 'bodySHA256';
				const requested = `${start}${start.includes('?') ? '&' : '?'}${name}=${what === 3 ? hash.toUpperCase() : hash}`;
				const signedBody = what === 4 ? rawBody : empty;
				compare(sign(requested, signedBody, authToken), requested, rawBody, authToken);
			}),
			{ numRuns: 4000 },
		);
	});

	it('on any header at all', () => {
		const header = fc.oneof(fc.string(), fc.base64String(), fc.constantFrom('', 'undefined', 'null', '='.repeat(28)));
		fc.assert(
			fc.property(header, url, form, (signature, requested, rawBody) => compare(signature, requested, rawBody, token)),
			{ numRuns: 2000 },
		);
	});

	it('on very long queries, of which the older encoding reads the first thousand parameters', () => {
		const long = `https://example.com/?${Array.from({ length: 1100 }, (_, index) => `${index % 7 ? `k${index}` : ''}`).join('&')}'`;
		const seen = urlCandidates(long).filter((candidate) =>
			validateRequest(token, sign(candidate, empty, token), long, {}),
		);
		expect(seen).toEqual(urlCandidates(long));
		expect(seen.length).toBe(6);
	});

	it('on bodies that look like the query of a URL', () => {
		for (const body of ['?a=1&b=2', '&a=1', '??', '#a=1', 'a', '=']) {
			const rawBody = Buffer.from(body);
			compare(sign('https://example.com/', rawBody, token), 'https://example.com/', rawBody, token);
		}
	});

	it('on what is no URL', () => {
		for (const requested of ['', 'example.com', '/webhook', 'https://', 'https://a b/']) {
			for (const signature of [sign(requested, empty, token), sign(`${requested}:443`, empty, token)]) {
				let expected = false;
				try {
					expected = validateRequest(token, signature, requested, {});
				} catch {
					// It throws unless one of the first strings was signed.
				}
				expect(isSigned({ signature, url: requested, rawBody: empty }, [token])).toBe(expected);
			}
		}
	});

	it('the other way round: the SDK accepts every string that ours takes for signed', () => {
		fc.assert(
			fc.property(url, form, (requested, rawBody) => {
				fc.pre(!requested.includes('bodySHA256'));
				for (const candidate of urlCandidates(requested)) {
					const parameters = [...parseForm(rawBody)];
					const sorted = [...new Set(parameters.map(([key]) => key))]
						.sort()
						.flatMap((key) =>
							[...new Set(parameters.filter(([other]) => other === key).map(([, each]) => each))]
								.sort()
								.map((each) => key + each),
						);
					const signature = createHmac('sha1', token)
						.update(candidate + sorted.join(''))
						.digest('base64');
					expect(twilioSays(requested, signature, rawBody)).toBe(true);
				}
			}),
			{ numRuns: 2000 },
		);
	});
});

it('a check of several URLs, in several steps, finds what each of them finds by itself', () => {
	const urls = [
		'https://a.example.com/x',
		'https://b.example.com:8443/x',
		"https://c.example.com/x?o='~",
		'http://d.example.com',
	];
	const authTokens = ['one', 'two', 'three', ''];
	const requested = fc.subarray(urls);
	const steps = fc.array(fc.subarray(authTokens), { maxLength: 3 });
	const seen = new Set<boolean>();
	fc.assert(
		fc.property(requested, steps, fc.constantFrom(...urls), fc.constantFrom('one', 'two'), (some, tries, url, by) => {
			const rawBody = formOf({ MessageSid: 'SM1', To: ['b', 'a'] });
			const signature = getExpectedTwilioSignature(by, url, parsed(rawBody));
			const check = new SignatureCheck(signature, some, rawBody);
			for (const tokens of tries) {
				const expected = some.some((each) => isSigned({ signature, url: each, rawBody }, tokens));
				seen.add(expected);
				expect(check.isSignedWith(tokens)).toBe(expected);
			}
		}),
		{ numRuns: 500 },
	);
	expect(seen.size).toBe(2);
});

describe('tokens', () => {
	const url = 'https://example.com/webhook';
	const rawBody = formOf({ MessageSid: 'SM1' });
	const signedWith = (authToken: string) => getExpectedTwilioSignature(authToken, url, { MessageSid: 'SM1' });

	it('are tried one after the other', () => {
		expect(isSigned({ signature: signedWith('second'), url, rawBody }, ['first', 'second'])).toBe(true);
		expect(isSigned({ signature: signedWith('third'), url, rawBody }, ['first', 'second'])).toBe(false);
	});

	it('that are empty sign nothing', () => {
		const signature = createHmac('sha1', '').update(`${url}MessageSidSM1`).digest('base64');
		expect(isSigned({ signature, url, rawBody }, [''])).toBe(false);
		expect(isSigned({ signature, url, rawBody }, [])).toBe(false);
	});
});
