import type { INodeProperties } from 'n8n-workflow';

import { selector, shownFor } from '../../shared/fields/selector';
import type { Resource } from './defineResource';
import { fieldsOf } from './fieldsOf';

/**
 * Derives the node's parameters from its table of contents: the selectors, and each operation's fields with the rule that
 * shows them. All of it is new at each call, since n8n changes descriptions when it loads them.
 */
export function toProperties(resources: readonly Resource[]): INodeProperties[] {
	return [
		selector('Resource', 'resource', resources),
		...resources.flatMap(({ value: resource, operations }) => [
			selector('Operation', 'operation', operations, { resource: [resource] }),
			...operations.flatMap((operation) =>
				fieldsOf(operation).map((field) => shownFor(field, { resource: [resource], operation: [operation.value] })),
			),
		]),
	];
}
