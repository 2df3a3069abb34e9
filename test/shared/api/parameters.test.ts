import fc from 'fast-check';
import { encodeParameters, withQuery } from '../../../nodes/shared/api/parameters';

describe('encodeParameters', () => {
	it('loses nothing and changes nothing on the way to the server, whatever the characters', () => {
		const values = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 });
		fc.assert(
			fc.property(fc.dictionary(fc.string({ minLength: 1 }), values), (parameters) => {
				const decoded = [...new URLSearchParams(encodeParameters(parameters).toString())];
				expect(decoded).toEqual(Object.entries(parameters).flatMap(([name, all]) => all.map((each) => [name, each])));
			}),
		);
	});
});

describe('withQuery', () => {
	it.each([
		['https://x/a', {}, 'https://x/a'],
		['https://x/a', { To: '+1' }, 'https://x/a?To=%2B1'],
		['https://x/a?b=1', { 'DateSent<': 'x' }, 'https://x/a?b=1&DateSent%3C=x'],
	])('appends to %s', (url, query, expected) => {
		expect(withQuery(url, encodeParameters(query as Record<string, string>))).toBe(expected);
	});
});
