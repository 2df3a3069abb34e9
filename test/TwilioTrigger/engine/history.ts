import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { runSession } from '../../../nodes/TwilioTrigger/engine/session';
import { revisionOf } from '../../../nodes/TwilioTrigger/engine/cursor';
import { TakenRows } from '../../../nodes/TwilioTrigger/engine/takenRows';
import { epoch, TwilioList, type Happening, type ListKind } from './twilioList';

/** What happens to the trigger. */
export type Step =
	| { do: 'wait'; seconds: number }
	/**
	 * `failAt`: the request of that number fails. `refuseAt`: Twilio refuses that of that number. `pages`: how many there is
	 * time for.
	 */
	| { do: 'poll'; failAt?: number; refuseAt?: number; pages?: number }
	/** A poll hangs at a request; others run meanwhile; then it comes back. */
	| { do: 'overlap'; hangAt: number; seconds: number; polls: number }
	/** n8n stops, perhaps for a while, and starts again with what it had saved; its first poll may fail. */
	| { do: 'restart'; seconds: number; failAt?: number }
	| { do: 'expire' }
	/**
	 * The workflow is published again: n8n reads what it had saved, then a poll of the version before ends, perhaps after
	 * n8n has ended that version.
	 */
	| { do: 'republish'; isDropped: boolean }
	/** Another trigger saves static data with a version of the workflow that was published before, and it is published again. */
	| { do: 'overwrite'; version: number }
	/** Another process of n8n takes over, which may have polled before. */
	| { do: 'takeover' }
	/**
	 * n8n takes rows and cannot store an execution for them, which it says after further polls, or while the last of these is
	 * under way. `isSaved`: whether it could save the static data. `refused`: whether it cannot store those of the others, too.
	 */
	| { do: 'refuse'; isSaved: boolean; seconds: number; refused: boolean[]; isUnderWay: boolean; isReversed: boolean }
	/** The filters change, and the workflow is published again. */
	| { do: 'change' };

/** A trigger's life. */
export interface History {
	kind: ListKind;
	happenings: Happening[];
	steps: Step[];
	limit: number;
	/** Seconds that pass at each request. */
	pace: number;
	/** Seconds from when Twilio reads the list until it dates its answer. */
	lag: number;
	clocks: Clocks;
	/** Whether the workflow deletes what started it. */
	deletes: boolean;
	/** Pages that there is time for in the end, when everything must come; absent: all. */
	pagesAtEnd?: number;
	/** Whether the workflow's first poll fails. */
	failsFirst: boolean;
}

/** At least one of the two is right. */
export interface Clocks {
	/** Seconds that this machine's clock is ahead of Twilio's. */
	skew: number;
	/** How the date of every so many-th answer is wrong. */
	wrong?: { every: number; by: number | 'missing' };
}

/** What is wrong with the end of a history. */
export interface Outcome {
	lost: string[];
	repeated: string[];
	/** Emitted though it was there before the workflow. */
	old: string[];
	/** Polls whose rows were not in the order of their dates. */
	unordered: number;
	emitted: number;
	requests: number;
}

type RunSession = typeof runSession;

/** What a process of n8n has in its memory. */
interface Process {
	known?: unknown;
	taken: TakenRows;
}

const leaseTime = 420_000;

