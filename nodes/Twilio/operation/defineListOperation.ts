import type { ListOptions } from '../../shared/api/client';
import type { Fields } from '../../shared/fields/field';
import { limit, returnAll, simplify } from '../../shared/fields/page';
import { prepared, type Operation, type OperationCall, type OperationParameters } from './defineOperation';
import { toRow } from './toRow';

const pageFields = [returnAll, limit, simplify] as const;

/** What differs between the lists of resources. */
export interface ListDefinition<F extends Fields, L extends Fields> {
	action: string;
	description: string;
	/** Fields that choose the list, such as the message whose media are listed. */
	fields: F;
	filters: L;
	/** Fields of a simplified row. */
	row: readonly string[];
	/** Twilio names that `list` sets itself, beside those of the fields. */
	reservedNames?: readonly string[];
	/**
	 * The list, and which of its rows are wanted. Runs for all items before the first request of any.
	 *
	 * @throws UserError for what can be known to fail
	 */
	list(call: OperationCall<OperationParameters<F, readonly [], L>>): { url: string } & Omit<ListOptions, 'limit'>;
}

/** Declares the operation "Get Many" of a resource. */
export function defineListOperation<const F extends Fields, const L extends Fields>({
	fields,
	row,
	reservedNames = [],
	list,
	...facts
}: ListDefinition<F, L>): Operation {
	return {
		...facts,
		name: 'Get Many',
		value: 'getAll',
		access: 'read',
		fields: [...fields, ...pageFields],
		reservedNames: ['PageSize', ...reservedNames],
		prepare(read, call) {
			const page = read.fields(pageFields);
			const filters = read.collection('filters', facts.filters);
			const { url, ...options } = list({ ...call, parameters: { ...read.fields(fields), options: {}, filters } });
			const request = {
				method: 'GET',
				url,
				options: { ...options, limit: page.returnAll ? undefined : page.limit },
				rowFields: page.simplify ? row : undefined,
			} as const;
			return prepared(request, async ({ url, options, rowFields }, { twilio }) =>
				(await twilio.list(url, options)).map((each) => toRow(each, rowFields)),
			);
		},
	};
}
