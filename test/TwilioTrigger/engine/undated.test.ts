import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { Row } from '../../../nodes/TwilioTrigger/engine/list';
import { loadSession, type Patch } from './patchedSource';

/**
 * A list without dates, such as the account's numbers, over random histories: each row that comes after the first reading
 * starts the workflow exactly once, as long as it stays until then.
 */

type Step =
	| { do: 'add' }
	| { do: 'remove'; index: number }
	/** `failAt`: the request of that number fails. `refuseAt`: Twilio refuses it. `pages`: how many there is time for. */
	| { do: 'poll'; failAt?: number; refuseAt?: number; pages?: number }
	/** For some polls Twilio leaves most of the known rows out, or all rows. */
	| { do: 'outage'; polls: number; seconds: number; isWhole: boolean }
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

async function live(
	runSession: ReturnType<typeof loadSession>,
	{ before, failsFirstAt, steps, pageSize, limit }: History,
) {
	let count = 0;
	const rows = new Map<string, Row>();
	const add = () => rows.set(`PN${String(++count).padStart(4, '0')}`, { sid: `PN${String(count).padStart(4, '0')}` });
	for (let row = 0; row < before; row++) add();
	const old = new Set(rows.keys());
	let saved: IDataObject = {};
	let memory: IDataObject = {};
	let isRead = false;
	const emitted: string[] = [];
	let hidden: ReadonlySet<string> = new Set();
	let now = 0;

	interface Going {
		failAt?: number;
		refuseAt?: number;
		pages?: number;
	}

	const poll = async ({ failAt = Infinity, refuseAt = Infinity, pages = Infinity }: Going = {}) => {
		let requests = 0;
		let reachedEnd = false;
		try {
			const polled = await runSession(
				{ url, isUndated: true, timeOf: ({ sid }) => Number(String(sid).slice(2)) },
				{
					activation: memory,
					stored: [memory.cursor],
					stream: 'numbers',
					startsAnew: false,
					limit,
					leaseTime: 1000,
					clock: () => now * 1000,
					mayContinue: () => requests < pages,
					onProblem: () => {},
					onNotice: () => {},
					async fetchPage(query) {
						requests++;
						if (requests === failAt) throw new Error('Twilio is down');
						// Twilio's pages go on behind the last row of the page before, whatever happens to the list meanwhile.
						const after = new URLSearchParams(query).get('after') ?? '';
						if (requests === refuseAt) return { refusal: new Error('Twilio refuses') };
						const rest = [...rows.values()].filter(({ sid }) => String(sid) > after && !hidden.has(String(sid)));
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
			if (!/^Twilio (is down|refuses)$/.test((error as Error).message)) throw error;
			return false;
		}
	};

	/** n8n loads the workflow, polls at once, and saves; it tries again until that works. */
	const activate = async (going: Going = {}) => {
		memory = structuredClone(saved);
		if (!(await poll(going))) await poll();
		saved = structuredClone(memory);
	};

	await activate({ failAt: failsFirstAt });
	for (const step of steps) {
		if (step.do === 'add') add();
		else if (step.do === 'remove') rows.delete([...rows.keys()][step.index % Math.max(1, rows.size)] ?? '');
		else if (step.do === 'restart') await activate();
		else if (step.do === 'outage') {
			const known = [...rows.keys()].filter((sid) => old.has(sid) || emitted.includes(sid));
			// More than half of all there is, for the others may get known meanwhile.
			const most = Math.floor(rows.size / 2) + 1;
			const missing = step.isWhole || known.length < most ? [...rows.keys()] : known.slice(0, most);
			// Whether one number is gone or left out, nobody can tell.
			if (isRead && known.length >= 2) hidden = new Set(missing);
			for (let count = 0; count < step.polls; count++) {
				await poll();
				now += step.seconds;
			}
			hidden = new Set();
			// Another one right after it would be the same one.
			await poll();
		} else await poll(step);
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
				refuseAt: fc.integer({ min: 1, max: 4 }),
				pages: fc.integer({ min: 1, max: 3 }),
			},
			{ requiredKeys: ['do'] },
		),
	},
	{ weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('outage' as const),
			polls: fc.integer({ min: 1, max: 3 }),
			seconds: fc.constantFrom(60, 600, 86_400),
			isWhole: fc.boolean(),
		}),
	},
);

const histories: fc.Arbitrary<History> = fc.record({
	before: fc.nat(6),
	failsFirstAt: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
	steps: fc.array(step, { maxLength: 20 }),
	pageSize: fc.constantFrom(1, 2, 5),
	limit: fc.constantFrom(1, 2, 50),
});

const perfect = { lost: [], repeated: [], old: [] };

const property = (patch?: Patch) => {
	const runSession = loadSession(patch);
	return fc.asyncProperty(histories, async (history) => {
		expect(await live(runSession, history)).toEqual(perfect);
	});
};

it('loses nothing and repeats nothing', async () => {
	const seed = Number(process.env.POLL_SEED ?? Date.now() % 1_000_000_000);
	console.log(`seed ${seed} (POLL_SEED)`);
	await fc.assert(property(), { seed, numRuns: Number(process.env.POLL_RUNS ?? 3000) });
}, 600_000);

const inPoll = (replace: string, by: string): Patch => ({ file: 'undated.ts', replace, by });

it.each(
	Object.entries({
		'a list that lost most of its rows is believed': inPoll('if (lost === 0 ||', 'if (lost >= 0 ||'),
		'the next poll is enough to believe it': inPoll('const isConfirmed =', 'const isConfirmed = true ||'),
		'a part of the list is taken for the whole': inPoll('const isWhole = isLast && resumed', 'const isWhole = resumed'),
		'what is beyond the limit is dropped': inPoll('for (const { sid } of later) after.delete(sid);', ''),
		'the first reading is new': inPoll('const isFirst = !cursor?.isComplete;', 'const isFirst = false;'),
	}),
)('the property notices: %s', async (_, patch) => {
	const result = await fc.check(property(patch), { seed: 1, numRuns: 3000, endOnFailure: true });
	expect(result.errorInstance).toMatchObject({ matcherResult: { pass: false, expected: perfect } });
});
