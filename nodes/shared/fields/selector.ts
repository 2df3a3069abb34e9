import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Field } from './field';

/** An entry of a table of contents, as its selector shows it. */
export interface Choice {
	/** As shown to the user. */
	name: string;
	/** As stored in workflows. */
	value: string;
	description: string;
	/** As in the list of the node's actions; only operations have one. */
	action?: string;
}

/** Values of other parameters under which one is shown: `{ resource: ['message'] }`. */
export type ShowRule = Readonly<Record<string, readonly string[]>>;

/**
 * The parameter that chooses an entry of a table of contents. What stands first in the table is the default; the choices are
 * in alphabetical order, as n8n wants them.
 *
 * @param show absent: always
 */
export function selector(
	displayName: string,
	name: string,
	entries: readonly Choice[],
	show?: ShowRule,
): INodeProperties {
	const field = {
		displayName,
		name,
		type: 'options',
		noDataExpression: true,
		options: entries.map(toOption).sort((a, b) => a.name.localeCompare(b.name)),
		default: firstValueOf(entries),
	} as const satisfies Field;
	return show ? shownFor(field, show) : field;
}

/** A new copy of a field that is shown under these conditions, beside its own. n8n changes descriptions when it loads them. */
export function shownFor(field: Field, show: ShowRule): INodeProperties {
	const copy = structuredClone(field) as INodeProperties;
	const conditions = Object.entries(show).map(([name, values]) => [name, [...values]]);
	return {
		...copy,
		displayOptions: {
			...copy.displayOptions,
			show: { ...Object.fromEntries(conditions), ...copy.displayOptions?.show },
		},
	};
}

function firstValueOf([first]: readonly Choice[]): string {
	return first?.value ?? '';
}

function toOption({ name, value, action, description }: Choice): INodePropertyOptions {
	return { name, value, ...(action !== undefined && { action }), description };
}
