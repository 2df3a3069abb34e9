import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError, sleep, UserError } from 'n8n-workflow';

import { createTwilioClient, type ClientOptions, type TwilioClient } from '../../shared/api/client';
import { credentialType, type TwilioCredentials } from '../../shared/api/credentials';
import { errorDetails, isTwilioError, TwilioError } from '../../shared/api/errors';
import { hasCustomBaseUrl } from '../../shared/api/hosts';
import { systemClock } from '../../shared/api/retry';
import { phoneNumberKey } from '../../shared/fields/phoneNumber';
import { readCollection, readParameters } from '../../shared/fields/readParameters';
import { mapConcurrently, type Settled } from './mapConcurrently';
import { lookBackTo, type CrashOptions } from './afterCrash';
import type { Operation, ParameterReader, PreparedItem } from './defineOperation';
import type { Resource } from './defineResource';
import type { OperationResult } from './execution';
import { collectionNames, crashOptionsOf, fieldsOf } from './fieldsOf';
import { fingerprintOf, toolCallOf, type Fingerprint, type ToolCall } from './fingerprint';
import { EarlierMessages } from './lookUp/earlierMessages';
import { LostMessages, type LostMessage } from './lookUp/lostMessages';
import { runMemory, type Outcome, type Recalled, type RunMemory } from './runMemory';
import { startRun, type RunStart } from './runStart';
import { additionalParameters, requestsAtOnce } from './sharedOptions';
import { twilioNamesOf } from './twilioNames';

/** An item to be worked on, or why it is refused. */
type Prepared = Ready | { refused: Error };

interface Ready extends PreparedItem {
	additionalParameters: NonNullable<ClientOptions['additionalParameters']>;
	/** Absent where it only reads. */
	fingerprint?: Fingerprint;
	/**
	 * Since when it may have been sent by an execution that was cut off, so that it is looked for before.
	 *
	 * @throws UserError when it is not to be sent
	 */
	lookBack?: () => number | undefined;
}

/** What an item's output says beside Twilio's row when an earlier try has sent something else in its place. */
const otherContent = {
	notSentAgain: 'An earlier try of this execution sent it with other content, so nothing was sent now',
} as const;

/** How many SIDs or items an error names at most. */
const listedAtMost = 20;

/** How many items are prepared before others get a turn. */
const preparedAtOnce = 100;

/**
 * Runs the chosen operation for all input items: reads and checks the parameters of every item before the first request
 * of any, then works on some at a time, and gives the results in the order of the items, each paired with its own.
 *
 * A failure stops what has not started and becomes the node's error, which says what had been done by then; with
 * `continueOnFail` it becomes the item's result instead.
 */
export async function runOperations(
	context: IExecuteFunctions,
	resources: readonly Resource[],
	{ continueOnFail }: { continueOnFail: boolean },
): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	const start = await startRun(context);
	const { resource, operation } = chosenOperation(context, resources);
	const toolCall = toolCallOf(context);
	const memory = runMemory(context, { isShared: toolCall !== undefined });
	const operationName = `${resource.value}.${operation.value}`;
	const { prepare, clientOf } = await preparation(context, operation, { operationName, toolCall, start });
	const lostMessages = new LostMessages(context.getExecutionCancelSignal());
	const earlierMessages = start.isAfterCrash ? new EarlierMessages(context) : undefined;
	const outcomes = new Map<number, Outcome>();
	const run: Run = { context, memory, lostMessages, earlierMessages, outcomes, clientOf };
	const prepared: Prepared[] = [];
	for (const itemIndex of items.keys()) {
		prepared.push(prepare(itemIndex));
		// Evaluating expressions takes the whole process; n8n has webhooks to answer meanwhile.
		if (itemIndex % preparedAtOnce === preparedAtOnce - 1) await sleep(0);
	}
	const recalled = memory.recall(prepared.map((item) => ('refused' in item ? undefined : item.fingerprint)));
	recalled.forEach((each, itemIndex) => {
		if (!each) return;
		run.outcomes.set(itemIndex, each.outcome);
		keepApart(each.outcome, run);
	});

	const refusals = prepared.map((item, itemIndex) => refusalOf(context, item, itemIndex, recalled[itemIndex]));
	const firstRefusal = refusals.find((refusal) => refusal !== undefined);
	if (firstRefusal && !continueOnFail) throw withDone(firstRefusal, run.outcomes, items.length);

	const settled = await mapConcurrently(
		prepared,
		async (item, itemIndex) => {
			const refusal = refusals[itemIndex];
			if (refusal || 'refused' in item) throw refusal;
			const earlier = recalled[itemIndex];
			return earlier ? await recall(run, item, earlier, itemIndex) : await runAndRemember(run, item, itemIndex);
		},
		{
			limit: Math.min(readRequestsAtOnce(context), operation.mostAtOnce ?? Infinity),
			keyOf: recipientKey,
			stopOnFailure: !continueOnFail,
		},
	);

	const returnsErrors = (error: unknown) => continueOnFail || (context.isToolExecution?.() && isUnknown(error));
	const failure = settled.find((each) => each.status === 'rejected' && !returnsErrors(each.reason));
	if (failure?.status === 'rejected') throw withDone(failure.reason as Error, run.outcomes, items.length);
	if (recalled.some((each) => each?.isSameContent === false)) {
		context.addExecutionHints({
			message:
				"Some items had been sent with other content by an earlier try, and were not sent again: see 'notSentAgain'",
			location: 'outputPane',
		});
	}
	const output = settled.flatMap(toItems);
	// Here n8n looks whether "Retry On Fail" has to run the node again.
	if (!output[0]?.json.error || !context.getNode().retryOnFail) memory.clear();
	if (!output[0]?.json.error) start.end();
	return output;
}

