import type { Patch } from './patchedSource';

const inPoll = (replace: string, by: string): Patch => ({ file: 'poll.ts', replace, by });

/** Mistakes that a polling trigger could have, each as a change to the source. */
export const mutants: Readonly<Record<string, Patch>> = {
	'no overlap': inPoll('Math.min(start - list.overlap, hold', 'Math.min(start, hold'),
	'rows in the second of the floor are taken for known': inPoll(
		'if (time < cursor.floor ||',
		'if (time <= cursor.floor ||',
	),
	'the floor moves on an incomplete scan': inPoll(
		'return pauseScan(cursor, progress, next, limit);',
		'return finishScan(list, cursor, progress, limit);',
	),
	'rows beyond the limit are dropped': inPoll(
		'const hold = earliest(scan.hold, ...candidates.slice(limit, limit + 1).map(({ time }) => time));',
		'const { hold } = scan;',
	),
	'pending rows do not hold the floor': inPoll("if (verdict === 'pending' &&", "if (verdict === 'never' &&"),
	'rows that were emitted are not remembered': inPoll('cursor.seen.has(time, sid) ||', ''),
	'rows of this poll are not remembered': inPoll('if (time >= floor) seen.add(time, sid);', ';'),
	'memory ends a second too early': inPoll('cursor.seen.from(floor)', 'cursor.seen.from(floor + 1)'),
	'reading stops early in a list of unknown order': inPoll(
		'const { sortedBy } = list;\n\tif (!sortedBy) return false;',
		'const sortedBy = list.sortedBy ?? list.timeOf;',
	),
	'reading stops early in a list that begins with the oldest': inPoll(
		'|| first <= last) return false',
		') return false',
	),
	'reading stops at what is not old yet': inPoll('last < floor - list.overlap', 'last < floor + list.overlap + 60'),
	'reading stops at a page without dates': inPoll(
		'if (first === undefined || last === undefined ||',
		'if (last === undefined) return true;\n\tif (first === undefined ||',
	),
	'the floor is the newest date': inPoll(
		'Math.max(cursor.floor, Math.min(start - list.overlap, hold ?? Infinity))',
		'Math.max(cursor.floor, ...emitted.map(({ time }) => time))',
	),
	'a scan counts from its last page': inPoll(
		'progress = readPage(list, cursor, progress ?? startScan(page.time), page, limit);',
		'progress = readPage(list, cursor, { ...(progress ?? startScan(page.time)), start: page.time }, page, limit);',
	),
	'a paused scan forgets what holds the floor': inPoll(
		'scan: { start, hold, first, window, next, hasLeft }',
		'scan: { start, first, window, next, hasLeft }',
	),
	'a paused scan forgets what it found': inPoll(
		'= defer(scan, cursor.isStuck ? limit : 0);',
		'= { ...scan, ready: new Map() };',
	),
	'what a paused scan leaves is never found': inPoll('...(isStuck && { isStuck })', ''),
	'an expired page ends the scan': inPoll(
		'hasRestarted = true;\n\t\t\tprogress = undefined;',
		'if (progress) return finishScan(list, cursor, progress, limit);\n\t\t\thasRestarted = true;',
	),
	'no second to spare in the filter': inPoll('list.query({ since: since - 1, until })', 'list.query({ since, until })'),
	'the cursor starts a second late': inPoll('return { floor: time, seen };', 'return { floor: time + 1, seen };'),
	'what is there at the start is new': inPoll('return { floor: time, seen };', 'return { floor: time - 60, seen };'),
	'the rest of a full window is left out': inPoll(
		'|| window.pages === 1) return undefined',
		'|| window.pages > 0) return undefined',
	),
	'a window ends before its last second': inPoll(
		'window.oldest - (window.until === window.oldest ? 1 : 0)',
		'window.oldest - 1',
	),
	'rows come in the order of the list': inPoll('a.time - b.time || (a.sid < b.sid ? -1 : 1)', '0'),
	'two polls run at the same time': {
		file: 'pollOnce.ts',
		replace: 'takeLease(activation, leaseTime, clock)',
		by: 'takeLease({}, leaseTime, clock)',
	},
	'a poll that was given up still counts': {
		file: 'lease.ts',
		replace: 'isHeld: () => holders.get(activation) === own',
		by: 'isHeld: () => true',
	},
	'what n8n has read is believed though the process knows more': {
		file: 'pollOnce.ts',
		replace: 'const latest = latestOf(stored);',
		by: 'const latest = stored.at(-1);',
	},
	'what the process knows is believed though there is something newer': {
		file: 'pollOnce.ts',
		replace: 'const latest = latestOf(stored);',
		by: 'const latest = stored.find((copy) => copy !== undefined);',
	},
	'cursors are counted, whenever their polls began': {
		file: 'pollOnce.ts',
		replace: 'Math.max(revisionOf(latest) + 1, clock())',
		by: 'revisionOf(latest) + 1',
	},
	'another filter goes on with the old cursor': {
		file: 'cursor.ts',
		replace: 'if (fields.stream !== stream)',
		by: 'if (false)',
	},
};