/** Lives through a history. */
export async function live(
	runSessionUnderTest: RunSession,
	history: History,
	TakenRowsUnderTest = TakenRows,
): Promise<Outcome> {
	const { kind, steps, limit, pace, lag, clocks, deletes } = history;
	// Rows that are deleted once they were emitted change; the history is lived through several times.
	const happenings = history.happenings.map((each) => ({ ...each }));
	const bySid = new Map(happenings.map((each) => [each.sid, each]));
	const list = new TwilioList(happenings, kind);
	list.now = epoch - 1800;
	let saved: IDataObject = {};
	let memory: IDataObject = structuredClone(saved);
	/** The static data of each version that was published. */
	const versions: IDataObject[] = [];
	let polls = 0;
	/** What each process of n8n knows of the rows that it took, whatever was saved; the first one polls. */
	const newProcess = (): Process => ({ taken: new TakenRowsUnderTest() });
	const processes: [Process, Process] = [newProcess(), newProcess()];
	/** Rows that n8n could not store, while the database has the cursor after them. */
	const atRisk = new Set<string>();
	/** Those of them that a restart has cost: n8n cannot help it, and neither can the trigger. */
	const excused = new Set<string>();
	const refusals: Array<() => void> = [];
	let stream = 0;
	/** When the current stream began: Twilio's second, and the very moment. */
	let baseline = Infinity;
	let begun = Infinity;
	/** When the first request was sent, which can be known to a second: what happens until its answer may be new or not. */
	let vague = Infinity;
	const emitted = new Map<string, number>();
	const repeated: string[] = [];
	const old: string[] = [];
	let unordered = 0;

	interface Going {
		failAt?: number;
		refuseAt?: number;
		pages?: number;
		hang?: { at: number; begin: () => void; release: Promise<void> };
		refusal?: { isSaved: boolean };
	}

	const save = (data: IDataObject) => {
		saved = JSON.parse(JSON.stringify(data)) as IDataObject;
		atRisk.clear();
	};

	/** A poll, and what n8n does with what comes of it. */
	const poll = async ({
		failAt = Infinity,
		refuseAt = Infinity,
		pages = Infinity,
		hang,
		refusal,
	}: Going = {}): Promise<boolean> => {
		const data = memory;
		const ownStream = stream;
		const [process] = processes;
		let requests = 0;
		let asked: number | undefined;
		let answered: number | undefined;
		// However little time passes here, no two polls begin in the same millisecond.
		polls++;
		try {
			const polled = await runSessionUnderTest(list.description, {
				activation: data,
				stored: [process.known, data.cursor],
				stream: `stream ${ownStream}`,
				startsAnew: false,
				limit,
				leaseTime,
				clock: () => (list.now + clocks.skew) * 1000 + polls,
				mayContinue: () => requests < pages,
				onProblem: () => {},
				onNotice: () => {},
				async fetchPage(query) {
					requests++;
					asked ??= list.now;
					list.now += pace;
					if (hang?.at === requests) {
						hang.begin();
						await hang.release;
					}
					if (requests === failAt) throw new Error('Twilio is down');
					if (requests === refuseAt) return { refusal: new Error('Twilio refuses') };
					answered ??= list.now;
					const page = list.page(query);
					list.now += lag;
					return 'refusal' in page ? page : { ...page, date: dateOf(clocks, list) };
				},
			});
			if (!polled) return true;
			const { rows } = polled;
			// The rows of a poll of an earlier activation are dropped.
			if (data !== memory && rows.length > 0) return true;
			const { cursor, taken } = process.taken.keep(polled, process.known);
			data.cursor = cursor as IDataObject;
			polled.release();
			process.known = cursor;
			if (baseline === Infinity && answered !== undefined) {
				baseline = Math.floor(answered);
				begun = answered;
				vague = asked ?? answered;
			}
			if (taken && refusal) {
				if (refusal.isSaved) save(data);
				refusals.push(() => {
					// However little time passes here: no other poll begins at that moment.
					polls++;
					const before = process.taken.isLost(taken, process.known);
					if (!before) return;
					if (revisionOf(saved.cursor) >= cursor.revision) for (const { sid } of rows) atRisk.add(String(sid));
					process.known = before;
					memory.cursor = before as IDataObject;
				});
				return true;
			}
			// Most executions end soon, some take long.
			if (taken && polls % 3 > 0) process.taken.isStored(taken);
			if (rows.length > limit) throw new Error('More rows than the limit');
			const times = rows.map((row) => row.time as number);
			if (times.some((time, index) => index > 0 && time < (times[index - 1] as number))) unordered++;
			for (const { sid } of rows) {
				const key = String(sid);
				if (emitted.has(key)) repeated.push(key);
				if (wasThere(bySid.get(key) as Happening)) old.push(key);
				if (deletes) (bySid.get(key) as Happening).deleted = list.now;
				emitted.set(key, (emitted.get(key) ?? 0) + 1);
			}
			if (rows.length > 0) save(data);
			return true;
		} catch (error) {
			if (!/^Twilio (is down|refuses)$/.test((error as Error).message)) throw error;
			return false;
		}
	};

	/** Whether a row was complete before the workflow began, and so is not new. */
	const wasThere = ({ time, visible, final, moves }: Happening) =>
		time < Math.floor(vague) - 1 &&
		visible <= begun &&
		final <= begun &&
		moves.length === 0 &&
		!isBeginningVague(history);

	/** n8n loads the workflow, polls at once, and saves; it tries again until that works, unless it has just started. */
	const activate = async (failAt?: number, read = saved, triesAgain = true): Promise<void> => {
		memory = JSON.parse(JSON.stringify(read)) as IDataObject;
		versions.push(memory);
		if (!(await poll({ failAt })) && triesAgain) {
			list.now += 1;
			memory = JSON.parse(JSON.stringify(read)) as IDataObject;
			await poll();
		}
		save(memory);
	};

	/** A poll that hangs at a request. */
	const startHanging = async (at: number) => {
		let release = () => {};
		const released = new Promise<void>((resolve) => (release = resolve));
		let begin = () => {};
		const begun = new Promise<void>((resolve) => (begin = resolve));
		const hung = poll({ hang: { at, begin, release: released } });
		// It may be at its end before; n8n takes rows at once then.
		await Promise.race([begun, hung]);
		return { hung, release };
	};

	const excuse = () => {
		for (const sid of atRisk) excused.add(sid);
		atRisk.clear();
	};
	const settleHung: Array<() => Promise<void>> = [];
	await activate(history.failsFirst ? 1 : undefined);
	for (const step of steps) {
		if (step.do === 'wait') list.now += step.seconds;
		else if (step.do === 'poll') await poll(step);
		else if (step.do === 'expire') list.tokensExpireBefore = list.now + 1;
		else if (step.do === 'restart') {
			list.now += step.seconds;
			processes[0] = newProcess();
			excuse();
			versions.length = 0;
			await activate(step.failAt, saved, false);
		} else if (step.do === 'overwrite') {
			const version = versions[step.version % versions.length] ?? {};
			saved = JSON.parse(JSON.stringify(version)) as IDataObject;
			await activate();
		} else if (step.do === 'takeover') {
			processes.reverse();
			excuse();
			await activate();
		} else if (step.do === 'republish') {
			const read = JSON.parse(JSON.stringify(saved)) as IDataObject;
			const last = poll();
			if (step.isDropped) memory = read;
			await last;
			await activate(undefined, read);
		} else if (step.do === 'change') {
			stream++;
			atRisk.clear();
			excused.clear();
			baseline = Infinity;
			emitted.clear();
			await activate();
		} else if (step.do === 'refuse') {
			const refusal = { isSaved: step.isSaved };
			await poll({ refusal });
			for (const isRefused of step.refused) {
				list.now += step.seconds;
				await poll(isRefused ? { refusal } : {});
			}
			const going = step.isUnderWay ? await startHanging(1) : undefined;
			if (step.isReversed) refusals.reverse();
			for (const refuse of refusals.splice(0)) refuse();
			going?.release();
			await going?.hung;
		} else {
			const { hung, release } = await startHanging(step.hangAt);
			for (let count = 0; count < step.polls; count++) {
				list.now += step.seconds;
				await poll();
			}
			const end = async () => {
				release();
				await hung;
			};
			// Some come back at once, some at the very end.
			if (step.polls % 2 === 0) await end();
			else settleHung.push(end);
		}
	}
	for (const end of settleHung) await end();

	// In the end everything is quiet, and everything must have come.
	const required = () =>
		happenings.filter(
			({ sid, time, visible, verdict, deleted }) =>
				verdict === 'ready' &&
				(time > baseline || (time === baseline && visible > begun && clocks.skew > -7200)) &&
				deleted === Infinity &&
				!emitted.has(sid) &&
				!excused.has(sid),
		);
	const lastChange = Math.max(
		list.now,
		...happenings.flatMap(({ visible, final, moves }) => [visible, final, ...moves.map(({ at }) => at)]),
	);
	list.now = Math.max(list.now, lastChange) + 1;
	const { pagesAtEnd = Infinity } = history;
	const scan = 1 + happenings.length / kind.pageSize / pagesAtEnd;
	for (let count = 0; count < 8 + 3 * scan * (happenings.length + 3); count++) {
		// Then one more scan, to see that nothing comes again.
		if (required().length === 0) count += scan * 3;
		await poll({ pages: pagesAtEnd });
		list.now += 60 + (count % 3 === 0 ? kind.overlap : kind.overlap / 3);
	}
	return {
		lost: required().map(({ sid }) => sid),
		repeated,
		old,
		unordered,
		emitted: emitted.size,
		requests: list.requests,
	};
}

