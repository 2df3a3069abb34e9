import type { Patch } from './patchedSource';

const change =
	(file: string) =>
	(replace: string, by: string): Patch => ({ file, replace, by });

const inDated = change('dated.ts');
const inScan = change('scan.ts');
const inClocks = change('clocks.ts');
const inTakenRows = change('takenRows.ts');

/** Mistakes that a polling trigger could have, each as a change to the source. */
export const mutants: Readonly<Record<string, Patch>> = {
	'no overlap': inDated('Math.min(scan.start - list.overlap, hold', 'Math.min(scan.start, hold'),
	'rows in the second of the floor are taken for known': inScan(
		'|| time < floor) continue',
		'|| time <= floor) continue',
	),
	'the floor moves on an incomplete scan': inDated(
		'const isComplete = scan.next === undefined;',
		'const isComplete = true;',
	),
	'rows beyond the limit are dropped': inScan('leave(scan, [...scan.ready.values()]);', ''),
	'pending rows do not hold the floor': inScan("list.judge(row) === 'pending'", 'false'),
	'rows that were emitted are not remembered': inScan('if (seen.has(sid)) seen.refresh(time, sid);\n\t\telse if', 'if'),
	'rows of this poll are not remembered': inDated('known.seen.add(time, sid);', ''),
	'memory ends a second too early': inDated('known.seen.from(floor)', 'known.seen.from(floor + 1)'),
	'a row that moved is known until its first date': inScan('seen.refresh(time, sid)', 'undefined'),
	'rows that may move are not kept in mind': inDated('if (list.mayMove?.(row)) known.seen.keep(sid);', ''),
	'reading stops early in a list of unknown order': inScan(
		'isOld({ sortedBy, overlap }: DatedList',
		'isOld({ timeOf, sortedBy = timeOf, overlap }: DatedList',
	),
	'reading stops early in a list that begins with the oldest': inScan(
		'|| first <= last) return false',
		') return false',
	),
	'reading stops at what is not old yet': inScan('< floor - overlap;', '< floor + overlap + 60;'),
	'reading stops at a page without dates': inScan(
		'if (first === undefined || last === undefined ||',
		'if (last === undefined) return true;\n\tif (first === undefined ||',
	),
	'the floor is the newest date': inDated(
		'Math.max(cursor.floor, Math.min(scan.start - list.overlap, hold ?? Infinity))',
		'Math.max(cursor.floor, ...emitted.map(({ time }) => time))',
	),
	'a page counts as it was though its last row has moved': inScan(
		'String(row.sid) === last.sid && placeDate(list, row) === last.date',
		'String(row.sid) === last.sid',
	),
	'a scan counts from its last page': inDated(
		'scanPage(list, known, scan, page, { query, isFirst: query === beginning });',
		'scan.start = startOf(list, answer);\n\t\tscanPage(list, known, scan, page, { query, isFirst: query === beginning });',
	),
	'a paused scan forgets what holds the floor': inScan(
		'scan: { start, next, hold, first, window, waiting, found }',
		'scan: { start, next, first, window, waiting, found }',
	),
	'a paused scan forgets what it found': inScan(
		'scan: { start, next, hold, first, window, waiting, found }',
		'scan: { start, next, hold, first, window, waiting: next === undefined ? waiting : [], found }',
	),
	'the index is forgotten': inScan(
		'scan: { start, next, hold, first, window, waiting, found }',
		'scan: { start, next, hold, first, window, waiting: next === undefined ? [] : waiting, found }',
	),
	'the floor passes what stands in the index': inScan('hold: earliest(hold, waiting[0]?.oldest),', 'hold,'),
	'a page of the index is believed, whatever is on it': inScan(
		'String(row.sid) === last.sid && placeDate(list, row) === last.date',
		'true',
	),
	'a page of the index is believed for one row of many': inScan(
		'page && page.index > index',
		'page && page.index < index',
	),
	'a refused page is taken for an empty one': inDated(
		'scan = undefined;\n\t\t\thasRestarted = true;',
		'if (scan && waiting) scan.left.delete(waiting.query);\n\t\t\telse if (scan) scan.next = undefined;\n\t\t\thasRestarted = true;',
	),
	'no second to spare in the filter': change('query.ts')(
		'list.query({ since: since - 1, until })',
		'list.query({ since, until })',
	),
	'the cursor starts when the answer came': inDated(
		'let floor = startOf(list, answer);',
		'let floor = Math.max(startOf(list, answer), answer.page.date ?? 0);',
	),
	'what is there at the start is new': inDated('if (time >= floor) seen.add(time, String(row.sid));', ''),
	'what comes while the list is read for the first time is old': inClocks(
		'return Math.floor(clocks.at(-1) as Seconds);',
		'return Infinity;',
	),
	'an answer is believed whatever its date': inClocks(
		': [sent, page.date - (received - sent)]',
		': [page.date - (received - sent)]',
	),
	"this machine's clock is believed": inClocks(': [sent, page.date - (received - sent)]', ': [sent]'),
	'a scan begins when its first answer came': inClocks('page.date - (received - sent)', 'page.date'),
	'the rest of a full window is left out': inScan(
		'|| window.pages === 1) return undefined',
		'|| window.pages > 0) return undefined',
	),
	'a window ends before its last second': inScan(
		'window.oldest - (window.until === window.oldest ? 1 : 0)',
		'window.oldest - 1',
	),
	'rows come in the order of the list': inScan('a.time - b.time || (a.sid < b.sid ? -1 : 1)', '0'),
	'two polls run at the same time': {
		file: 'session.ts',
		replace: 'takeLease(activation, leaseTime, clock)',
		by: 'takeLease({}, leaseTime, clock)',
	},
	'a poll that was given up still counts': {
		file: 'lease.ts',
		replace: 'isHeld: () => holders.get(activation) === own',
		by: 'isHeld: () => true',
	},
	'what n8n has read is believed though the process knows more': {
		file: 'session.ts',
		replace: 'latestOf(stored) as',
		by: 'stored.at(-1) as',
	},
	'what the process knows is believed though there is something newer': {
		file: 'session.ts',
		replace: 'latestOf(stored) as',
		by: 'stored.find((copy) => copy !== undefined) as',
	},
	'cursors are counted, whenever their polls began': {
		file: 'session.ts',
		replace: 'Math.max(revisionOf(latest) + 1, clock())',
		by: 'revisionOf(latest) + 1',
	},
	'another filter goes on with the old cursor': {
		file: 'cursor.ts',
		replace: 'if (fields.stream !== stream)',
		by: 'if (false)',
	},
	'rows that n8n could not store do not come again': inTakenRows('if (index === -1) return', 'return'),
	'what later polls found comes again with rows that were not stored': inTakenRows(
		'cursor = withEmitted(cursor, later.marks);',
		'',
	),
	'a later poll that was not stored either brings the rows before back as emitted': inTakenRows(
		'later.before = cursor;',
		'',
	),
	'a poll that was under way does not notice that a cursor came back': inTakenRows(
		'found.read < this.cameBack',
		'false',
	),
	'the cursor that comes back is taken for an old one': inTakenRows(
		'this.last = this.cameBack = revisionOf(known) + 1;',
		'this.last = this.cameBack = revisionOf(lost.before);',
	),
	'polls are forgotten as soon as any later one is stored': inTakenRows(
		'while (this.taken[0]?.isStored) this.taken.shift();',
		'this.taken = this.taken.filter(({ isStored }) => !isStored);',
	),
};
