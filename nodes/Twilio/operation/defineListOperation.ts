import type { ListOptions } from '../../shared/api/client';
import type { Fields, ParametersOf } from '../../shared/fields/field';
import { limit, returnAll, simplify } from '../../shared/fields/page';
import { defineOperation, type Operation, type OperationCall, type OperationParameters } from './defineOperation';
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
	/** Refuses what can be known to fail, before the first request of any item. */
	check?(call: OperationCall<OperationParameters<F, readonly [], L>>): void;
	list(call: OperationCall<OperationParameters<F, readonly [], L>>): { url: string } & Omit<ListOptions, 'limit'>;
}

/** Declares the operation "Get Many" of a resource. */
export function defineListOperation<const F extends Fields, const L extends Fields>({
	action,
	description,
	fields,
	filters,
	row,
	reservedNames = [],
	check,
	list,
}: ListDefinition<F, L>): Operation {
	return defineOperation({
		name: 'Get Many',
		value: 'getAll',
		action,
		description,
		access: 'read',
		fields: [...fields, ...pageFields],
		filters,
		reservedNames: ['PageSize', ...reservedNames],
		check: check && ((call) => check(call as unknown as OperationCall<OperationParameters<F, readonly [], L>>)),
		async execute(call) {
			// TypeScript does not see through a list of fields that is put together from a generic one.
			const { parameters, twilio } = call as unknown as OperationCall<ParametersOf<typeof pageFields>>;
			const { url, ...options } = list(call as unknown as OperationCall<OperationParameters<F, readonly [], L>>);
			const rows = await twilio.list(url, {
				...options,
				limit: parameters.returnAll ? undefined : parameters.limit,
			});
			return rows.map((each) => toRow(each, row, parameters.simplify));
		},
	});
}
