import { WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	jsonStringify,
	type ExecutionError,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IRun,
	type IRunExecutionData,
	type ITaskData,
	type IWorkflowSettings,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { createAdditionalData, executionId, type CredentialOptions } from './additionalData';
import { LoopNode, StartNode } from './testNodes';
import { chain, createNode, createWorkflow, nodeName, type NodeSettings } from './workflow';

/** What a test says about one execution. */
export interface RunOptions extends CredentialOptions, NodeSettings {
	/** The node under test, `new Twilio()`. */
	node: INodeType;
	/** As saved in a workflow: expressions start with `=`, absent parameters have their defaults. */
	parameters?: INodeParameters;
	/** The json of the input items; one empty item unless given. */
	items?: IDataObject[];
	/** The workflow's settings, e.g. `timezone` (n8n's default is America/New_York) and `binaryMode`. */
	settings?: IWorkflowSettings;
	mode?: WorkflowExecuteMode;
}

/** What came of an execution. */
export interface NodeRun {
	/** What the node put out, per output, in its last run; empty if that failed. With `continueErrorOutput`, 1 is the error output. */
	outputs: INodeExecutionData[][];
	/** The json of the first output, for short assertions. */
	json: IDataObject[];
	/** Why the execution failed. As n8n keeps it: a plain object with the error's own properties, no instance. */
	error?: ExecutionError;
	/** All runs of the node, one per turn of a loop. */
	runs: ITaskData[];
	/** What the node keeps in `getContext('node')`; n8n saves it with the execution. */
	contextData: IDataObject;
	/** Everything n8n knows about the execution. */
	run: IRun;
	/** How to continue this execution; see {@link retryExecution}. */
	workflow: WorkflowSetup;
}

/** Everything that is needed to start the same workflow again. */
export interface WorkflowSetup extends CredentialOptions {
	nodes: INode[];
	connections: IConnections;
	nodeTypes: Record<string, INodeType>;
	settings?: IWorkflowSettings;
}

/** Runs a workflow from prepared execution data in n8n's engine. Rejects if n8n refuses to start it ("parameter is required"). */
export async function execute(
	setup: WorkflowSetup,
	runExecutionData: IRunExecutionData,
	mode: WorkflowExecuteMode,
	{ isReadable = true }: { isReadable?: boolean } = {},
): Promise<NodeRun> {
	const saved = savedCopy(runExecutionData);
	const additionalData = createAdditionalData(setup, mode, {
		// As in n8n without "Save execution progress": what it saved when the execution began.
		getRunExecutionData: async (id) => (isReadable && id === executionId ? saved : undefined),
	});
	const run = await new WorkflowExecute(additionalData, mode, runExecutionData).processRunExecutionData(
		createWorkflow(setup),
	);
	const { resultData, executionData } = run.data;
	const runs = resultData.runData[nodeName] ?? [];
	const outputs = (runs.at(-1)?.data?.main ?? []).map((items) => items ?? []);
	return {
		outputs,
		json: (outputs[0] ?? []).map((item) => item.json),
		error: resultData.error,
		runs,
		contextData: (executionData?.contextData[`node:${nodeName}`] ?? {}) as IDataObject,
		run,
		workflow: setup,
	};
}

/** Execution data of a workflow that begins at its first node with these items. */
export function startWith(setup: WorkflowSetup, items: IDataObject[] = [{}]): IRunExecutionData {
	const node = setup.nodes[0];
	if (!node) throw new Error('A workflow needs a node to start with');
	return createRunExecutionData({
		executionData: {
			nodeExecutionStack: [
				{ node, data: { main: [items.map((json) => ({ json: structuredClone(json) }))] }, source: null },
			],
		},
	});
}

function savedCopy(data: IRunExecutionData): IRunExecutionData {
	return JSON.parse(jsonStringify(data, { replaceCircularRefs: true })) as IRunExecutionData;
}

function nodeUnderTest({ parameters, credentials, ...settings }: RunOptions): INode {
	const { onError, retryOnFail, maxTries, waitBetweenTries, executeOnce, alwaysOutputData } = settings;
	return createNode(
		nodeName,
		'node',
		parameters,
		{ onError, retryOnFail, maxTries, waitBetweenTries, executeOnce, alwaysOutputData },
		credentials,
	);
}

/** Executes the node once with all items, in the workflow `Start → Node`. */
export async function runNode(options: RunOptions): Promise<NodeRun> {
	const { node, items, credentials, credentialTypes, settings, mode = 'trigger' } = options;
	const setup: WorkflowSetup = {
		nodes: [createNode('Start', 'start'), nodeUnderTest(options)],
		connections: chain('Start', nodeName),
		nodeTypes: { start: new StartNode(), node },
		credentials,
		credentialTypes,
		settings,
	};
	return await execute(setup, startWith(setup, items), mode);
}

/**
 * Executes the node inside a loop, `Start → Loop → Node → Loop`: it runs once per batch, with a run index that grows.
 * `runs` has what each turn gave; `done` all items the loop collected.
 */
export async function runInLoop(
	options: RunOptions & { batchSize?: number },
): Promise<NodeRun & { done: INodeExecutionData[] }> {
	const { node, items, credentials, credentialTypes, settings, mode = 'trigger', batchSize = 1 } = options;
	const setup: WorkflowSetup = {
		nodes: [createNode('Start', 'start'), createNode('Loop', 'loop'), nodeUnderTest(options)],
		connections: {
			...chain('Start', 'Loop'),
			Loop: { main: [[], [{ node: nodeName, type: 'main', index: 0 }]] },
			[nodeName]: { main: [[{ node: 'Loop', type: 'main', index: 0 }]] },
		},
		nodeTypes: { start: new StartNode(), loop: new LoopNode(batchSize), node },
		credentials,
		credentialTypes,
		settings,
	};
	const result = await execute(setup, startWith(setup, items), mode);
	return { ...result, done: result.run.data.resultData.runData.Loop?.at(-1)?.data?.main?.[0] ?? [] };
}

/**
 * The button "Retry" of a failed execution: loads what n8n saved, forgets the failed run of the last node, and goes on
 * from there. `changes` is "Retry with currently saved workflow" after the user edited the node or its credential.
 */
export async function retryExecution(
	{ run, workflow }: NodeRun,
	changes: Pick<RunOptions, 'parameters' | 'credentials'> = {},
): Promise<NodeRun> {
	const saved = savedCopy(run.data);
	const { lastNodeExecuted, runData } = saved.resultData;
	if (!saved.resultData.error || !lastNodeExecuted) throw new Error('n8n retries failed executions only');
	delete saved.resultData.error;
	const lastRuns = runData[lastNodeExecuted];
	if (lastRuns?.at(-1)?.error !== undefined) lastRuns.pop();

	const { parameters, credentials = workflow.credentials } = changes;
	const setup: WorkflowSetup = {
		...workflow,
		credentials,
		nodes: workflow.nodes.map((node) => (node.name === nodeName && parameters ? { ...node, parameters } : node)),
	};
	if (parameters) {
		const current = createWorkflow(setup);
		for (const entry of saved.executionData?.nodeExecutionStack ?? []) {
			entry.node = current.getNode(entry.node.name) ?? entry.node;
		}
	}
	return await execute(setup, saved, 'retry');
}

/**
 * The button "Retry" of an execution during which n8n was killed: n8n has what it saved when the execution began, and begins
 * anew. `context` is whether a context had been saved with it, as with all but sub-workflows; `isReadable` whether the node can
 * read what was saved.
 */
export async function retryAfterCrash(
	{ workflow }: Pick<NodeRun, 'workflow'>,
	{
		items,
		context = true,
		isReadable,
		mode = 'retry',
	}: Pick<RunOptions, 'items' | 'mode'> & { context?: boolean; isReadable?: boolean } = {},
): Promise<NodeRun> {
	const data = startWith(workflow, items);
	if (context && data.executionData) {
		data.executionData.runtimeData = { version: 1, establishedAt: Date.now() - 1000, source: 'webhook' };
	}
	return await execute(workflow, data, mode, { isReadable });
}
