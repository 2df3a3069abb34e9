import type { INodeProperties } from 'n8n-workflow';

import { collection } from '../shared/fields/collection';
import type { Fields } from '../shared/fields/field';
import { selector, shownFor } from '../shared/fields/selector';
import { limit, onActivation } from './fields';
import type { PollSource } from './pollSource';

/**
 * Derives the node's parameters from its table of contents: the selector of the event, and each event's fields. All of it
 * is new at each call, since n8n changes descriptions when it loads them.
 */
export function toProperties(sources: readonly PollSource[]): INodeProperties[] {
	return [
		selector('Trigger On', 'event', sources),
		...sources.flatMap((source) => fieldsOf(source).map((field) => shownFor(field, { event: [source.value] }))),
	];
}

/** All parameters of an event: what to look for, how much of it, and the rest. */
export function fieldsOf({ fields = [], filters, options = [] }: PollSource): Fields {
	return [
		...fields,
		...(filters.length > 0 ? [collection('Filters', 'filters', 'Add Filter', filters)] : []),
		limit,
		collection('Options', 'options', 'Add Option', [...options, onActivation]),
	];
}