/** What the answer says when it was given. */
function dateOf({ wrong }: Clocks, { now, requests }: TwilioList): number | undefined {
	const date = Math.floor(now);
	if (!wrong || requests % wrong.every !== 0) return date;
	return wrong.by === 'missing' ? undefined : date + wrong.by;
}

/** Where one clock is far behind, only dates at the list's beginning can show what was there when the trigger began. */
function isBeginningVague({ clocks: { skew, wrong }, kind, happenings }: History): boolean {
	if (typeof wrong?.by === 'number' && wrong.by < 0) return true;
	return (
		skew < -7200 && (kind.order !== 'newest first' || happenings.some(({ created, visible }) => created < visible))
	);
}

/** The times of some rows: many in one second, most within minutes, some days apart. */
const happening = (overlap: number, horizon: number): fc.Arbitrary<Omit<Happening, 'sid'>> =>
	fc
		.record({
			offset: fc.oneof(
				fc.integer({ min: -60, max: horizon }),
				fc.integer({ min: 0, max: Math.ceil(horizon / 300) }).map((n) => n * 300),
				fc.integer({ min: 0, max: 5 }),
			),
			late: fc.oneof(
				{ weight: 3, arbitrary: fc.constant(0) },
				{ weight: 2, arbitrary: fc.integer({ min: 0, max: overlap }) },
				{ weight: 1, arbitrary: fc.constant(overlap) },
			),
			undatedFor: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 2 * horizon })),
			pendingFor: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: horizon })),
			verdict: fc.oneof(
				{ weight: 5, arbitrary: fc.constant('ready' as const) },
				{ weight: 1, arbitrary: fc.constant('ignored' as const) },
			),
			deletedAfter: fc.oneof(
				{ weight: 6, arbitrary: fc.constant(Infinity) },
				{ weight: 1, arbitrary: fc.integer({ min: 0, max: horizon }) },
			),
			moves: fc.array(fc.record({ after: fc.nat(horizon), back: fc.oneof(fc.constant(0), fc.nat(overlap)) }), {
				maxLength: 2,
			}),
			isSteady: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
			mayMove: fc.boolean(),
		})
		.map(({ offset, late, undatedFor, pendingFor, verdict, deletedAfter, moves, isSteady, mayMove }) => {
			const time = epoch - 1800 + offset;
			let latest = time;
			/** Until the overlap after its date, or at any time; not farther back than the overlap, and never to an earlier date. */
			const moved = (isSteady ? [] : moves)
				.map(({ after, back }) => {
					const at = time + (mayMove ? after : Math.min(after, overlap));
					return { at, to: at - back };
				})
				.sort((a, b) => a.at - b.at)
				.map(({ at, to }) => ({ at, to: (latest = Math.max(latest, to)) }));
			return {
				time,
				created: time - undatedFor,
				visible: time + late,
				final: time + late + pendingFor,
				verdict,
				deleted: time + late + pendingFor + deletedAfter,
				moves: moved,
				mayMove,
			};
		});

