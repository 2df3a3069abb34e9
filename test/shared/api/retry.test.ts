import fc from 'fast-check';
import type { Exchange } from '../../../nodes/shared/api/exchange';
import { mayRepeat, retryAfter, withRetries, type Access, type Clock } from '../../../nodes/shared/api/retry';

const answer = (status: number, headers: Record<string, string> = {}): Exchange => ({
	answered: true,
	status,
	headers,
	body: {},
});
const lost: Exchange = { answered: false, code: 'ECONNRESET', sent: true };
const accesses: Access[] = ['read', 'delete', 'write'];

/** A clock on which time passes only while somebody sleeps. */
class FakeClock implements Clock {
	time = Date.parse('2026-11-23T12:00:00Z');

	slept: number[] = [];

	constructor(
		private readonly chance = 0.5,
		private readonly onSleep = () => {},
	) {}

	now = () => this.time;

	random = () => this.chance;

	sleep = async (milliseconds: number) => {
		this.slept.push(milliseconds);
		this.time += milliseconds;
		this.onSleep();
	};
}

/** Sends and gets the given results, the last one again and again. */
async function retried(access: Access, results: Exchange[], clock = new FakeClock(), signal?: AbortSignal) {
	const tries: number[] = [];
	const result = await withRetries(
		access,
		async () => {
			tries.push(tries.length + 1);
			return results[Math.min(tries.length, results.length) - 1] as Exchange;
		},
		{ clock, signal },
	);
	return { result, tries, slept: clock.slept };
}

describe('withRetries', () => {
	it.each([60202, 60203])('does not repeat what Verify refuses for good with 429 and code %s', async (code) => {
		const refused = { ...answer(429), body: { code } };
		expect((await retried('write', [refused])).tries).toEqual([1]);
	});

	it.each(accesses)('repeats after 429, which says that Twilio did not act: %s', async (access) => {
		const { result, tries } = await retried(access, [answer(429), answer(429), answer(200)]);
		expect(result).toMatchObject({ status: 200 });
		expect(tries).toEqual([1, 2, 3]);
	});

	it.each([
		['read', lost, 2],
		['delete', lost, 2],
		['write', lost, 1],
		['read', answer(500), 2],
		['delete', answer(503), 2],
		['write', answer(500), 1],
		['write', answer(503), 1],
	] as const)('%s: repeats a lost or failed answer only where that is safe (%j)', async (access, first, count) => {
		const { result, tries } = await retried(access, [first, answer(200)]);
		expect(tries).toHaveLength(count);
		expect(result).toEqual(count === 2 ? answer(200) : first);
	});

	it('never repeats another answer', () => {
		const statuses = fc.integer({ min: 100, max: 499 }).filter((status) => status !== 429);
		fc.assert(
			fc.property(fc.constantFrom(...accesses), statuses, (access, status) => {
				expect(mayRepeat(access, answer(status))).toBe(false);
			}),
		);
	});

	it('gives up after five tries with the last answer', async () => {
		const { result, tries } = await retried('write', [answer(429)]);
		expect(tries).toEqual([1, 2, 3, 4, 5]);
		expect(result).toEqual(answer(429));
	});

	it('waits half a second, doubled each time, with jitter between half of it and all of it', async () => {
		expect((await retried('read', [lost], new FakeClock(0))).slept).toEqual([250, 500, 1000, 2000]);
		expect((await retried('read', [lost], new FakeClock(0.5))).slept).toEqual([375, 750, 1500, 3000]);
		await fc.assert(
			fc.asyncProperty(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), async (chance) => {
				const { slept } = await retried('read', [lost], new FakeClock(chance));
				expect(slept).toHaveLength(4);
				slept.forEach((delay, index) => {
					const whole = 500 * 2 ** index;
					expect(delay).toBeGreaterThanOrEqual(whole / 2);
					expect(delay).toBeLessThanOrEqual(whole);
				});
			}),
		);
	});

	it.each([
		['seconds', { 'retry-after': '7' }, 7000],
		['no seconds', { 'retry-after': '0' }, 0],
		['a date', { 'retry-after': 'Mon, 23 Nov 2026 12:00:09 GMT' }, 9000],
		['a date that has passed', { 'retry-after': 'Mon, 23 Nov 2026 11:00:00 GMT' }, 0],
	])('waits as long as Retry-After says: %s', async (_, headers, delay) => {
		for (const status of [429, 503]) {
			expect((await retried('read', [answer(status, headers), answer(200)])).slept).toEqual([delay]);
		}
	});

	it('waits as usual when Retry-After makes no sense', async () => {
		expect((await retried('read', [answer(429, { 'retry-after': 'soon' }), answer(200)])).slept).toEqual([375]);
	});

	it('does not wait for a time that is too far away', async () => {
		const { result, slept } = await retried('read', [answer(429, { 'retry-after': '31' })]);
		expect(slept).toEqual([]);
		expect(result).toMatchObject({ status: 429 });
	});

	it('starts no try later than 30 seconds after the first, and at most five', async () => {
		const delays = fc.array(fc.option(fc.nat({ max: 40 }), { nil: undefined }), { minLength: 1, maxLength: 8 });
		await fc.assert(
			fc.asyncProperty(delays, fc.constantFrom(...accesses), async (seconds, access) => {
				const clock = new FakeClock();
				const start = clock.now();
				const results = seconds.map((each) => answer(429, each === undefined ? {} : { 'retry-after': String(each) }));
				const { tries, slept } = await retried(access, results, clock);
				expect(tries.length).toBeLessThanOrEqual(5);
				expect(slept).toHaveLength(tries.length - 1);
				expect(clock.now() - start).toBeLessThanOrEqual(30_000);
			}),
		);
	});

	it('counts the time that the requests themselves take', async () => {
		const clock = new FakeClock();
		let tries = 0;
		await withRetries(
			'read',
			async () => {
				tries++;
				clock.time += 29_800;
				return lost;
			},
			{ clock },
		);
		expect(tries).toBe(1);
	});

	it('sends nothing more once the execution is cancelled, also while it waits', async () => {
		const cancelled = new AbortController();
		cancelled.abort();
		expect((await retried('read', [lost], new FakeClock(), cancelled.signal)).tries).toEqual([1]);

		const later = new AbortController();
		const clock = new FakeClock(0.5, () => later.abort());
		expect((await retried('read', [lost], clock, later.signal)).tries).toEqual([1]);
	});
});

describe('retryAfter', () => {
	it('has nothing to say without an answer', () => {
		expect(retryAfter(lost, 0)).toBeUndefined();
		expect(retryAfter(answer(429), 0)).toBeUndefined();
	});
});
