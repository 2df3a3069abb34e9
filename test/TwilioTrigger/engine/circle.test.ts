import { readDated } from '../../../nodes/TwilioTrigger/engine/dated';
import { Seen } from '../../../nodes/TwilioTrigger/engine/cursor';
import type { DatedList, Row } from '../../../nodes/TwilioTrigger/engine/list';
import type { EngineOptions } from '../../../nodes/TwilioTrigger/engine/page';
import { readUndated } from '../../../nodes/TwilioTrigger/engine/undated';

/** Twilio's clock and this machine's, in seconds. */
const now = 1_800_000_000;

/** A list whose second page leads to its third, and that back to the second, under a page number that rises for ever. */
class Circle {
	requests = 0;
	readonly notices: string[] = [];
	readonly options: EngineOptions = {
		fetchPage: async (query) => {
			this.requests++;
			if (this.requests > 10) throw new Error('The list never ends');
			const parameters = new URLSearchParams(query);
			const place = parameters.get('PageToken') ?? 'first';
			const following = place === 'B' ? 'C' : 'B';
			const page = Number(parameters.get('Page') ?? 0) + 1;
			return {
				rows: [{ sid: place, time: now - 60 }],
				next: `PageSize=1000&Page=${page}&PageToken=${following}`,
				date: now,
			};
		},
		limit: 50,
		mayContinue: () => true,
		clock: () => now * 1000,
		onNotice: (notice) => this.notices.push(notice),
	};
}

const timeOf = (row: Row) => row.time as number;

it('ends a list with dates whose pages lead back, and says so', async () => {
	const circle = new Circle();
	const list: DatedList = { url: '', query: () => ({}), timeOf, judge: () => 'ready', overlap: 900 };
	const { emit } = await readDated(list, { floor: now - 600, seen: new Seen() }, circle.options);
	expect(emit.map(({ sid }) => sid)).toEqual(['B', 'C', 'first']);
	expect(circle.requests).toBe(3);
	expect(circle.notices).toEqual([expect.stringContaining('lead back')]);
});

it('ends a list without dates whose pages lead back, and says so', async () => {
	const circle = new Circle();
	const known = new Seen();
	known.add(0, 'first');
	const cursor = { known, isComplete: true };
	const { emit } = await readUndated({ url: '', timeOf, isUndated: true }, cursor, circle.options);
	expect(emit.map(({ sid }) => sid)).toEqual(['B', 'C']);
	expect(circle.requests).toBe(3);
	expect(circle.notices).toEqual([expect.stringContaining('lead back')]);
});
