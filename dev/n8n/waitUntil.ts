import { setTimeout as delay } from 'node:timers/promises';

/** How long and how often to look. */
export interface WaitOptions {
	/** What is waited for; completes "Gave up waiting for …". */
	readonly what: string;
	/** Milliseconds until it gives up. */
	readonly timeout: number;
	/** Milliseconds between two looks; 50 when left out. */
	readonly interval?: number;
}

/**
 * Looks again and again until `look` gives something other than `undefined` or `false`, and returns that.
 *
 * @throws Error when the time is over; what `look` throws itself is passed on at once
 */
export async function waitUntil<T>(
	look: () => Promise<T | undefined | false> | T | undefined | false,
	{ what, timeout, interval = 50 }: WaitOptions,
): Promise<T> {
	const giveUpAt = Date.now() + timeout;
	for (;;) {
		const found = await look();
		if (found !== undefined && found !== false) return found;
		if (Date.now() >= giveUpAt) throw new Error(`Gave up waiting for ${what} after ${timeout / 1000} s`);
		await delay(interval);
	}
}
