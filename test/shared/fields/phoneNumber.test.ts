import fc from 'fast-check';
import { normalizePhoneNumber, phoneNumberKey } from '../../../nodes/shared/fields/phoneNumber';

describe('normalizePhoneNumber', () => {
	it.each([
		['+1 (415) 555-2671', '+14155552671'],
		['+49 30.123 45-67', '+49301234567'],
		['+44\u00a020 7946 0100', '+442079460100'],
		['12345', '12345'],
	])('takes the formatting out of %s', (written, expected) => {
		expect(normalizePhoneNumber(written)).toBe(expected);
	});

	it.each(['MyCompany', 'client:anna', 'sip:a.b-c@example.com', 'whatsapp:+1 415', '24-7 Help', ''])(
		'leaves %s as it is',
		(address) => {
			expect(normalizePhoneNumber(address)).toBe(address);
		},
	);

	it('keeps every digit in its place', () => {
		const separators = fc.constantFrom('', ' ', '-', '.', ' (', ') ');
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.nat({ max: 9 }), separators), { minLength: 1 }), (pieces) => {
				const digits = pieces.map(([digit]) => digit).join('');
				expect(normalizePhoneNumber(`+${pieces.flat().join('')}`)).toBe(`+${digits}`);
			}),
		);
	});
});

describe('phoneNumberKey', () => {
	it('is the same for the same recipient on every channel', () => {
		const keys = ['+14155552671', '+1 415-555-2671', 'whatsapp:+14155552671', 'RCS:+1 (415) 5552671'].map(
			phoneNumberKey,
		);
		expect(new Set(keys)).toEqual(new Set(['+14155552671']));
	});
});
