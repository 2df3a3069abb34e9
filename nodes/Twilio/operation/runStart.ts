import type { IDataObject, IExecuteFunctions, IRunExecutionData } from 'n8n-workflow';

/** How a run of the node begins. */
export interface RunStart {
	/** Whether this is the retry of an execution that was cut off, so that nothing tells what it has done in this run. */
	readonly isAfterCrash: boolean;
	/** When the execution that was cut off began, in milliseconds, where n8n tells. */
	readonly since?: number;
	/** The run has come to its end. */
	end(): void;
}

/** What a retry goes on from. */
interface Restart extends IDataObject {
	/** Whether n8n has kept nothing of what was done: the retry goes back to the trigger. */
	isFromStart: boolean;
	/** Runs that n8n may have been killed in, by the name of their node. */
	cutOff: Record<string, number>;
}

/**
 * Notes in the node's context that this run has begun, and tells whether an earlier try of it was cut off. n8n saves the
 * context of an execution that fails, and so the note is there if that is retried. When n8n is killed it saves nothing: the
 * retry goes back to where n8n had saved the execution last, and finds no note.
 *
 * A retry after another node has failed finds no note either, but begins with that node.
 */
export async function startRun(context: IExecuteFunctions): Promise<RunStart> {
	const runIndex = context.getWorkflowDataProxy(0).$runIndex as number;
	const notes = (context.getContext('node').twilioBegun ??= {}) as Record<number, 'begun' | 'cutOff'>;
	notes[runIndex] ??= (await wasCutOff(context, runIndex)) ? 'cutOff' : 'begun';
	const { source, establishedAt } = context.getExecutionContext?.() ?? {};
	return {
		isAfterCrash: notes[runIndex] === 'cutOff',
		// A retry that had to make its own context knows nothing of the execution before.
		since: source === 'retry' ? undefined : establishedAt,
		end() {
			delete notes[runIndex];
		},
	};
}

async function wasCutOff(context: IExecuteFunctions, runIndex: number): Promise<boolean> {
	if (context.getMode() !== 'retry') return false;
	const executionId = context.getExecutionId();
	// All nodes of the retry share it: with "Save execution progress", n8n soon overwrites what it has saved.
	const flow = context.getContext('flow') as { twilioRestart?: Restart & { executionId: string } };
	if (flow.twilioRestart?.executionId !== executionId) {
		flow.twilioRestart = { executionId, ...(await readRestart(context, executionId)) };
	}
	const { isFromStart, cutOff } = flow.twilioRestart;
	return isFromStart || cutOff[context.getNode().name] === runIndex;
}

/** Reads what n8n has saved of the retry, which is what it had saved of the execution before. */
async function readRestart(context: IExecuteFunctions, executionId: string): Promise<Restart> {
	const saved = await context.getExecutionDataById(executionId).catch(() => undefined);
	const first = saved?.executionData?.nodeExecutionStack[0];
	if (!saved || !first) {
		// n8n gives an execution a context as it starts, and a retry only where none was saved: nothing else was either.
		return { isFromStart: context.getExecutionContext?.()?.source === 'retry', cutOff: {} };
	}
	const { runData } = saved.resultData;
	const names = Object.keys(runData).filter((name) => hasCrashed(runData[name] ?? []));
	if (!hasRunBefore(saved)) names.push(first.node.name);
	return {
		isFromStart: first.source === null,
		cutOff: Object.fromEntries(names.map((name) => [name, runData[name]?.length ?? 0])),
	};
}

type Runs = IRunExecutionData['resultData']['runData'][string];

/**
 * n8n adds a run for each node that was at work when it was killed, as far as its event log tells, and takes that of the
 * last one out again for the retry.
 */
function hasCrashed(runs: Runs): boolean {
	return runs.length === 0 || runs.at(-1)?.executionStatus === 'crashed';
}

/**
 * Whether the retry itself had executed a node before n8n saved this, as it does with "Save execution progress": n8n counts
 * the nodes of each start from 0.
 */
function hasRunBefore({ resultData }: IRunExecutionData): boolean {
	const indexes = Object.values(resultData.runData).flatMap((runs) => runs.map(({ executionIndex }) => executionIndex));
	return new Set(indexes).size < indexes.length;
}
