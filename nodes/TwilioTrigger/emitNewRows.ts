import type { IDataObject, INodeExecutionData, IPollFunctions, WorkflowActivateMode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { createTwilioClient, type TwilioClient } from '../shared/api/client';
import { credentialType, type TwilioCredentials } from '../shared/api/credentials';
import { isTwilioError } from '../shared/api/errors';
import { hasCustomBaseUrl } from '../shared/api/hosts';
import { readParameters } from '../shared/fields/readParameters';
import { secondsOf } from '../shared/lists/listDate';
import { setLatest } from '../shared/n8n/setLatest';
import { savedMemory, triggerMemories } from '../shared/n8n/triggerMemories';
import { whenTaken } from '../shared/n8n/whenTaken';
import { streamOf } from './engine/cursor';
import type { DatedList, UndatedList } from './engine/list';
import { newestRows } from './engine/newestRows';
import type { EngineOptions, ListPage, Refusal } from './engine/page';
import { runSession, type SessionResult } from './engine/session';
import { TakenRows, type Taken } from './engine/takenRows';
import { identityOf, typedBeginning, type SourceParameters } from './identity';
import type { PollSource } from './pollSource';
import { fieldsOf } from './toProperties';

/** Milliseconds for one poll where n8n does not say. */
const defaultBudget = 300_000;

/** Milliseconds that a poll may exceed its time: the retries of one request, and its last try. */
const grace = 120_000;

/** Rows to show for a test. */
const samples = 3;

/** Contexts that have polled. n8n has one for all polls of an activation, and says 'activate' at each of them. */
const begun = new WeakSet<IPollFunctions>();

/** What n8n has taken of each trigger's rows; of too many triggers, the one that polled the longest ago is forgotten. */
const takenByTrigger = new Map<string, TakenRows>();
const maxTriggers = 1000;

/** Activations that n8n makes by itself, when it starts or when one of several processes takes over from another. */
const withoutUser: readonly string[] = ['init', 'leadershipChange'] satisfies WorkflowActivateMode[];

/**
 * One poll, or what the button "Fetch Test Event" shows.
 *
 * A user who publishes a workflow sees that its first poll fails. Nobody looks when n8n starts, and there n8n would try for
 * 42 seconds and then never again, not even when it is started the next time; so the trigger goes on with the next poll.
 */
export async function emitNewRows(
	context: IPollFunctions,
	sources: readonly PollSource[],
): Promise<INodeExecutionData[][] | null> {
	try {
		return await pollOrShow(context, sources);
	} catch (error) {
		const problem = asNodeError(context, error as Error);
		if (begun.has(context) || !withoutUser.includes(context.getActivationMode())) throw problem;
		begun.add(context);
		context.logger.warn(
			`"${context.getNode().name}" could not poll when its workflow was activated, and goes on with its next poll: ${problem.message}`,
		);
		return null;
	}
}

async function pollOrShow(
	context: IPollFunctions,
	sources: readonly PollSource[],
): Promise<INodeExecutionData[][] | null> {
	const source = sourceOf(context, sources);
	const credentials = await context.getCredentials<TwilioCredentials & IDataObject>(credentialType);
	const { limit, ...parameters } = readSource(context, source, credentials);
	const twilio = createTwilioClient(context, credentials);
	const list = source.watch({ parameters, twilio });
	if (context.getMode() === 'manual')
		return [context.helpers.returnJsonArray(await sample(context, source, list, twilio))];

	const budget = context.getPollBudgetMs?.() ?? defaultBudget;
	const start = Date.now();
	const startsAnew =
		parameters.options.onActivation === 'startNow' && context.getActivationMode() === 'activate' && !begun.has(context);
	const beginning = typedBeginning(context, parameters);
	const { stored, keep } = cursorsOf(context);
	const found = await runSession(list, {
		activation: context,
		stored,
		stream: streamOf([credentials.accountSid, source.value, identityOf(context, source, parameters)]),
		startsAnew,
		...(beginning !== undefined && { beginning: streamOf(beginning) }),
		limit,
		fetchPage: fetchPages(context, list, twilio),
		clock: Date.now,
		// The last page may take as long as all before it.
		mayContinue: () => Date.now() - start < budget / 2,
		leaseTime: budget + grace,
		onNotice: (notice) => context.logger.warn(`"${context.getNode().name}": ${notice}`),
		onProblem: (problem) =>
			context.logger.warn(`${problem}, so that "${context.getNode().name}" starts anew, with what comes from now on`),
	});
	if (!found) return null;
	begun.add(context);
	keep(found);
	return found.rows.length > 0 ? [context.helpers.returnJsonArray(found.rows)] : null;
}

/**
 * Where a poll finds copies of the cursor, and what makes sure that the next one finds this poll's, even where n8n has read
 * the static data before that was saved, or lets another trigger save an older copy.
 */
function cursorsOf(context: IPollFunctions): { stored: unknown[]; keep(found: SessionResult): void } {
	const data = context.getWorkflowStaticData('node');
	const saved = savedMemory(context).cursor;
	// n8n's durable scheduler keeps the cursor apart from the static data, and stores it together with the execution, or neither.
	if (!('__dataChanged' in data)) {
		return {
			stored: [data.cursor, saved],
			keep({ rows, cursor, release }) {
				data.cursor = cursor as IDataObject;
				triggerMemories.set(context, {});
				// It does not store that of an activation that finds nothing, but then n8n saves the static data.
				if (rows.length === 0) triggerMemories.saveBeginning(context, { cursor: cursor as IDataObject });
				release();
			},
		};
	}
	const known = () => triggerMemories.get(context)?.cursor;
	const remember = (cursor: unknown) => {
		triggerMemories.set(context, { cursor: cursor as IDataObject });
		triggerMemories.save(context);
	};
	const takenRows = takenRowsOf(context);
	return {
		stored: [known(), saved],
		keep(found) {
			const keep = () => {
				const { cursor, taken } = takenRows.keep(found, known());
				remember(cursor);
				found.release();
				return taken;
			};
			if (found.rows.length === 0) {
				keep();
				return;
			}
			whenTaken(context, () => {
				const taken = keep() as Taken;
				return {
					isStored: () => takenRows.isStored(taken),
					isLost(error) {
						const before = takenRows.isLost(taken, known());
						if (!before) return;
						remember(before);
						context.logger.warn(
							`n8n could not store an execution for "${context.getNode().name}" (${error.message}), so that its rows come again with the next poll`,
						);
					},
				};
			});
		},
	};
}

function takenRowsOf(context: IPollFunctions): TakenRows {
	const trigger = `${context.getWorkflow().id}/${context.getNode().id}`;
	const rows = takenByTrigger.get(trigger) ?? new TakenRows();
	setLatest(takenByTrigger, trigger, rows, maxTriggers);
	return rows;
}

function sourceOf(context: IPollFunctions, sources: readonly PollSource[]): PollSource {
	const event = context.getNodeParameter('event');
	const source = sources.find(({ value }) => value === event);
	if (!source) throw new NodeOperationError(context.getNode(), `There is no event "${String(event)}" to trigger on`);
	return source;
}

function readSource(
	context: IPollFunctions,
	source: PollSource,
	credentials: TwilioCredentials,
): SourceParameters & { limit: number } {
	const read = readParameters(fieldsOf(source), (name, fallback) => context.getNodeParameter(name, fallback), {
		timezone: context.getTimezone(),
		anyHost: hasCustomBaseUrl(credentials),
	}) as unknown as SourceParameters & { limit: number };
	return { ...read, filters: read.filters ?? {} };
}

/** The pages of a list; their host and path are always the list's own, whatever is stored. */
function fetchPages(
	context: IPollFunctions,
	{ url }: DatedList | UndatedList,
	twilio: TwilioClient,
): EngineOptions['fetchPage'] {
	return async (query): Promise<ListPage | Refusal> => {
		try {
			const { rows, next, date } = await twilio.page(query === '' ? url : `${url}?${query}`);
			return { rows, ...(next !== undefined && { next: new URL(next).search.slice(1) }), date: secondsOf(date) };
		} catch (error) {
			const refusal = asNodeError(context, error as Error);
			// An error of a request that was not answered has no status.
			if (refusal instanceof NodeApiError && !(isTwilioError(refusal) && refusal.status !== null)) throw refusal;
			return { refusal };
		}
	};
}

async function sample(
	context: IPollFunctions,
	{ noun }: PollSource,
	list: DatedList | UndatedList,
	twilio: TwilioClient,
): Promise<IDataObject[]> {
	const rows = await newestRows(list, {
		fetchPage: fetchPages(context, list, twilio),
		count: samples,
		clock: Date.now,
	});
	if (rows.length > 0) return rows;
	throw new NodeOperationError(context.getNode(), `There is no ${noun} yet to show`, {
		description: `The account has no ${noun} that this trigger and its filters would react to. Make one happen, or loosen the filters, and fetch again.`,
	});
}

function asNodeError(context: IPollFunctions, error: Error): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const { description } = error as Error & { description?: string };
	return new NodeOperationError(context.getNode(), error, { description });
}
