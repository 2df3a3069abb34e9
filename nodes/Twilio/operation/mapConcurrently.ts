import sortedIndex from 'lodash/sortedIndex';

/** What became of one item: `skipped` means it was never started, because an earlier one had failed. */
export type Settled<R> =
	{ status: 'fulfilled'; value: R } | { status: 'rejected'; reason: unknown } | { status: 'skipped' };

export interface MapConcurrentlyOptions<T> {
	/** How many may be in flight at once, 1 or more. */
	limit: number;
	/** Items with the same key run one after the other, in their order; `undefined` is no key. */
	keyOf?: (item: T, index: number) => string | undefined;
	/** Whether a failure keeps items from starting. What is in flight settles in any case. */
	stopOnFailure: boolean;
}

/**
 * Runs `run` for every item, at most `limit` at a time, and never rejects: the result has one entry per item, in the
 * order of the items.
 */
export async function mapConcurrently<T, R>(
	items: readonly T[],
	run: (item: T, index: number) => Promise<R>,
	{ limit, keyOf, stopOnFailure }: MapConcurrentlyOptions<T>,
): Promise<Array<Settled<R>>> {
	const results: Array<Settled<R>> = items.map(() => ({ status: 'skipped' }));
	const followers = new Map<number, number>();
	const waiting = new Set<number>();
	const lastOfKey = new Map<string, number>();
	items.forEach((item, index) => {
		const key = keyOf?.(item, index);
		if (key === undefined) return;
		const before = lastOfKey.get(key);
		lastOfKey.set(key, index);
		if (before === undefined) return;
		followers.set(before, index);
		waiting.add(index);
	});

	/** The first item that was neither started nor passed over because it waits. */
	let next = 0;
	/** Items that were passed over and wait no longer, in their order: one for each run at most, so that they are few. */
	const passedOver: number[] = [];
	const take = (): number | undefined => {
		if (passedOver.length > 0) return passedOver.shift();
		while (waiting.has(next)) next++;
		return next < items.length ? next++ : undefined;
	};
	const endWaiting = (index: number | undefined) => {
		if (index === undefined) return;
		waiting.delete(index);
		if (index < next) passedOver.splice(sortedIndex(passedOver, index), 0, index);
	};

	let failed = false;
	const worker = async () => {
		while (!(failed && stopOnFailure)) {
			const index = take();
			if (index === undefined) return;
			try {
				results[index] = { status: 'fulfilled', value: await run(items[index] as T, index) };
			} catch (reason) {
				failed = true;
				results[index] = { status: 'rejected', reason };
			}
			endWaiting(followers.get(index));
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
	return results;
}
