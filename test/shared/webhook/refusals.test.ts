import { Refusals, shown } from '../../../nodes/shared/webhook/refusals';

it('has one line a minute for each node, which counts the ones in between', () => {
	let now = 0;
	const refusals = new Refusals(() => now);
	expect([1, 2, 3].map(() => refusals.count('1/a'))).toEqual([0, undefined, undefined]);
	expect(refusals.count('1/b')).toBe(0);
	now = 59_999;
	expect(refusals.count('1/a')).toBeUndefined();
	now = 60_000;
	expect(refusals.count('1/a')).toBe(3);
	now = 120_000;
	expect(refusals.count('1/a')).toBe(0);
});

it('remembers a thousand nodes', () => {
	const refusals = new Refusals(() => 0);
	for (let node = 0; node <= 1000; node++) refusals.count(String(node));
	expect(refusals.count('1000')).toBeUndefined();
	expect(refusals.count('0')).toBe(0);
});

it('shows texts of others in one line, printable and short', () => {
	expect(shown('a\r\n2026 ERROR "forged" \u001b[31mred\u001b[0m ü\u2028')).toBe(
		'"a??2026 ERROR \\"forged\\" ?[31mred?[0m ??"',
	);
	expect(shown('x'.repeat(10_000)).length).toBeLessThan(310);
});
