import type { Operation } from './defineOperation';

/** A resource and its operations, in the order of the selector. */
export interface Resource {
	/** As in the selector. */
	name: string;
	/** As stored in workflows; never changes once released. */
	value: string;
	description: string;
	operations: readonly Operation[];
}

/** Declares a resource. */
export function defineResource(resource: Resource): Resource {
	return resource;
}