/** What is out of range has been refused for each item by now; what an expression left empty is the default. */
function readRequestsAtOnce(context: IExecuteFunctions): number {
	const value = Number(context.getNodeParameter('options.requestsAtOnce', 0, requestsAtOnce.default));
	return value >= 1 ? value : requestsAtOnce.default;
}

/**
 * Resource and operation are what the builder of the workflow chose. n8n evaluates `$fromAI()` in them all the same, in
 * spite of `noDataExpression`: an AI agent could turn "get" into "buy" or "delete".
 */
function chosenOperation(context: IExecuteFunctions, resources: readonly Resource[]) {
	const { resource: storedResource, operation: storedOperation } = context.getNode().parameters;
	if ([storedResource, storedOperation].some((stored) => typeof stored === 'string' && stored.startsWith('='))) {
		throw new NodeOperationError(context.getNode(), "'Resource' and 'Operation' cannot be an expression", {
			description: 'Choose them in the list: what they do may cost money or be final, so no AI agent decides on it.',
		});
	}
	const resourceValue = context.getNodeParameter('resource', 0);
	const operationValue = context.getNodeParameter('operation', 0, '');
	const resource = resources.find(({ value }) => value === resourceValue);
	const operation = resource?.operations.find(({ value }) => value === operationValue);
	if (!resource || !operation) {
		throw new NodeOperationError(
			context.getNode(),
			`This version of the node has no operation '${String(operationValue)}' for '${String(resourceValue)}'`,
			{ description: 'Choose another one, or update the package n8n-nodes-twilio.' },
		);
	}
	return { resource, operation };
}

/** Reads and checks what does not differ between items once, and gives the functions that prepare one item. */
async function preparation(
	context: IExecuteFunctions,
	operation: Operation,
	{ operationName, toolCall, start }: { operationName: string; toolCall: ToolCall; start: RunStart },
) {
	const credentials = await context.getCredentials<TwilioCredentials & IDataObject>(credentialType, 0);
	const anyHost = hasCustomBaseUrl(credentials);
	const fields = fieldsOf(operation);
	const reserved = new Set(
		[...twilioNamesOf(fields), ...(operation.reservedNames ?? [])].map((name) => name.toLowerCase()),
	);

	const readOptions = { timezone: context.getTimezone(), anyHost };
	const ownReadOptions = { ...readOptions, keepEmptyOptions: operation.sendsEmptyOptions };

	const origin = { accountSid: credentials.accountSid, operation: operationName, toolCall };

	const clientOf: Run['clientOf'] = (itemIndex, item) =>
		createTwilioClient(context, credentials, { itemIndex, additionalParameters: item?.additionalParameters });
	const prepare = (itemIndex: number): Prepared => {
		try {
			const get = (name: string, fallback: unknown) => context.getNodeParameter(name, itemIndex, fallback);
			const stored = { options: get('options', {}), filters: operation.filters && get('filters', {}) };
			const shared = {
				...readCollection('Options', [requestsAtOnce, additionalParameters], stored.options, readOptions),
				...readCollection('Filters', [additionalParameters], stored.filters, readOptions),
			};
			const crashOptions: CrashOptions = readCollection(
				'Options',
				crashOptionsOf(operation),
				stored.options,
				readOptions,
			);
			const additional = checkedAdditional(shared.additionalParameters?.parameter ?? [], reserved);
			const read: ParameterReader = {
				fields: (own) => readParameters(own, get, ownReadOptions),
				collection: (name, own) => readCollection(collectionNames[name], own, stored[name], ownReadOptions),
			};
			const { request, execute } = operation.prepare(read, { twilio: clientOf(itemIndex), anyHost });
			return {
				request,
				execute,
				additionalParameters: additional,
				fingerprint: fingerprintOf(request, additional, origin),
				...(start.isAfterCrash && { lookBack: () => lookBackTo(request, operation, start, crashOptions) }),
			};
		} catch (error) {
			return { refused: asNodeError(context, error as Error, itemIndex) };
		}
	};
	return { prepare, clientOf };
}

