/** The right of one poll to change the cursor; it ends when that is done, or when the poll takes too long. */
export interface Lease {
	/** False after a later poll took over from this one. */
	isHeld(): boolean;
	release: () => void;
}

const holders = new WeakMap<object, { until: number }>();

/**
 * n8n starts the next poll on schedule even while one is still under way, with the same cursor: both would emit the same
 * rows. So the second one gets no lease, unless the first one has been at it for so long that it must be stuck; if that one
 * comes back all the same, it does not hold its lease any more, and must leave everything to its successor.
 *
 * @param activation the same object for all polls that exclude each other
 * @param milliseconds after which the lease may be taken over, by the clock `now`
 */
export function takeLease(activation: object, milliseconds: number, now: () => number): Lease | undefined {
	const holder = holders.get(activation);
	if (holder && now() < holder.until) return undefined;
	const own = { until: now() + milliseconds };
	holders.set(activation, own);
	return {
		isHeld: () => holders.get(activation) === own,
		release: () => {
			if (holders.get(activation) === own) holders.delete(activation);
		},
	};
}
