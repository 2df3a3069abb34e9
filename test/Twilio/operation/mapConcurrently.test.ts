import fc from 'fast-check';
import { mapConcurrently } from '../../../nodes/Twilio/operation/mapConcurrently';

interface Job {
	key: string | undefined;
	fails: boolean;
}

const jobs = fc.array(
	fc.record<Job>({
		key: fc.constantFrom(undefined, 'a', 'b', 'c'),
		fails: fc.boolean().map((value) => value),
	}),
	{ maxLength: 30 },
);
/** Failures are rare in this one, so that runs get far. */
const mostlyGoodJobs = fc.array(
	fc.record<Job>({
		key: fc.constantFrom(undefined, 'a', 'b', 'c'),
		fails: fc.nat({ max: 9 }).map((value) => value === 0),
	}),
	{ maxLength: 30 },
);
const limits = fc.integer({ min: 1, max: 8 });

type Event = { type: 'start' | 'end'; index: number; failed?: boolean };

/** Runs the jobs; fast-check's scheduler decides which of those in flight settles next. */
async function runJobs(scheduler: fc.Scheduler, list: Job[], limit: number, stopOnFailure: boolean) {
	const events: Event[] = [];
	const running = mapConcurrently(
		list,
		async ({ fails }, index) => {
			events.push({ type: 'start', index });
			await scheduler.schedule(Promise.resolve(), `job ${index}`);
			events.push({ type: 'end', index, failed: fails });
			if (fails) throw new Error(`job ${index}`);
			return index * 10;
		},
		{ limit, keyOf: ({ key }) => key, stopOnFailure },
	);
	const results = await scheduler.waitFor(running);
	return { events, results };
}

describe('mapConcurrently', () => {
	it('never has more in flight than the limit, and uses the limit while there is work without a key', async () => {
		await fc.assert(
			fc.asyncProperty(fc.scheduler(), jobs, limits, fc.boolean(), async (scheduler, list, limit, stopOnFailure) => {
				const { events } = await runJobs(scheduler, list, limit, stopOnFailure);
				let inFlight = 0;
				let most = 0;
				for (const { type } of events) most = Math.max(most, (inFlight += type === 'start' ? 1 : -1));
				expect(most).toBeLessThanOrEqual(limit);
				const chains = new Set(list.map(({ key }, index) => key ?? index)).size;
				expect(most).toBe(Math.min(limit, chains));
				expect(inFlight).toBe(0);
			}),
		);
	});

	it('runs what has the same key strictly in order, one after the other', async () => {
		await fc.assert(
			fc.asyncProperty(fc.scheduler(), jobs, limits, fc.boolean(), async (scheduler, list, limit, stopOnFailure) => {
				const { events } = await runJobs(scheduler, list, limit, stopOnFailure);
				for (const key of ['a', 'b', 'c']) {
					const ofKey = events.filter(({ index }) => list[index]?.key === key);
					const started = ofKey.filter(({ type }) => type === 'start').map(({ index }) => index);
					expect(ofKey.map(({ type, index }) => `${type} ${index}`)).toEqual(
						started.flatMap((index) => [`start ${index}`, `end ${index}`]),
					);
					expect(started).toEqual([...started].sort((a, b) => a - b));
				}
			}),
		);
	});

	it('runs everything and gives each result at the place of its item, failures among them', async () => {
		await fc.assert(
			fc.asyncProperty(fc.scheduler(), jobs, limits, async (scheduler, list, limit) => {
				const { results } = await runJobs(scheduler, list, limit, false);
				expect(results).toEqual(
					list.map(({ fails }, index) =>
						fails
							? { status: 'rejected', reason: new Error(`job ${index}`) }
							: { status: 'fulfilled', value: index * 10 },
					),
				);
			}),
		);
	});

	it('starts nothing after a failure when it is to stop, and waits for what is in flight', async () => {
		await fc.assert(
			fc.asyncProperty(fc.scheduler(), mostlyGoodJobs, limits, async (scheduler, list, limit) => {
				const { events, results } = await runJobs(scheduler, list, limit, true);
				const firstFailure = events.findIndex(({ failed }) => failed);
				const afterwards = firstFailure < 0 ? [] : events.slice(firstFailure + 1);
				expect(afterwards.filter(({ type }) => type === 'start')).toEqual([]);

				const started = events.filter(({ type }) => type === 'start').map(({ index }) => index);
				const ended = events.filter(({ type }) => type === 'end').map(({ index }) => index);
				expect([...ended].sort()).toEqual([...started].sort());
				expect(results.map(({ status }) => status)).toEqual(
					list.map(({ fails }, index) => (!started.includes(index) ? 'skipped' : fails ? 'rejected' : 'fulfilled')),
				);
				expect(started.length === list.length || firstFailure >= 0).toBe(true);
			}),
		);
	});

	it('does not reject when the function throws at once instead of giving a promise', async () => {
		const results = await mapConcurrently(
			[1, 2],
			(item) => {
				if (item === 1) throw new Error('at once');
				return Promise.resolve(item);
			},
			{ limit: 1, stopOnFailure: false },
		);
		expect(results).toEqual([
			{ status: 'rejected', reason: new Error('at once') },
			{ status: 'fulfilled', value: 2 },
		]);
	});

	it('prefers the item that comes first among those that may start', async () => {
		const order: number[] = [];
		const run = async (_: string, index: number) => void order.push(index);
		await mapConcurrently(['a', 'a', 'b'], run, { limit: 1, stopOnFailure: true, keyOf: (item) => item });
		expect(order).toEqual([0, 1, 2]);
	});

	it('gives nothing for no items', async () => {
		expect(await mapConcurrently([], async () => 1, { limit: 3, stopOnFailure: true })).toEqual([]);
	});
});
