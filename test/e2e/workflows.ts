import type { CredentialReference, WorkflowJson } from '../../dev/n8n';

/** A node of a workflow, without what n8n does not need from a test. */
export interface NodeJson {
	readonly name: string;
	readonly type: string;
	readonly typeVersion: number;
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly credentials?: Readonly<Record<string, CredentialReference>>;
	/** `continueRegularOutput`, `continueErrorOutput` or, without it, stop. */
	readonly onError?: string;
	readonly retryOnFail?: boolean;
	readonly maxTries?: number;
	/** Milliseconds. */
	readonly waitBetweenTries?: number;
	readonly alwaysOutputData?: boolean;
	readonly executeOnce?: boolean;
	readonly webhookId?: string;
}

/** The node "When clicking ‘Execute workflow’". */
export const manualTrigger: NodeJson = {
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	parameters: {},
};

/** A node named "Items" that gives these rows, one item each. */
export function items(rows: ReadonlyArray<Readonly<Record<string, unknown>>>): NodeJson {
	return {
		name: 'Items',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: { jsCode: `return ${JSON.stringify(rows.map((json) => ({ json })))};` },
	};
}

/** A workflow that runs these nodes one after the other, starting with the first. */
export function chain(name: string, nodes: readonly NodeJson[]): WorkflowJson {
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map((next, index) => [nodes[index]?.name ?? '', { main: [[{ node: next.name, type: 'main', index: 0 }]] }]),
	);
	return {
		name,
		nodes: nodes.map((node, index) => ({ id: `node-${index}`, position: [index * 200, 0], ...node })),
		connections,
		settings: { executionOrder: 'v1' },
	};
}
