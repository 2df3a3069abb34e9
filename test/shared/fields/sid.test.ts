import fc from 'fast-check';
import {
	sidPattern,
	sidPrefixes,
	sidProblem,
	sidValidation,
	type SidParameter,
} from '../../../nodes/shared/fields/sid';

const digits = fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), minLength: 32, maxLength: 32 });

describe.each(Object.keys(sidPrefixes) as SidParameter[])('%s', (parameter) => {
	const prefixes = sidPrefixes[parameter];

	it('takes each of its prefixes with 32 hexadecimal digits', () => {
		fc.assert(
			fc.property(fc.constantFrom(...prefixes), digits, (prefix, rest) => {
				expect(sidProblem(parameter, prefix + rest)).toBeUndefined();
			}),
		);
	});

	it('takes nothing around or instead of it', () => {
		const anything = fc.string().filter((text) => !new RegExp(sidPattern(parameter)).test(text));
		fc.assert(
			fc.property(
				fc.constantFrom(...prefixes),
				digits,
				fc.string({ minLength: 1 }),
				anything,
				(prefix, rest, more, other) => {
					for (const wrong of [prefix + rest + more, more + prefix + rest, prefix.toLowerCase() + rest, rest, other]) {
						expect(sidProblem(parameter, wrong)).toMatch(/^must be a SID: /);
					}
				},
			),
		);
	});

	it('is checked alike in the editor', () => {
		const { regex, errorMessage } = sidValidation(parameter).properties;
		expect(regex).toBe(sidPattern(parameter));
		expect(errorMessage).toBe(`This ${sidProblem(parameter, '')}`);
	});
});

it('has nothing to say about parameters that hold no SID', () => {
	expect(sidProblem('body', 'anything')).toBeUndefined();
});
