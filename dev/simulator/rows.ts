import { TwilioError } from './errors';

/** A row of any list. */
export interface Row {
	sid: string;
}

const removedRows = new WeakMap<readonly Row[], Map<string, Row>>();

/** The row with this SID. @throws {TwilioError} 20404 */
export function findRow<R extends Row>(rows: readonly R[], sid: string | undefined): R {
	const row = rows.find((candidate) => candidate.sid === sid);
	if (!row) throw new TwilioError(20404, `The requested resource ${sid} was not found`);
	return row;
}

/** Takes a row out of its list, but remembers where it stood: a page token may still name it. */
export function removeRow<R extends Row>(rows: R[], row: R): void {
	rows.splice(rows.indexOf(row), 1);
	const removed = removedRows.get(rows) ?? new Map<string, Row>();
	removedRows.set(rows, removed.set(row.sid, row));
}

/** A row that is or once was in this list. */
export function rememberedRow<R extends Row>(rows: readonly R[], sid: string): R | undefined {
	return rows.find((row) => row.sid === sid) ?? (removedRows.get(rows)?.get(sid) as R | undefined);
}

let arrivals = 0;
const arrivalOf = new WeakMap<Row, number>();

/** A number that grows with each row that was put into a list; orders rows of the same second. */
export function arrival(row: Row): number {
	let number = arrivalOf.get(row);
	if (number === undefined) {
		number = ++arrivals;
		arrivalOf.set(row, number);
	}
	return number;
}

/** A copy of a row that lacks some fields. */
export function omit<R extends object, K extends keyof R>(row: R, ...fields: K[]): Omit<R, K> {
	const copy = { ...row };
	for (const field of fields) delete copy[field];
	return copy;
}
