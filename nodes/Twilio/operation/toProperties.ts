import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Field } from '../../shared/fields/field';
import type { Resource } from './defineResource';
import { fieldsOf } from './fieldsOf';

/**
 * Derives the node's parameters from its table of contents: the selectors, and each operation's fields with the rule that
 * shows them. What stands first in a table is the default. All of it is new at each call, since n8n changes descriptions
 * when it loads them.
 */
export function toProperties(resources: readonly Resource[]): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: choices(resources, ({ name, value, description }) => ({ name, value, description })),
			default: firstValueOf(resources),
		},
		...resources.flatMap((resource) => [
			operationSelector(resource),
			...resource.operations.flatMap((operation) =>
				fieldsOf(operation).map((field) => shownFor(field, resource.value, operation.value)),
			),
		]),
	];
}

function operationSelector({ value, operations }: Resource): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: choices(operations, ({ name, value: stored, action, description }) => ({
			name,
			value: stored,
			action,
			description,
		})),
		default: firstValueOf(operations),
	};
}

/** n8n wants choices in alphabetical order. */
function choices<T>(entries: readonly T[], toOption: (entry: T) => INodePropertyOptions): INodePropertyOptions[] {
	return entries.map(toOption).sort((a, b) => a.name.localeCompare(b.name));
}

function firstValueOf([first]: ReadonlyArray<{ value: string }>): string {
	return first?.value ?? '';
}

function shownFor(field: Field, resource: string, operation: string): INodeProperties {
	const copy = structuredClone(field) as INodeProperties;
	return {
		...copy,
		displayOptions: {
			...copy.displayOptions,
			show: { resource: [resource], operation: [operation], ...copy.displayOptions?.show },
		},
	};
}