/** Why an item is not worked on. What an earlier try has sent is neither too late nor sent again. */
function refusalOf(
	context: IExecuteFunctions,
	item: Prepared,
	itemIndex: number,
	recalled: Recalled | undefined,
): Error | undefined {
	if ('refused' in item) return item.refused;
	if (recalled) return undefined;
	try {
		if ('tooLate' in item.request && item.request.tooLate) throw item.request.tooLate;
		item.lookBack?.();
		return undefined;
	} catch (error) {
		return asNodeError(context, error as Error, itemIndex);
	}
}

/** Requests for the same recipient have the same key, whatever the channel. */
function recipientKey(item: Prepared): string | undefined {
	if (!('request' in item) || !('recipient' in item.request)) return undefined;
	return item.request.recipient && phoneNumberKey(item.request.recipient);
}

function checkedAdditional(parameters: ReadonlyArray<{ name: string; value: string }>, reserved: ReadonlySet<string>) {
	const repeated = parameters.find(({ name }) => reserved.has(name.toLowerCase()));
	if (repeated) {
		throw new UserError(`'Additional Parameters' repeats '${repeated.name}', which has a field of its own`);
	}
	return parameters.map(({ name, value }) => [name, value] as const);
}

/** What the items of a run share. */
interface Run {
	context: IExecuteFunctions;
	memory: RunMemory;
	lostMessages: LostMessages;
	/** Those of an execution that was cut off. */
	earlierMessages: EarlierMessages | undefined;
	/** What is known to have come of the items so far. */
	outcomes: Map<number, Outcome>;
	/** A client that sends the item's 'Additional Parameters' along; without the item, one to look at Twilio with. */
	clientOf(itemIndex: number, item?: Ready): TwilioClient;
}

/** What an earlier try has sent is not to be taken for what this one sends, and the other way round. */
function keepApart(outcome: Outcome, { lostMessages, earlierMessages }: Run): void {
	if ('done' in outcome) {
		const sid = 'sid' in outcome.done ? outcome.done.sid : undefined;
		lostMessages.take(sid);
		earlierMessages?.take(sid);
	} else if (outcome.lost) {
		lostMessages.add(outcome.lost);
	}
}

/** The result of an item that an earlier try has worked on. What it has lost may be there by now. */
async function recall(
	run: Run,
	item: Ready,
	{ outcome, isSameContent }: Recalled,
	itemIndex: number,
): Promise<OperationResult> {
	const toResult = (done: IDataObject | IDataObject[]) => (isSameContent ? done : withOtherContent(done));
	if ('done' in outcome) return toResult(outcome.done);
	const found = outcome.lost && (await findAndRemember(run, item, outcome.lost, itemIndex, { looks: 1 }));
	if (found) return toResult(found);
	throw new TwilioError(run.context.getNode(), outcome.unknown, { itemIndex });
}

function withOtherContent(done: IDataObject | IDataObject[]): IDataObject | IDataObject[] {
	return Array.isArray(done) ? done.map((row) => ({ ...row, ...otherContent })) : { ...done, ...otherContent };
}

/** What came of an item: told in errors, and remembered unless it only reads. */
function keep({ memory, outcomes }: Run, itemIndex: number, { fingerprint }: Ready, outcome: Outcome): void {
	if (!fingerprint) return;
	outcomes.set(itemIndex, outcome);
	memory.remember(itemIndex, fingerprint, outcome);
}

