/** One item as n8n stores it. */
export interface StoredItem {
	json: Record<string, unknown>;
	binary?: Record<string, StoredBinary>;
	pairedItem?: unknown;
	error?: unknown;
}

/** A file of an item. `id` is what the REST interface downloads it by. */
export interface StoredBinary {
	id?: string;
	data: string;
	mimeType: string;
	fileName?: string;
	fileSize?: string;
}

/** An error as n8n stores it with an execution. */
export interface StoredError {
	name?: string;
	message: string;
	description?: string | null;
	httpCode?: string | null;
	context?: Record<string, unknown>;
	[key: string]: unknown;
}

/** One run of one node; `data.main[output]` are the items of an output. */
export interface NodeRun {
	data?: { main?: Array<StoredItem[] | null>; [connection: string]: Array<StoredItem[] | null> | undefined };
	error?: StoredError;
	executionStatus?: string;
	startTime: number;
	executionTime: number;
}

/** What the list of executions shows. */
export interface ExecutionSummary {
	id: string;
	workflowId: string;
	mode: string;
	/** `new`, `running`, `waiting`, `success`, `error`, `crashed` or `canceled`. */
	status: string;
	retryOf?: string | null;
	startedAt: string;
	stoppedAt?: string;
}

/** An execution with everything its nodes did. */
export interface Execution extends ExecutionSummary {
	data: {
		resultData: { runData: Record<string, NodeRun[]>; error?: StoredError; lastNodeExecuted?: string };
		executionData?: unknown;
	};
}

const unfinished = new Set(['new', 'running', 'waiting', 'unknown']);

/** Whether nothing more will happen to this execution by itself. */
export function isFinished({ status }: ExecutionSummary): boolean {
	return !unfinished.has(status);
}

/** The items a node gave on one of its outputs in its last run; none when it did not run. */
export function itemsOf(execution: Execution, node: string, output = 0): StoredItem[] {
	return execution.data.resultData.runData[node]?.at(-1)?.data?.main?.[output] ?? [];
}

/** The `json` of the items a node gave on one of its outputs in its last run. */
export function jsonOf(execution: Execution, node: string, output = 0): Array<Record<string, unknown>> {
	return itemsOf(execution, node, output).map(({ json }) => json);
}

/** What stopped the execution, if anything did. */
export function errorOf(execution: Execution): StoredError | undefined {
	return execution.data.resultData.error;
}
