import { collection } from '../../shared/fields/collection';
import type { Fields } from '../../shared/fields/field';
import type { Operation } from './defineOperation';
import { additionalParameters, requestsAtOnce } from './sharedOptions';

/** All parameters of an operation: its own fields, then the collections with its optional and the shared ones. */
export function fieldsOf(operation: Operation): Fields {
	const { fields, access, filters, options = [], takesAdditionalParameters = true } = operation;
	const ownParameters = access === 'write' && takesAdditionalParameters ? [additionalParameters] : [];
	return [
		...fields,
		...(filters ? [collection('Filters', 'filters', 'Add Filter', [...filters, additionalParameters])] : []),
		collection('Options', 'options', 'Add Option', [...options, ...ownParameters, requestsAtOnce]),
	];
}
