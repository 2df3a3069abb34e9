import { collection } from '../../shared/fields/collection';
import type { Fields } from '../../shared/fields/field';
import type { Operation } from './defineOperation';
import {
	additionalParameters,
	afterCrash,
	afterCrashHours,
	afterCrashWithLookUp,
	requestsAtOnce,
} from './sharedOptions';

/** The collections of optional parameters, as shown to the user. */
export const collectionNames = { options: 'Options', filters: 'Filters' } as const;

/** All parameters of an operation: its own fields, then the collections with its optional and the shared ones. */
export function fieldsOf(operation: Operation): Fields {
	const { fields, access, filters, options = [], takesAdditionalParameters = true } = operation;
	const ownParameters = access === 'write' && takesAdditionalParameters ? [additionalParameters] : [];
	const shared = [...ownParameters, ...crashOptionsOf(operation), requestsAtOnce];
	return [
		...fields,
		...(filters
			? [collection(collectionNames.filters, 'filters', 'Add Filter', [...filters, additionalParameters])]
			: []),
		collection(collectionNames.options, 'options', 'Add Option', [...options, ...shared]),
	];
}

/** What decides on the retry of an execution that was cut off. */
export function crashOptionsOf({ harmsTwice }: Operation) {
	if (!harmsTwice) return [];
	return harmsTwice === 'canBeFound' ? [afterCrashWithLookUp, afterCrashHours] : [afterCrash];
}
