import { PollContext } from 'n8n-core';
import type {
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IPollFunctions,
	IWorkflowSettings,
	Workflow,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createAdditionalData, type CredentialOptions } from './additionalData';
import { createNode, createWorkflow, nodeName } from './workflow';

/** A workflow that starts with a polling trigger. */
export interface PollingOptions extends CredentialOptions {
	/** The trigger under test, `new TwilioTrigger()`. */
	node: INodeType;
	parameters?: INodeParameters;
	settings?: IWorkflowSettings;
	/** What an earlier activation left in the database; see {@link PollingWorkflow.saved}. */
	saved?: IDataObject;
	/** How long n8n lets one poll take, in milliseconds (`getPollBudgetMs`). */
	pollBudgetMs?: number;
}

/**
 * A polling trigger over time, with n8n's habit of saving static data only sometimes: after an activation and with rows
 * that start an execution, but neither after a poll that finds nothing nor after one that throws. What such a poll
 * changed stays in memory until the next save or restart.
 */
export class PollingWorkflow {
	/** The workflow's static data in the database. The node's own part is under `node:Node`. */
	saved: IDataObject;

	private workflow: Workflow;

	private context: IPollFunctions;

	constructor(private readonly options: PollingOptions) {
		this.saved = structuredClone(options.saved ?? {});
		this.workflow = this.load();
		this.context = this.createContext('trigger', 'activate');
	}

	/** Publishes the workflow: polls at once. Rejects if that poll throws (n8n would try again, then give up). */
	async activate(mode: WorkflowActivateMode = 'activate'): Promise<INodeExecutionData[] | null> {
		this.workflow = this.load();
		this.context = this.createContext('trigger', mode);
		const rows = await this.poll();
		this.save();
		return rows;
	}

	/** One tick of the schedule: the rows of the execution it starts, or null. */
	async poll(): Promise<INodeExecutionData[] | null> {
		const rows = await this.call(this.context);
		if (rows) this.save();
		return rows;
	}

	/** n8n stops and starts again: memory is gone, what was saved is loaded, and polls at once. */
	async restart(): Promise<INodeExecutionData[] | null> {
		return await this.activate('init');
	}

	/** The button "Fetch Test Event": sees the saved static data, and its changes to it are dropped. */
	async fetchTestEvent(): Promise<INodeExecutionData[] | null> {
		const workflow = this.load();
		return await this.call(this.createContext('manual', 'manual', workflow));
	}

	private async call(context: IPollFunctions): Promise<INodeExecutionData[] | null> {
		const { poll } = this.options.node;
		if (!poll) throw new Error(`${this.options.node.description.name} does not poll`);
		const outputs = await poll.call(context);
		return outputs ? (outputs[0] ?? []) : null;
	}

	private createContext(
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
		workflow: Workflow = this.workflow,
	): IPollFunctions {
		const node = workflow.getNode(nodeName);
		if (!node) throw new Error('The workflow has lost its trigger');
		const budget = this.options.pollBudgetMs;
		return new PollContext(
			workflow,
			node,
			createAdditionalData(this.options, mode),
			mode,
			activation,
			undefined,
			undefined,
			undefined,
			undefined,
			undefined,
			...(budget === undefined ? [] : [() => budget]),
		);
	}

	private load(): Workflow {
		const { node, parameters, settings, credentials } = this.options;
		return createWorkflow({
			nodes: [createNode(nodeName, 'node', parameters, {}, credentials)],
			nodeTypes: { node },
			settings,
			staticData: structuredClone(this.saved),
			active: true,
		});
	}

	private save(): void {
		const { staticData } = this.workflow;
		if (staticData.__dataChanged !== true) return;
		this.saved = JSON.parse(JSON.stringify(staticData)) as IDataObject;
		staticData.__dataChanged = false;
	}
}
