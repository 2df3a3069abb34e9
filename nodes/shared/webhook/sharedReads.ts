/** Milliseconds after which nobody waits any longer for a read that has not come back: perhaps it never will. */
const patience = 2000;

interface Read<T> {
	/** Its place among all reads and requests. */
	readonly turn: number;
	readonly startedAt: number;
	readonly value: Promise<T>;
	/** What was read; undefined if that failed, or was given up. */
	readonly ended: Promise<T | undefined>;
	giveUp(): void;
}

/**
 * Reads something once for all who ask while it is being read. What is already on its way may be what was there before: who
 * cannot do with that gets what is read next, after they asked.
 */
export class SharedReads<T> {
	private readonly underWay = new Map<string, Read<T>>();

	private turn = 0;

	/** @param now milliseconds; only tests replace it */
	constructor(private readonly now: () => number = () => Date.now()) {}

	/**
	 * @param key of what is read
	 * @param suffices whether one can do with this, even if it is what was there a moment before
	 */
	async get(key: string, read: () => Promise<T>, suffices: (value: T) => boolean): Promise<T> {
		const asked = this.turn;
		const earlier = this.underWay.get(key);
		if (earlier) {
			if (this.now() - earlier.startedAt >= patience) earlier.giveUp();
			const value = await earlier.ended;
			if (value !== undefined && suffices(value)) return value;
		}
		const later = this.underWay.get(key);
		return await (later && later.turn > asked ? later : this.start(key, read)).value;
	}

	private start(key: string, read: () => Promise<T>): Read<T> {
		const value = read();
		let giveUp = () => {};
		const ended = new Promise<T | undefined>((resolve) => {
			const end = (result?: T) => {
				if (this.underWay.get(key) === started) this.underWay.delete(key);
				resolve(result);
			};
			giveUp = end;
			value.then(end, () => end());
		});
		const started: Read<T> = { turn: ++this.turn, startedAt: this.now(), value, ended, giveUp };
		this.underWay.set(key, started);
		return started;
	}
}
