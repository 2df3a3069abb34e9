import type { TwilioClient } from '../../shared/api/client';
import type { Access } from '../../shared/api/retry';
import type { Fields, ParametersOf } from '../../shared/fields/field';
import type { ExecutionCall, OperationResult } from './execution';
import { sendRequest, type PreparedRequest } from './preparedRequest';

/** What an operation prepares the request of one item from. */
export interface OperationCall<P> {
	parameters: P;
	/** URLs of Twilio's; errors carry the item. Nothing can be sent with it. */
	twilio: Pick<TwilioClient, 'account' | 'product' | 'resolve'>;
	/** Whether URLs may lead to hosts that Twilio could not reach, because the API is not Twilio's. */
	anyHost: boolean;
}

/** The parameters of an operation: its fields, and its collections of optional ones. */
export type OperationParameters<F extends Fields, O extends Fields, L extends Fields> = ParametersOf<F> & {
	options: Partial<ParametersOf<O>>;
	filters: Partial<ParametersOf<L>>;
};

/** What selectors, README and the router know of an operation, whatever it does. */
export interface OperationFacts {
	/** As in the selector: "Get Many". */
	name: string;
	/** As stored in workflows; never changes once released. */
	value: string;
	/** As in the list of the node's actions: "Get many messages". */
	action: string;
	/** A sentence that also tells an AI agent what it does, costs, and cannot undo. */
	description: string;
	/** What it does at Twilio; what `write` and `delete` have done is remembered and not done again by n8n's retries. */
	access: Access;
	/** Whether doing it twice reaches somebody twice or costs twice, and whether Twilio can be asked if it was done. */
	harmsTwice?: 'canBeFound' | 'cannotBeFound';
	/** How many items are worked on at the same time at most, whatever the user has chosen. */
	mostAtOnce?: number;
	/** Whether an option that the user added but left empty is sent: in updates, that is how a value is cleared. */
	sendsEmptyOptions?: boolean;
	/** False where the user says everything anyway; else, what writes or lists has the option 'Additional Parameters'. */
	takesAdditionalParameters?: false;
	/** Twilio names that are set beside those of the fields; the user's own parameters may not repeat them. */
	reservedNames?: readonly string[];
}

export interface OperationDefinition<
	F extends Fields,
	O extends Fields,
	L extends Fields,
	R extends PreparedRequest,
> extends OperationFacts {
	fields: F;
	/** Optional fields, shown as the collection "Options". */
	options?: O;
	/** Optional filters of a list, shown as the collection "Filters". */
	filters?: L;
	/**
	 * Checks everything that can be known to fail, and gives what is to be sent. Runs once for each item, and for all items
	 * before the first request of any.
	 *
	 * @throws UserError that names the parameter
	 */
	prepare(call: OperationCall<OperationParameters<F, O, L>>): R;
	/** Sends it, where there is more to do than {@link sendRequest} does. */
	execute?(request: R, call: ExecutionCall): Promise<OperationResult>;
}

/** Reads the parameters of one item: checked, and of the types that their fields declare. */
export interface ParameterReader {
	fields<const F extends Fields>(fields: F): ParametersOf<F>;
	/** Those of a collection of optional fields that the user has added; none where the operation has no such fields. */
	collection<const F extends Fields>(name: 'options' | 'filters', fields: F | undefined): Partial<ParametersOf<F>>;
}

/** An item whose request is ready to be sent. */
export interface PreparedItem {
	request: PreparedRequest;
	execute(call: ExecutionCall): Promise<OperationResult>;
}

/** Any operation, as the router and the selectors see it; its types are known to itself only. */
export interface Operation extends OperationFacts {
	fields: Fields;
	options?: Fields;
	filters?: Fields;
	/** @throws UserError that names the parameter */
	prepare(read: ParameterReader, call: Omit<OperationCall<unknown>, 'parameters'>): PreparedItem;
}

/**
 * Declares an operation; its parameters' types follow from its fields, and `execute` gets what `prepare` has given. The
 * option 'Requests at Once' and, where it posts or lists, 'Additional Parameters' are added for it.
 */
export function defineOperation<
	const F extends Fields,
	R extends PreparedRequest,
	const O extends Fields = readonly [],
	const L extends Fields = readonly [],
>(definition: OperationDefinition<F, O, L, R>): Operation {
	const { fields, options, filters, execute = sendRequest } = definition;
	return {
		...definition,
		prepare(read, call) {
			const parameters = {
				...read.fields(fields),
				options: read.collection('options', options),
				filters: read.collection('filters', filters),
			};
			return prepared(definition.prepare({ ...call, parameters }), execute);
		},
	};
}

/** A prepared request, bound to how it is sent. */
export function prepared<R extends PreparedRequest>(
	request: R,
	execute: (request: R, call: ExecutionCall) => Promise<OperationResult>,
): PreparedItem {
	return { request, execute: async (call) => await execute(request, call) };
}
