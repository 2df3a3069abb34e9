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
import { createNode, createTriggerWorkflow, nodeName } from './workflow';

/** A workflow that starts with a polling trigger. */
export interface PollingOptions extends CredentialOptions {
	/** The trigger under test, `new TwilioTrigger()`. */
	node: INodeType;
	parameters?: INodeParameters;
	settings?: IWorkflowSettings;
	/** What an earlier activation left in the database; see {@link PollingWorkflow.saved}. */
	saved?: IDataObject;
	/** The trigger's name. */
	name?: string;
	/** The node's ID, which stays when it is renamed; one that goes with its name unless given. */
	nodeId?: string;
	/** Names of the workflow's other triggers. */
	beside?: readonly string[];
	/** The workflow's ID; one of its own unless given. */
	id?: string;
	/** How long n8n lets one poll take, in milliseconds (`getPollBudgetMs`). */
	pollBudgetMs?: number;
}

/**
 * A polling trigger over time, with n8n's habit of saving static data only sometimes: after an activation and with rows
 * that start an execution, but neither after a poll that finds nothing nor after one that throws. What such a poll
 * changed stays in memory until the next save or restart.
 */
export class PollingWorkflow {
	private static count = 0;

	/** The workflow's static data in the database. The node's own part is under `node:Node`. */
	saved: IDataObject;

	/** The workflow's ID, by which nodes may keep something in memory. */
	id: string;

	/** What is published, with its copy of the static data. */
	version: Workflow;

	private context: IPollFunctions;

	/** How the execution goes that the next rows start: rejects if n8n cannot store it. */
	private execution: () => Promise<unknown> = async () => {};

	/** What n8n's durable scheduler has stored. */
	private durableCursor: IDataObject = {};

	constructor(private readonly options: PollingOptions) {
		this.saved = structuredClone(options.saved ?? {});
		this.id = options.id ?? PollingWorkflow.newId();
		this.version = this.load();
		this.context = this.createContext('trigger', 'activate');
	}

	/**
	 * Publishes the workflow: polls at once. Rejects if that poll throws (n8n would try again, then give up).
	 *
	 * @param read the static data that n8n has read, perhaps a moment ago
	 * @param execution as that of {@link poll}
	 */
	async activate(
		mode: WorkflowActivateMode = 'activate',
		read = this.saved,
		execution?: () => Promise<unknown>,
	): Promise<INodeExecutionData[] | null> {
		this.version = this.load(read);
		this.context = this.createContext('trigger', mode);
		const rows = await this.poll(execution);
		this.save();
		return rows;
	}

	/**
	 * One tick of the schedule: the rows of the execution it starts; null if it finds none, or if n8n drops them.
	 *
	 * @param execution rejects if n8n cannot store it, and with what n8n throws if it is cancelled
	 */
	async poll(execution: () => Promise<unknown> = async () => {}): Promise<INodeExecutionData[] | null> {
		const { context } = this;
		this.execution = execution;
		const rows = await this.call(context);
		// Of a version that was published anew during the poll.
		if (context !== this.context) return null;
		if (rows) context.__emit([rows]);
		return rows;
	}

	/**
	 * One poll of n8n's durable scheduler: each has a context and a copy of the cursor of its own, which is stored together
	 * with the execution; and if that is refused, because the poll took too long, neither is. An activation that finds nothing
	 * stores no cursor, but saves static data.
	 */
	async pollDurably({ isRefused = false, isActivation = false } = {}): Promise<INodeExecutionData[] | null> {
		const cursor = structuredClone(this.durableCursor);
		const commit = () => {
			if (!isRefused) this.durableCursor = cursor;
		};
		const workflow = this.load();
		const context = this.createContext('trigger', isActivation ? 'activate' : 'update', {
			workflow,
			emit: commit,
			data: cursor,
		});
		const rows = await this.call(context);
		if (rows) context.__emit([rows]);
		else if (!isActivation) commit();
		if (isActivation) this.save(workflow);
		return isRefused ? null : rows;
	}

	/** n8n stops and starts again: memory is gone, what was saved is loaded, and polls at once. */
	async restart(): Promise<INodeExecutionData[] | null> {
		// As good as a new process: what nodes keep in memory for a workflow goes by its ID.
		this.id = PollingWorkflow.newId();
		return await this.activate('init');
	}

	/** The button "Fetch Test Event": sees the saved static data, and its changes to it are dropped. */
	async fetchTestEvent(): Promise<INodeExecutionData[] | null> {
		const workflow = this.load();
		return await this.call(this.createContext('manual', 'manual', { workflow }));
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
		{
			workflow = this.version,
			emit = (_rows, _response, done) => {
				this.save(workflow);
				void this.execution().then(() => done?.resolve(undefined), done?.reject);
			},
			data,
		}: { workflow?: Workflow; emit?: IPollFunctions['__emit']; data?: IDataObject } = {},
	): IPollFunctions {
		const node = workflow.getNode(this.options.name ?? nodeName);
		if (!node) throw new Error('The workflow has lost its trigger');
		const budget = this.options.pollBudgetMs;
		return new PollContext(
			workflow,
			node,
			createAdditionalData(this.options, mode),
			mode,
			activation,
			emit,
			undefined,
			undefined,
			undefined,
			data && (() => data),
			...(budget === undefined ? [] : [() => budget]),
		);
	}

	private static newId(): string {
		return `polling-${++PollingWorkflow.count}`;
	}

	private load(saved = this.saved): Workflow {
		const { node, name = nodeName, nodeId, parameters, settings, credentials, beside } = this.options;
		const trigger = createNode(name, 'node', parameters, {}, credentials);
		return createTriggerWorkflow({
			trigger: { ...trigger, ...(nodeId !== undefined && { id: nodeId }) },
			type: node,
			beside,
			settings,
			staticData: structuredClone(saved),
			id: this.id,
		});
	}

	/** Saves static data as a whole, from the copy of a version, as each of its triggers does. */
	save({ staticData } = this.version): void {
		if (staticData.__dataChanged !== true) return;
		this.saved = JSON.parse(JSON.stringify(staticData)) as IDataObject;
		staticData.__dataChanged = false;
	}
}
