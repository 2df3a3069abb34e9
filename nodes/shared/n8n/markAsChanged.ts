import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

/**
 * Has n8n save the static data that a webhook has written to, although it starts the workflow.
 *
 * n8n saves static data that is marked as changed. To start the workflow, it makes a second `Workflow` of the same data, and
 * that takes the mark away. It does so before the next turn of the event loop, and it saves after it has stored the
 * execution; so a change between the two is saved.
 *
 * @see https://github.com/n8n-io/n8n/blob/n8n@2.41.1/packages/workflow/src/observable-object.ts where the mark is set to false
 * @see https://github.com/n8n-io/n8n/blob/n8n@2.41.1/packages/cli/src/workflow-runner.ts where the second `Workflow` is made
 * @see https://github.com/n8n-io/n8n/blob/n8n@2.41.1/packages/cli/src/webhooks/live-webhooks.ts where it saves
 */
export async function markAsChanged(staticData: IDataObject): Promise<void> {
	await sleep(0);
	Object.assign(staticData, { ...staticData });
}
