import {
	NodeConnectionTypes,
	type EngineRequest,
	type EngineResponse,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

function describe(name: string, inputs: string[], outputs: string[]): INodeTypeDescription {
	return {
		displayName: name,
		name,
		icon: 'fa:vial',
		group: ['transform'],
		version: 1,
		description: 'Only for tests',
		defaults: { name },
		inputs: inputs as INodeTypeDescription['inputs'],
		outputs: outputs as INodeTypeDescription['outputs'],
		properties: [],
	};
}

/** Passes on what the test puts in, so that the node under test has a node before it, as in any workflow. */
export class StartNode implements INodeType {
	description = describe('start', [NodeConnectionTypes.Main], [NodeConnectionTypes.Main]);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}

/** n8n's "Loop Over Items", reduced: output 1 carries batch after batch, output 0 everything that came back. */
export class LoopNode implements INodeType {
	description = describe('loop', [NodeConnectionTypes.Main], [NodeConnectionTypes.Main, NodeConnectionTypes.Main]);

	execute: NonNullable<INodeType['execute']>;

	constructor(batchSize: number) {
		this.execute = async function (this: IExecuteFunctions) {
			const context = this.getContext('node') as { waiting?: INodeExecutionData[]; done?: INodeExecutionData[] };
			if (context.waiting) {
				context.done?.push(...this.getInputData());
			} else {
				context.waiting = [...this.getInputData()];
				context.done = [];
			}
			const batch = context.waiting.splice(0, batchSize);
			return batch.length > 0 ? [[], batch] : [context.done ?? [], []];
		};
	}
}

/** What an agent's language model would choose to call the tool with: values for its `$fromAI()` parameters. */
export type ToolArguments = IDataObject;

/** The part of a tool that agents use. */
export interface Tool {
	name: string;
	description: string;
	invoke: (toolArguments: ToolArguments) => Promise<string>;
}

/**
 * An AI agent whose model is the test: calls its one tool with the given arguments, one after the other, and gives an
 * item per call, `{ answer }` or `{ error }`.
 *
 * n8n has two ways to run a tool. Older agents invoke it themselves (`invoke`); newer ones ask the engine to execute the
 * tool's node and are started again with the result (`engine`).
 */
export class AgentNode implements INodeType {
	description = describe('agent', [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool], [NodeConnectionTypes.Main]);

	/** The tool as the agent got to see it. */
	tool?: Tool;

	execute: NonNullable<INodeType['execute']>;

	constructor(calls: ToolArguments[], way: 'invoke' | 'engine', toolNode: string) {
		// eslint-disable-next-line @typescript-eslint/no-this-alias -- n8n calls `execute` with its context as `this`
		const agent = this;

		async function invokeTool(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			const tools = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Tool[];
			agent.tool = tools[0];
			const answers: INodeExecutionData[] = [];
			for (const toolArguments of calls) {
				try {
					answers.push({ json: { answer: JSON.parse((await agent.tool?.invoke(toolArguments)) ?? 'null') } });
				} catch (error) {
					answers.push({ json: { error: (error as Error).message } });
				}
			}
			return [answers];
		}

		function askEngine(response?: EngineResponse): INodeExecutionData[][] | EngineRequest {
			const results = response?.actionResponses ?? [];
			if (results.length === 0) {
				return {
					actions: calls.map((input, index) => ({
						actionType: 'ExecutionNodeAction' as const,
						nodeName: toolNode,
						input,
						type: NodeConnectionTypes.AiTool,
						id: `call-${index}`,
						metadata: { itemIndex: 0 },
					})),
					metadata: {},
				};
			}
			return [results.map(({ data }) => ({ json: { answer: data.data?.ai_tool?.[0]?.map(({ json }) => json) } }))];
		}

		this.execute = async function (this: IExecuteFunctions, response?: EngineResponse) {
			return way === 'invoke' ? await invokeTool.call(this) : askEngine(response);
		};
	}
}
