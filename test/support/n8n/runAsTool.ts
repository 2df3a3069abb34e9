import { NodeConnectionTypes, NodeHelpers, type IDataObject, type INodeType } from 'n8n-workflow';
import { AgentNode, StartNode, type Tool, type ToolArguments } from './testNodes';
import { execute, startWith, type NodeRun, type RunOptions, type WorkflowSetup } from './runNode';
import { chain, createNode, nodeName } from './workflow';

/** The variant of a node that n8n offers to agents, made the way n8n makes it when it loads a node `usableAsTool`. */
export function asTool(node: INodeType): INodeType {
	if (!node.description.usableAsTool) throw new Error(`${node.description.name} is not usableAsTool`);
	const description = structuredClone(node.description);
	description.name += 'Tool';
	description.displayName += ' Tool';
	description.inputs = [];
	description.outputs = [NodeConnectionTypes.AiTool];
	delete description.usableAsTool;
	description.properties.unshift(
		{
			displayName: 'Tool Description',
			name: 'descriptionType',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Set Automatically', value: 'auto' },
				{ name: 'Set Manually', value: 'manual' },
			],
			default: 'auto',
		},
		{
			displayName: 'Description',
			name: 'toolDescription',
			type: 'string',
			default: description.description,
			required: true,
			displayOptions: { show: { descriptionType: ['manual'] } },
		},
	);
	return Object.create(node, { description: { value: description } }) as INodeType;
}

/** What an agent got from its tool. */
export interface ToolRun extends NodeRun {
	/** Per call, `{ answer }` with the json of all items, or `{ error }` with a message. */
	answers: IDataObject[];
	/** Name and description of the tool as the language model reads them; only for the way `invoke`. */
	tool?: Tool;
}

/**
 * Runs the node as the tool of an AI agent, which calls it once per entry of `calls`. Parameters take what the model
 * chose by `={{ $fromAI('name', 'description') }}`.
 *
 * `way` is how the agent calls: `invoke` (default) the tool itself, where n8n starts each try of "Retry On Fail" with a
 * new run index, or `engine`, where n8n's engine executes the node like any other.
 */
export async function runAsTool(
	options: RunOptions & { calls: ToolArguments[]; way?: 'invoke' | 'engine' },
): Promise<ToolRun> {
	const {
		node,
		parameters,
		items,
		calls,
		way = 'invoke',
		credentials,
		credentialTypes,
		settings,
		mode = 'trigger',
	} = options;
	const { onError, retryOnFail, maxTries, waitBetweenTries } = options;
	const agent = new AgentNode(calls, way, nodeName);
	const setup: WorkflowSetup = {
		nodes: [
			createNode('Start', 'start'),
			createNode('Agent', 'agent'),
			createNode(nodeName, 'node', parameters, { onError, retryOnFail, maxTries, waitBetweenTries }, credentials),
		],
		connections: {
			...chain('Start', 'Agent'),
			[nodeName]: { ai_tool: [[{ node: 'Agent', type: NodeConnectionTypes.AiTool, index: 0 }]] },
		},
		nodeTypes: { start: new StartNode(), agent, node: asTool(node) },
		credentials,
		credentialTypes,
		settings,
	};
	const result = await execute(setup, startWith(setup, items), mode);
	const answers = result.run.data.resultData.runData.Agent?.at(-1)?.data?.main?.[0] ?? [];
	return { ...result, answers: answers.map((item) => item.json), tool: agent.tool };
}

/** The description an agent reads, e.g. to assert that it names resource and operation. */
export function toolDescription(node: INodeType, parameters: RunOptions['parameters']): string {
	const tool = asTool(node);
	return NodeHelpers.getToolDescriptionForNode(createNode(nodeName, 'node', parameters), tool);
}
