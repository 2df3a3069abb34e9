import { setLatest } from '../../../nodes/shared/n8n/setLatest';

it('keeps those that were set last, each with its latest value', () => {
	const map = new Map<string, number>();
	['a', 'b', 'c', 'a', 'd'].forEach((key, index) => setLatest(map, key, index, 3));
	expect([...map]).toEqual([
		['c', 2],
		['a', 3],
		['d', 4],
	]);
});