const step = (horizon: number): fc.Arbitrary<Step> =>
	fc.oneof(
		{
			weight: 6,
			arbitrary: fc.record({
				do: fc.constant('wait' as const),
				seconds: fc.oneof(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: horizon })),
			}),
		},
		{
			weight: 8,
			arbitrary: fc.record(
				{
					do: fc.constant('poll' as const),
					failAt: fc.integer({ min: 1, max: 5 }),
					refuseAt: fc.integer({ min: 1, max: 5 }),
					pages: fc.integer({ min: 1, max: 4 }),
				},
				{ requiredKeys: ['do'] },
			),
		},
		{
			weight: 1,
			arbitrary: fc.record({
				do: fc.constant('overlap' as const),
				hangAt: fc.integer({ min: 1, max: 3 }),
				seconds: fc.constantFrom(1, 60, 500),
				polls: fc.integer({ min: 1, max: 3 }),
			}),
		},
		{
			weight: 2,
			arbitrary: fc.record(
				{
					do: fc.constant('restart' as const),
					seconds: fc.integer({ min: 0, max: horizon }),
					failAt: fc.integer({ min: 1, max: 5 }),
				},
				{ requiredKeys: ['do', 'seconds'] },
			),
		},
		{ weight: 2, arbitrary: fc.record({ do: fc.constant('republish' as const), isDropped: fc.boolean() }) },
		{ weight: 1, arbitrary: fc.record({ do: fc.constant('overwrite' as const), version: fc.nat(5) }) },
		{
			weight: 2,
			arbitrary: fc.record({
				do: fc.constant('refuse' as const),
				isSaved: fc.boolean(),
				seconds: fc.constantFrom(1, 60, 500),
				refused: fc.array(fc.boolean(), { maxLength: 3 }),
				isUnderWay: fc.boolean(),
				isReversed: fc.boolean(),
			}),
		},
		{ weight: 1, arbitrary: fc.constant({ do: 'takeover' as const }) },
		{ weight: 1, arbitrary: fc.constant({ do: 'expire' as const }) },
		{ weight: 1, arbitrary: fc.constant({ do: 'change' as const }) },
	);

