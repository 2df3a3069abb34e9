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
	/** In the order of the items. */
	const ready: number[] = [];
	const lastOfKey = new Map<string, number>();
	items.forEach((item, index) => {
		const key = keyOf?.(item, index);
		const before = key === undefined ? undefined : lastOfKey.get(key);
		if (key !== undefined) lastOfKey.set(key, index);
		if (before === undefined) ready.push(index);
		else followers.set(before, index);
	});

	let failed = false;
	const worker = async () => {
		while (ready.length > 0 && !(failed && stopOnFailure)) {
			const index = ready.shift() as number;
			try {
				results[index] = { status: 'fulfilled', value: await run(items[index] as T, index) };
			} catch (reason) {
				failed = true;
				results[index] = { status: 'rejected', reason };
			}
			const follower = followers.get(index);
			if (follower !== undefined) ready.splice(sortedIndex(ready, follower), 0, follower);
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
	return results;
}
