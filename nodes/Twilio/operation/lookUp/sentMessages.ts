import { setLatest } from '../../../shared/n8n/setLatest';

/** How many messages are remembered as the result of something: those of some minutes. */
const maxTaken = 50_000;

/**
 * What this process sends and has sent lately, so that a message is the result of one item only, whichever run or execution
 * it is of.
 */
export class SentMessages {
	private readonly taken = new Map<string, true>();

	/** How many of each kind have no answer yet. */
	private readonly underWay = new Map<string, number>();

	/** @param key the same for messages that nobody could tell apart */
	async during<T>(key: string, send: () => Promise<T>): Promise<T> {
		this.underWay.set(key, (this.underWay.get(key) ?? 0) + 1);
		try {
			return await send();
		} finally {
			const left = (this.underWay.get(key) ?? 0) - 1;
			if (left > 0) this.underWay.set(key, left);
			else this.underWay.delete(key);
		}
	}

	isUnderWay(key: string): boolean {
		return this.underWay.has(key);
	}

	/** A message is the result of something. */
	take(sid: unknown): void {
		if (typeof sid === 'string') setLatest(this.taken, sid, true, maxTaken);
	}

	isTaken(sid: unknown): boolean {
		return this.taken.has(String(sid));
	}
}