/** How large a history gets. */
export interface Size {
	rows: number;
	minRows?: number;
	steps: number;
	/** Pages' sizes. */
	pages: readonly number[];
	limits: readonly number[];
}

/** Any history at all, within what Twilio documents and a little beyond. */
export function histories({ rows, minRows = 0, steps, pages, limits }: Size): fc.Arbitrary<History> {
	return fc
		.record({
			horizon: fc.constantFrom(120, 3600, 3 * 86_400),
			overlap: fc.constantFrom(0, 30, 900),
			pageSize: fc.constantFrom(...pages),
			filter: fc.constantFrom('day' as const, 'from' as const, 'after' as const, 'none' as const),
			order: fc.constantFrom('newest first' as const, 'oldest first' as const, 'any' as const),
			paging: fc.constantFrom('key' as const, 'offset' as const),
			windows: fc.boolean(),
		})
		.chain(({ horizon, windows, ...kind }) =>
			fc
				.record({
					kind: fc.constant<ListKind>(kind),
					happenings: fc
						.array(happening(kind.overlap, horizon), { minLength: minRows, maxLength: rows, size: 'max' })
						.map((all) =>
							all.map((each, index) => ({
								...each,
								sid: `SM${index.toString(16).padStart(32, '0')}`,
								// With page numbers a row is skipped when another leaves its place before it; Twilio's pages are by key.
								...(kind.paging === 'offset' && { deleted: Infinity, created: each.visible, moves: [] }),
							})),
						),
					steps: fc.array(step(horizon), { maxLength: steps, size: 'max' }),
					limit: fc.constantFrom(...limits),
					pace: fc.constantFrom(0, 0.4, 1, 3),
					lag: fc.constantFrom(0, 0, 1, 20),
					clocks: fc.oneof(
						{ weight: 3, arbitrary: fc.record({ skew: fc.constantFrom(0, 0, -3600, 3600, -200_000, 200_000) }) },
						{
							weight: 1,
							arbitrary: fc.record({
								skew: fc.constant(0),
								wrong: fc.record({
									every: fc.integer({ min: 1, max: 3 }),
									by: fc.constantFrom('missing' as const, 86_400, -86_400, -20 * 365 * 86_400),
								}),
							}),
						},
					),
					deletes: kind.paging === 'offset' ? fc.constant(false) : fc.boolean(),
					pagesAtEnd: fc.constantFrom(undefined, undefined, undefined, 1, 2),
					failsFirst: fc.boolean(),
				})
				.map((history) => (windows ? withWindows(history) : history)),
		);
}

/** Two seconds must fit into a window, or nothing could show its other rows; Twilio's has room for 10,000. */
function withWindows(history: History): History {
	const { kind, happenings } = history;
	if (kind.order === 'any' || kind.filter === 'none' || kind.filter === 'day' || kind.paging === 'offset')
		return history;
	const ties = new Map<number, number>();
	for (const { time } of happenings) ties.set(time, (ties.get(time) ?? 0) + 1);
	return { ...history, kind: { ...kind, windowSize: 2 * Math.max(kind.pageSize, ...ties.values()) + 1 } };
}
