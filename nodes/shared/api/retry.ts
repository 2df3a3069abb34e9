import type { IHttpRequestMethods } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { Exchange } from './exchange';

/**
 * What a request does at Twilio, and so what may be repeated: everything after 429, which says that Twilio did not act;
 * reads and deletes after a lost answer too; writes never, since Twilio has no idempotency keys on these APIs.
 *
 * @see https://www.twilio.com/docs/api/errors/20429
 */
export type Access = 'read' | 'delete' | 'write';

/** What a request with this method does. */
export function accessOf(method: IHttpRequestMethods): Access {
	if (method === 'GET') return 'read';
	return method === 'DELETE' ? 'delete' : 'write';
}

/** Time and chance, so that tests need neither. */
export interface Clock {
	/** Milliseconds. */
	now(): number;
	sleep(milliseconds: number): Promise<void>;
	/** From 0 up to, but not including, 1. */
	random(): number;
}

export const systemClock: Clock = { now: () => Date.now(), sleep, random: () => Math.random() };

const maxTries = 5;

/** Milliseconds from the first try, beyond which no further one starts. */
const maxElapsed = 30_000;

const firstDelay = 500;

/**
 * Verify answers 429 also when somebody has had all the tries there are for a code, and more of them change nothing.
 *
 * @see https://www.twilio.com/docs/api/errors/60202
 */
const noMoreTries = new Set<unknown>([60202, 60203]);

/** Whether what came back allows the same request once more. */
export function mayRepeat(access: Access, result: Exchange): boolean {
	if (result.answered && result.status === 429)
		return !noMoreTries.has((result.body as { code?: unknown } | null)?.code);
	return access !== 'write' && (!result.answered || result.status >= 500);
}

/** Milliseconds that the `Retry-After` header asks for (seconds or an HTTP date), if there is a valid one. */
export function retryAfter(result: Exchange, now: number): number | undefined {
	const header = result.answered ? result.headers['retry-after'] : undefined;
	if (!header) return undefined;
	const delay = /^\d+(\.\d+)?$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
	return Number.isNaN(delay) ? undefined : Math.max(0, delay);
}

/**
 * Sends until the answer is one to keep, at most 5 times within 30 seconds. Waits as long as `Retry-After` says, else
 * 0.5, 1, 2, 4 seconds with jitter.
 */
export async function withRetries(
	access: Access,
	send: () => Promise<Exchange>,
	{ clock = systemClock, signal }: { clock?: Clock; signal?: AbortSignal } = {},
): Promise<Exchange> {
	const start = clock.now();
	for (let tries = 1; ; tries++) {
		const result = await send();
		if (tries === maxTries || signal?.aborted || !mayRepeat(access, result)) return result;
		const delay = retryAfter(result, clock.now()) ?? firstDelay * 2 ** (tries - 1) * (0.5 + clock.random() / 2);
		if (clock.now() - start + delay > maxElapsed) return result;
		await clock.sleep(delay);
		if (signal?.aborted) return result;
	}
}
