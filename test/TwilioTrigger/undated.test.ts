import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { pollOnce } from '../../nodes/TwilioTrigger/pollOnce';
import type { Row } from '../../nodes/TwilioTrigger/pollSource';

/**
 * A list without dates, such as the account's numbers, over random histories: each row that comes after the first reading
 * starts the workflow exactly once, as long as it stays until then.
 */

type Step =
	| { do: 'add' }
	| { do: 'remove'; index: number }
	/** `failAt`: the request of that number fails. `pages`: how many there is time for. */
	| { do: 'poll'; failAt?: number; pages?: number }
	/** n8n starts again with what it had saved. */
	| { do: 'restart' };

interface History {
	before: number;
	/** Which request of the very first poll fails. */
	failsFirstAt?: number;
	steps: Step[];
	pageSize: number;
	limit: number;
}

const url = 'https://api.twilio.com/2010-04-01/Accounts/AC1/IncomingPhoneNumbers.json';

async function live({ before, failsFirstAt, steps, pageSize, limit }: History) {
	let count = 0;
	const rows = new Map<string, Row>();
	const add = () => rows.set(`PN${String(++count).padStart(4, '0')}`, { sid: `PN${String(count).padStart(4, '0')}` });
	for (let row = 0; row < before; row++) add();
	const old = new Set(rows.keys());
	let saved: IDataObject = {};
	let memory: IDataObject = {};
	let isRead = false;
	const emitted: string[] = [];

	const poll = async ({ failAt = Infinity, pages = Infinity }: { failAt?: number; pages?: number } = {}) => {
		let requests = 0;
		let reachedEnd = false;
		try {
			const polled = await pollOnce(
				{ url, isUndated: true, timeOf: ({ sid }) => Number(String(sid).slice(2)) },
				{
					activation: memory,
					stored: [memory.cursor],
					stream: 'numbers',
					startsAnew: false,
					limit,
					leaseTime: 1000,
					clock: () => 0,
					mayContinue: () => requests < pages,
					onProblem: () => {},
					onNotice: () => {},
					async fetchPage(query) {
						requests++;
						if (requests === failAt) throw new Error('Twilio is down');
						// Twilio's pages go on behind the last row of the page before, whatever happens to the list meanwhile.
						const after = new URLSearchParams(query).get('after') ?? '';
						const rest = [...rows.values()].filter(({ sid }) => String(sid) > after);
						const page = rest.slice(0, pageSize);
						reachedEnd = rest.length <= pageSize;
						return { rows: page, ...(!reachedEnd && { next: `after=${String(page.at(-1)?.sid)}` }) };
					},
				},
			);
			if (!isRead && reachedEnd) {
				isRead = true;
				for (const sid of rows.keys()) old.add(sid);
			}
			const found = polled?.rows ?? [];
			if (polled) memory.cursor = polled.cursor as IDataObject;
			polled?.release();
			emitted.push(...found.map(({ sid }) => String(sid)));
			if (found.length > 0) saved = structuredClone(memory);
			return true;
		} catch (error) {
			if ((error as Error).message !== 'Twilio is down') throw error;
			return false;
		}
	};

	/** n8n loads the workflow, polls at once, and saves; it tries again until that works. */
	const activate = async (failAt?: number) => {
		memory = structuredClone(saved);
		if (!(await poll({ failAt }))) await poll();
		saved = structuredClone(memory);
	};

	await activate(failsFirstAt);
	for (const step of steps) {
		if (step.do === 'add') add();
		else if (step.do === 'remove') rows.delete([...rows.keys()][step.index % Math.max(1, rows.size)] ?? '');
		else if (step.do === 'restart') await activate();
		else await poll(step);
	}
	// In the end everything that is there must have come.
	for (let more = 0; more < 5 + rows.size; more++) await poll();
	return {
		lost: [...rows.keys()].filter((sid) => !old.has(sid) && !emitted.includes(sid)),
		repeated: emitted.filter((sid, index) => emitted.indexOf(sid) !== index),
		old: emitted.filter((sid) => old.has(sid)),
	};
}

const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 4, arbitrary: fc.constant({ do: 'add' as const }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), index: fc.nat(20) }) },
	{
		weight: 6,
		arbitrary: fc.record(
			{
				do: fc.constant('poll' as const),
				failAt: fc.integer({ min: 1, max: 4 }),
				pages: fc.integer({ min: 1, max: 3 }),
			},
			{ requiredKeys: ['do'] },
		),
	},
	{ weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
);

const histories: fc.Arbitrary<History> = fc.record({
	before: fc.nat(6),
	failsFirstAt: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
	steps: fc.array(step, { maxLength: 20 }),
	pageSize: fc.constantFrom(1, 2, 5),
	limit: fc.constantFrom(1, 2, 50),
});

it('loses nothing and repeats nothing', async () => {
	const seed = Number(process.env.POLL_SEED ?? Date.now() % 1_000_000_000);
	console.log(`seed ${seed} (POLL_SEED)`);
	await fc.assert(
		fc.asyncProperty(histories, async (history) => {
			expect(await live(history)).toEqual({ lost: [], repeated: [], old: [] });
		}),
		{ seed, numRuns: 3000 },
	);
});
