import fc from 'fast-check';

import { histories, live } from './history';
import { mutants } from './mutants';
import { loadSession, loadTakenRows } from './patchedSource';
import { epoch, type Happening, type Move } from './twilioList';

/**
 * The engine against a list that does everything Twilio's documentation allows, over random histories. A failure prints
 * fast-check's seed and path; give them to the property to see it again.
 */

const perfect = { lost: [], repeated: [], old: [], unordered: 0 };

const small = histories({ rows: 14, steps: 14, pages: [1, 2, 3, 7], limits: [1, 2, 5, 50] });

const property = (runSession: ReturnType<typeof loadSession>, of: typeof small, TakenRows = loadTakenRows()) =>
	fc.asyncProperty(of, async (history) => {
		const { lost, repeated, old, unordered } = await live(runSession, history, TakenRows);
		expect({ lost, repeated, old, unordered }).toEqual(perfect);
	});

const seed = Number(process.env.POLL_SEED ?? Date.now() % 1_000_000_000);

it('loses nothing and repeats nothing', async () => {
	console.log(`seed ${seed} (POLL_SEED)`);
	await fc.assert(property(loadSession(), small), { seed, numRuns: Number(process.env.POLL_RUNS ?? 2000) });
}, 600_000);

it('repeats nothing whose date moves after an earlier poll could not be stored', async () => {
	const at = epoch - 1800;
	const row = (index: number, time: number, visible: number, moves: Move[] = []): Happening => ({
		...{ sid: `SM${index}`, time, created: time, visible, final: visible, deleted: Infinity },
		...{ verdict: 'ready', moves, mayMove: moves.length > 0 },
	});
	const { repeated, lost } = await live(loadSession(), {
		kind: { overlap: 30, pageSize: 1, filter: 'none', order: 'any', paging: 'key' },
		happenings: [row(0, at + 1, at + 1, [{ at: at + 161, to: at + 161 }]), row(1, at, at + 30), row(2, at, at)],
		steps: [
			{ do: 'refuse', isSaved: false, seconds: 1, refused: [], isUnderWay: true, isReversed: false },
			{ do: 'overwrite', version: 0 },
		],
		...{ limit: 2, pace: 0, lag: 20, clocks: { skew: 0 }, deletes: false, failsFirst: false },
	});
	expect({ repeated, lost }).toEqual({ repeated: [], lost: [] });
});

it('does not believe a page whose last row has moved above others', async () => {
	const at = epoch - 1800;
	const row = (index: number, time: number, change: Partial<Happening> = {}): Happening => ({
		...{ sid: `SM${index}`, time, created: time, visible: time, final: time, deleted: Infinity },
		...{ verdict: 'ready', moves: [], mayMove: false, ...change },
	});
	const moves = [3, 46].map((seconds) => ({ at: at + seconds, to: at + seconds }));
	const { repeated, lost } = await live(loadSession(), {
		kind: { overlap: 30, pageSize: 2, filter: 'day', order: 'newest first', paging: 'key' },
		happenings: [
			...[row(0, at + 3), row(1, at + 300, { verdict: 'ignored' }), row(2, at + 2), row(3, at + 2), row(4, at + 2)],
			...[row(5, at, { visible: at + 30, final: at + 30, moves, mayMove: true }), row(6, at + 2)],
		],
		steps: [
			{ do: 'wait', seconds: 10 },
			{ do: 'refuse', isSaved: false, seconds: 1, refused: [], isUnderWay: true, isReversed: false },
			{ do: 'poll' },
			{ do: 'wait', seconds: 25 },
			{ do: 'poll', pages: 1 },
		],
		...{ limit: 2, pace: 1, lag: 0, clocks: { skew: 0 }, deletes: false, failsFirst: false },
	});
	expect({ repeated, lost }).toEqual({ repeated: [], lost: [] });
});

it('loses nothing that comes while the list is read for the first time, and a date is wrong', async () => {
	const at = epoch - 1800;
	const row = (index: number, seconds: number, change: Partial<Happening> = {}): Happening => ({
		...{ sid: `SM${index}`, time: at + seconds, created: at + seconds, visible: at + seconds, final: at + seconds },
		...{ deleted: Infinity, verdict: 'ready', moves: [], mayMove: false, ...change },
	});
	const late = { created: at + 31, visible: at + 31, final: at + 31 };
	const ignored = { verdict: 'ignored' } as const;
	const { repeated, lost } = await live(loadSession(), {
		kind: { overlap: 30, pageSize: 2, filter: 'after', order: 'newest first', paging: 'offset' },
		happenings: [
			...[row(0, 1, late), row(1, 1), row(2, 1, ignored), row(3, 1, ignored), row(4, 0), row(5, 0), row(6, 1, late)],
		],
		steps: [],
		...{
			limit: 1,
			pace: 0,
			lag: 20,
			clocks: { skew: 0, wrong: { every: 1, by: -86_400 } },
			deletes: false,
			failsFirst: true,
		},
	});
	expect({ repeated, lost }).toEqual({ repeated: [], lost: [] });
});

it('loses nothing and repeats nothing with an index that is full with one page', async () => {
	const fullIndex = { file: 'scan.ts', replace: 'const maxWaiting = 100;', by: 'const maxWaiting = 1;' };
	await fc.assert(property(loadSession(fullIndex), small), { seed, numRuns: 1000 });
}, 600_000);

it('loses nothing and repeats nothing with more than 1,000 rows a day', async () => {
	const large = histories({ rows: 2600, minRows: 1200, steps: 10, pages: [100, 1000], limits: [50, 1000] });
	await fc.assert(property(loadSession(), large), { seed, numRuns: 8, endOnFailure: true });
}, 120_000);

describe.each(Object.entries(mutants))('the property notices: %s', (_, patch) => {
	it('fails', async () => {
		const result = await fc.check(property(loadSession(patch), small, loadTakenRows(patch)), {
			seed: 1,
			numRuns: 6000,
			endOnFailure: true,
		});
		expect(result.failed).toBe(true);
		// By what it found, not by an engine that does not run.
		expect(result.errorInstance).toMatchObject({ matcherResult: { pass: false, expected: perfect } });
	}, 120_000);
});
