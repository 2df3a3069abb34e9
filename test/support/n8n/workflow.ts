import {
	NodeHelpers,
	Workflow,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
	type IWorkflowSettings,
} from 'n8n-workflow';
import type { CredentialValues } from './credentialsHelper';

/** The name the node under test has in every workflow of the harness, e.g. for `$('Node')` and static data. */
export const nodeName = 'Node';

/** How n8n treats the node; names and meaning as in the node's "Settings" tab. */
export interface NodeSettings {
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	retryOnFail?: boolean;
	/** 2 to 5, n8n's default is 3. */
	maxTries?: number;
	/** Milliseconds; 0, and so no waiting, unless given. */
	waitBetweenTries?: number;
	executeOnce?: boolean;
	alwaysOutputData?: boolean;
}

/** Node types by the name a workflow uses; what n8n keeps for everything it has loaded. */
export class InMemoryNodeTypes implements INodeTypes {
	constructor(private readonly types: Record<string, INodeType | IVersionedNodeType>) {}

	getByName(name: string): INodeType | IVersionedNodeType {
		const type = this.types[name];
		if (!type) throw new Error(`The test's workflow has no node type "${name}"`);
		return type;
	}

	getByNameAndVersion(name: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(name), version);
	}

	getKnownTypes(): IDataObject {
		return {};
	}
}

/** A node as it stands in a workflow file. */
export function createNode(
	name: string,
	type: string,
	parameters: INodeParameters = {},
	{ waitBetweenTries = 0, ...settings }: NodeSettings = {},
	credentials: CredentialValues = {},
): INode {
	return {
		id: `id-${name}`,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: structuredClone(parameters),
		credentials: Object.fromEntries(Object.keys(credentials).map((key) => [key, { id: key, name: `Test ${key}` }])),
		...settings,
		// n8n takes 0 for "not set" and waits a second; only a negative number means no wait.
		waitBetweenTries: waitBetweenTries === 0 ? -1 : waitBetweenTries,
	};
}

/** A workflow as n8n holds it in memory; fills in defaults and drops parameters that are not displayed, as n8n does. */
export function createWorkflow(options: {
	nodes: INode[];
	connections?: IConnections;
	nodeTypes: Record<string, INodeType>;
	settings?: IWorkflowSettings;
	staticData?: IDataObject;
	active?: boolean;
	id?: string;
}): Workflow {
	return new Workflow({
		id: options.id ?? '1',
		name: 'Test',
		active: options.active ?? false,
		nodes: options.nodes,
		connections: options.connections ?? {},
		nodeTypes: new InMemoryNodeTypes(options.nodeTypes),
		settings: { executionOrder: 'v1', ...options.settings },
		staticData: options.staticData,
	});
}

/**
 * A workflow that starts with the trigger under test.
 *
 * @param beside names of the workflow's other triggers: all of them lead to the same node
 */
export function createTriggerWorkflow({
	trigger,
	type,
	beside = [],
	...rest
}: {
	trigger: INode;
	type: INodeType;
	beside?: readonly string[];
	settings?: IWorkflowSettings;
	staticData: IDataObject;
	id?: string;
}): Workflow {
	const triggers = [trigger, ...beside.map((name) => createNode(name, trigger.type))];
	const next = createNode('Next', trigger.type);
	return createWorkflow({
		...rest,
		nodes: [...triggers, next],
		connections: Object.assign({}, ...triggers.map(({ name }) => chain(name, next.name))) as IConnections,
		nodeTypes: { [trigger.type]: type },
		active: true,
	});
}

/** Connects nodes one after the other, main output 0 to main input 0. */
export function chain(...names: string[]): IConnections {
	const connections: IConnections = {};
	names.slice(0, -1).forEach((name, index) => {
		connections[name] = { main: [[{ node: names[index + 1] ?? '', type: 'main', index: 0 }]] };
	});
	return connections;
}
