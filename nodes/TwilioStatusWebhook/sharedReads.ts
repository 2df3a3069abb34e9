/** Milliseconds after which nobody waits any longer for a read that has not come back: perhaps it never will. */
const patience = 2000;

interface Read {
	readonly startedAt: number;
	/** When it has come back, or has been given up. */
	readonly ended: Promise<void>;
	giveUp(): void;
}

/**
 * Reads something once for all who ask while it is being read. They get what is read next, after they asked: what is already
 * on its way may be what was there before.
 */
export class SharedReads<T> {
	private readonly underWay = new Map<string, Read>();
	private readonly next = new Map<string, Promise<T>>();

	/** @param now milliseconds; only tests replace it */
	constructor(private readonly now: () => number = () => Date.now()) {}

	/** @param key of what is read */
	async get(key: string, read: () => Promise<T>): Promise<T> {
		const underWay = this.underWay.get(key);
		if (!underWay) return await this.start(key, read);
		const next = this.next.get(key) ?? underWay.ended.then(async () => await this.startNext(key, read));
		this.next.set(key, next);
		if (this.now() - underWay.startedAt >= patience) underWay.giveUp();
		return await next;
	}

	private async startNext(key: string, read: () => Promise<T>): Promise<T> {
		this.next.delete(key);
		return await this.start(key, read);
	}

	private async start(key: string, read: () => Promise<T>): Promise<T> {
		let giveUp = () => {};
		const ended = new Promise<void>((resolve) => (giveUp = resolve));
		const underWay: Read = { startedAt: this.now(), ended, giveUp };
		this.underWay.set(key, underWay);
		try {
			return await read();
		} finally {
			if (this.underWay.get(key) === underWay) this.underWay.delete(key);
			giveUp();
		}
	}
}
