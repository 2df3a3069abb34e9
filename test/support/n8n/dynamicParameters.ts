import { LoadOptionsContext } from 'n8n-core';
import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';
import { createAdditionalData, type CredentialOptions } from './additionalData';
import { createNode, createWorkflow } from './workflow';

/** The node in the editor, while the user fills in its form. */
export interface EditorOptions extends CredentialOptions {
	node: INodeType;
	/** What is in the form so far. */
	parameters?: INodeParameters;
}

/** The context in which n8n calls `loadOptions` and `listSearch` methods. */
export function loadOptionsContext({ node, parameters = {}, ...credentials }: EditorOptions): ILoadOptionsFunctions {
	// n8n gives it a node and a workflow of their own, not the user's.
	const editedNode = createNode('Temp-Node', 'node', parameters, {}, credentials.credentials);
	const workflow = createWorkflow({ nodes: [editedNode], nodeTypes: { node } });
	const workflowNode = workflow.getNode('Temp-Node') ?? editedNode;
	const additionalData = createAdditionalData(credentials, 'internal', { currentNodeParameters: parameters });
	return new LoadOptionsContext(workflow, workflowNode, additionalData, '');
}

/** Opens a resource locator's list, or types into its search box, or scrolls to the next page of it. */
export async function callListSearch(
	method: string,
	options: EditorOptions & { filter?: string; paginationToken?: string },
): Promise<INodeListSearchResult> {
	const search = options.node.methods?.listSearch?.[method];
	if (!search) throw new Error(`${options.node.description.name} has no listSearch method "${method}"`);
	return await search.call(loadOptionsContext(options), options.filter, options.paginationToken);
}

/** Opens a dropdown whose options a `loadOptions` method gives. */
export async function callLoadOptions(method: string, options: EditorOptions): Promise<INodePropertyOptions[]> {
	const load = options.node.methods?.loadOptions?.[method];
	if (!load) throw new Error(`${options.node.description.name} has no loadOptions method "${method}"`);
	return await load.call(loadOptionsContext(options));
}
