import type { Account } from './account';

/** What the rows of a fresh account may refer to. */
export interface Seed extends Account {
	/** Time of creation of seeded rows. */
	now: Date;
}

/**
 * Everything a simulator remembers: rows in the order they came (a list sorts them itself), and what is no part of a row. Each
 * resource declares what is its own, in its own file. Tests may read and change anything.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it is empty without the resources
export interface State {}

/** What can happen without a request, as methods of the simulator; each resource declares its own. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it is empty without the resources
export interface Happenings {}