/** Does one item, and remembers what it did, or that nobody knows. */
async function runAndRemember(run: Run, item: Ready, itemIndex: number): Promise<OperationResult> {
	const { context, lostMessages, earlierMessages, clientOf } = run;
	const { request, execute, lookBack } = item;
	const twilio = clientOf(itemIndex, item);
	const sought = 'sought' in request ? request.sought : undefined;
	const send = async () => await execute({ twilio, context });
	const done = (result: OperationResult) => {
		if (!isFile(result)) keep(run, itemIndex, item, { done: result });
		if ('sid' in result) earlierMessages?.take(result.sid);
		return result;
	};
	const mayBeSentSince = lookBack?.();
	if (sought && mayBeSentSince !== undefined) {
		try {
			const earlier = await earlierMessages?.find(sought, mayBeSentSince, clientOf(itemIndex));
			if (earlier) return done(earlier);
		} catch (error) {
			throw asNodeError(context, error as Error, itemIndex);
		}
	}
	const since = systemClock.now();
	try {
		return done(sought ? await lostMessages.send(sought, twilio, send) : await send());
	} catch (error) {
		if (isUnknown(error)) {
			const lost = sought && { sought, since };
			// Before it is looked for, since the execution may be cancelled meanwhile.
			keep(run, itemIndex, item, { unknown: error.facts, lost });
			if (lost) lostMessages.add(lost);
			const found = lost && (await findAndRemember(run, item, lost, itemIndex));
			if (found) return found;
		}
		throw asNodeError(context, error as Error, itemIndex);
	}
}

/** Looks for a message whose answer was lost. */
async function findAndRemember(
	run: Run,
	item: Ready,
	lost: LostMessage,
	itemIndex: number,
	{ looks }: { looks?: number } = {},
): Promise<IDataObject | undefined> {
	const found = await run.lostMessages.find(lost, run.clientOf(itemIndex), looks);
	if (found) {
		keep(run, itemIndex, item, { done: found });
		run.earlierMessages?.take(found.sid);
	}
	return found;
}

/** Whether nobody knows if Twilio has acted. */
function isUnknown(error: unknown): error is TwilioError {
	return isTwilioError(error) && error.outcome === 'unknown';
}

function asNodeError(context: IExecuteFunctions, error: Error, itemIndex: number) {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const { description } = error as Error & { description?: string };
	return new NodeOperationError(context.getNode(), error, { itemIndex, description });
}

/** Tells in a node's error what had been done at Twilio when it stopped, and of what nobody knows. */
function withDone(
	error: Error & { description?: string | null },
	outcomes: ReadonlyMap<number, Outcome>,
	itemCount: number,
): Error {
	const inOrder = [...outcomes].sort(([one], [other]) => one - other);
	const done = inOrder.flatMap(([, outcome]) => ('done' in outcome ? [outcome.done] : []));
	const unknown = inOrder.flatMap(([itemIndex, outcome]) => ('unknown' in outcome ? [itemIndex] : []));
	const sids = done
		.flatMap((rows) => (Array.isArray(rows) ? rows : [rows]))
		.flatMap(({ sid }) => (typeof sid === 'string' ? [sid] : []));
	error.description = [
		error.description,
		done.length > 0 && `Already done before this, for ${done.length} of ${itemCount} items${listed(sids)}`,
		unknown.length > 1 && `Nobody knows whether it was done for the items${listed(unknown)}`,
	]
		.filter(Boolean)
		.join('\n');
	return error;
}

function listed(values: ReadonlyArray<string | number>): string {
	if (values.length === 0) return '';
	return `: ${values.slice(0, listedAtMost).join(', ')}${values.length > listedAtMost ? ', …' : ''}`;
}

function toItems(settled: Settled<OperationResult>, item: number): INodeExecutionData[] {
	const pairedItem = { item };
	if (settled.status === 'skipped') return [];
	if (settled.status === 'rejected') {
		const { reason } = settled;
		const message = reason instanceof Error ? reason.message : String(reason);
		return [{ json: { error: message, details: errorDetails(reason) }, pairedItem }];
	}
	const result = settled.value;
	if (Array.isArray(result)) return result.map((json) => ({ json, pairedItem }));
	if (isFile(result)) return [{ ...result, pairedItem }];
	return [{ json: result, pairedItem }];
}

function isFile(result: OperationResult): result is Extract<OperationResult, { binary: unknown }> {
	return 'json' in result && 'binary' in result;
}
