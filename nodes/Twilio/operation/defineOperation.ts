import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { TwilioClient } from '../../shared/api/client';
import type { Access } from '../../shared/api/retry';
import type { Fields, ParametersOf } from '../../shared/fields/field';

/** What an operation works with, for one item. */
export interface OperationCall<P> {
	parameters: P;
	/** Sends requests; errors carry the item. */
	twilio: TwilioClient;
	/** n8n's context, for binary data. */
	context: IExecuteFunctions;
	/** Whether URLs may lead to hosts that Twilio could not reach, because the API is not Twilio's. */
	anyHost: boolean;
}

/** A row, several rows (one item each), or a file with its facts. */
export type OperationResult = IDataObject | IDataObject[] | Required<Pick<INodeExecutionData, 'json' | 'binary'>>;

/** The parameters of an operation: its fields, and its collections of optional ones. */
export type OperationParameters<F extends Fields, O extends Fields, L extends Fields> = ParametersOf<F> & {
	options: Partial<ParametersOf<O>>;
	filters: Partial<ParametersOf<L>>;
};

export interface OperationDefinition<F extends Fields, O extends Fields, L extends Fields> {
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
	fields: F;
	/** Optional fields, shown as the collection "Options". */
	options?: O;
	/** Optional filters of a list, shown as the collection "Filters". */
	filters?: L;
	/** How many items are worked on at the same time at most, whatever the user has chosen. */
	mostAtOnce?: number;
	/** Whether an option that the user added but left empty is sent: in updates, that is how a value is cleared. */
	sendsEmptyOptions?: boolean;
	/** False where the user says everything anyway; else, what writes or lists has the option 'Additional Parameters'. */
	takesAdditionalParameters?: false;
	/** Twilio names that `execute` sets itself, beside those of the fields; the user's own parameters may not repeat them. */
	reservedNames?: readonly string[];
	/**
	 * Refuses what can be known to fail. Runs for all items before the first request of any.
	 *
	 * @throws UserError that names the parameter
	 */
	check?(call: OperationCall<OperationParameters<F, O, L>>): void;
	execute(call: OperationCall<OperationParameters<F, O, L>>): Promise<OperationResult>;
}

/** Any operation, as the router and the selectors see it. */
export type Operation = OperationDefinition<Fields, Fields, Fields>;

/**
 * Declares an operation; its parameters' types follow from its fields. The option 'Requests at Once' and, where it posts or
 * lists, 'Additional Parameters' are added for it.
 */
export function defineOperation<
	const F extends Fields,
	const O extends Fields = readonly [],
	const L extends Fields = readonly [],
>(definition: OperationDefinition<F, O, L>): Operation {
	return definition as unknown as Operation;
}
