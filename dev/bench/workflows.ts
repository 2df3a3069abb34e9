import type { CredentialReference, WorkflowJson } from '../n8n';

/** The node that a benchmark measures. */
export interface MeasuredNode {
	readonly type: string;
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly credentials: Readonly<Record<string, CredentialReference>>;
}

/** The name of the measured node in its workflow. */
export const measured = 'Measured';

/**
 * A workflow that gives some items to the measured node.
 *
 * @param itemsCode JavaScript expression for the list of the items' json, evaluated by n8n
 */
export function measuringWorkflow(itemsCode: string, node: MeasuredNode): WorkflowJson {
	const nodes = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		{
			name: 'Items',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: { jsCode: `return (${itemsCode}).map((json) => ({ json }));` },
		},
		{ name: measured, typeVersion: 1, ...node },
	];
	return {
		name: 'Benchmark',
		nodes: nodes.map((each, index) => ({ id: `node-${index}`, position: [index * 200, 0], ...each })),
		connections: { Start: leadsTo('Items'), Items: leadsTo(measured) },
		settings: { executionOrder: 'v1' },
	};
}

function leadsTo(node: string) {
	return { main: [[{ node, type: 'main', index: 0 }]] };
}
