import type { IWebhookFunctions } from 'n8n-workflow';

/** The workflow's and the node's ID, in one text: what this process remembers of a node goes by it. */
export function nodeKey(context: Pick<IWebhookFunctions, 'getWorkflow' | 'getNode'>): string {
	return `${context.getWorkflow().id}/${context.getNode().id}`;
}
