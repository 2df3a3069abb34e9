import { SharedReads } from '../../../nodes/shared/webhook/sharedReads';

/** Reads a value that changes, and comes back when the test says so. */
class Source {
	value = 'old';
	readonly pending: Array<(error?: Error) => void> = [];
	reads = 0;

	readonly read = async () => {
		this.reads++;
		const { value } = this;
		await new Promise<void>((resolve, reject) => this.pending.push((error) => (error ? reject(error) : resolve())));
		return value;
	};

	/** Lets the read that has been under way the longest come back, and the next one begin. */
	async comeBack(error?: Error): Promise<void> {
		this.pending.shift()?.(error);
		await new Promise(setImmediate);
	}
}

let source: Source;
let reads: SharedReads<string>;
let now = 0;

beforeEach(() => {
	source = new Source();
	now = 0;
	reads = new SharedReads(() => now);
});

const get = async (key = 'a', wanted?: string) => await reads.get(key, source.read, (value) => value === wanted);

it('reads at once, and again for who comes later', async () => {
	const first = get();
	await source.comeBack();
	expect(await first).toBe('old');
	const second = get();
	await source.comeBack();
	expect(await second).toBe('old');
	expect(source.reads).toBe(2);
});

it('reads once more for all who come meanwhile, and gives them what is there now', async () => {
	const first = get();
	source.value = 'new';
	const others = Array.from({ length: 50 }, async () => await get());
	expect(source.reads).toBe(1);
	await source.comeBack();
	expect(source.reads).toBe(2);
	source.value = 'newest';
	const late = get();
	await source.comeBack();
	await source.comeBack();
	expect([await first, new Set(await Promise.all(others)), await late]).toEqual(['old', new Set(['new']), 'newest']);
	expect(source.reads).toBe(3);
});

it('gives what was on its way already to who can do with it', async () => {
	const first = get();
	source.value = 'new';
	const others = [get('a', 'old'), get('a', 'new'), get('a', 'old')];
	await source.comeBack();
	expect(source.reads).toBe(2);
	await source.comeBack();
	expect(await Promise.all([first, ...others])).toEqual(['old', 'old', 'new', 'old']);
	const more = [get('a', 'new'), get('a', 'new')];
	await source.comeBack();
	expect(await Promise.all(more)).toEqual(['new', 'new']);
	expect(source.reads).toBe(3);
});

it('tells a failure to those for whom it was read, and reads again for the others', async () => {
	const results = Promise.allSettled([get(), get(), get()]);
	await source.comeBack(new Error('locked'));
	await source.comeBack();
	const [failed, ...others] = await results;
	expect(failed).toMatchObject({ status: 'rejected', reason: new Error('locked') });
	expect(others).toMatchObject([{ value: 'old' }, { value: 'old' }]);
});

it('keeps keys apart', async () => {
	const both = Promise.all([get('a'), get('b')]);
	expect(source.reads).toBe(2);
	await source.comeBack();
	await source.comeBack();
	expect(await both).toEqual(['old', 'old']);
});

it('waits two seconds for a read that never comes back', async () => {
	void get();
	now = 1999;
	const second = get();
	await new Promise(setImmediate);
	expect(source.reads).toBe(1);
	now = 2000;
	const third = get();
	await new Promise(setImmediate);
	expect(source.reads).toBe(2);
	source.pending.shift();
	await source.comeBack();
	expect(await Promise.all([second, third])).toEqual(['old', 'old']);
	void get();
	expect(source.reads).toBe(3);
});
