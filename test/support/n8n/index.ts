/**
 * Runs our nodes in n8n's real engine, in this process: expressions are evaluated, defaults filled in, credentials
 * applied, errors routed and tries repeated by n8n-core itself. Only the database, the editor and the network are missing;
 * answer requests with nock or with a server on localhost.
 *
 * ```ts
 * const { json, outputs, error } = await runNode({
 * 	node: new Twilio(),
 * 	parameters: { resource: 'message', operation: 'get', messageSid: '={{ $json.sid }}' },
 * 	items: [{ sid: 'SM…' }, { sid: 'SM…' }],
 * 	credentials: { twilioExtendedApi: { accountSid: 'AC…', authToken: '…' } },
 * 	onError: 'continueErrorOutput', // outputs[1] has the failed items
 * });
 * ```
 *
 * - {@link runNode}, {@link runInLoop}, {@link retryExecution}: an execution, a loop in it, and "Retry" after it failed
 * - {@link runAsTool}: the node as the tool of an AI agent
 * - {@link callListSearch}, {@link callLoadOptions}, {@link testCredential}: what the editor asks for
 * - {@link PollingWorkflow}, {@link WebhookWorkflow}: triggers over time, with what n8n saves and what it forgets
 * - {@link keepBinaryDataInFiles}, {@link readBinaryData}: files
 */
export { createAdditionalData, executionId, instanceUrl } from './additionalData';
export { keepBinaryDataInFiles, readBinaryData } from './binaryData';
export type { CredentialValues } from './credentialsHelper';
export { callListSearch, callLoadOptions, loadOptionsContext, type EditorOptions } from './dynamicParameters';
export { PollingWorkflow, type PollingOptions } from './pollingWorkflow';
export { registeredCredentials, registeredNodes, repositoryRoot, type Registered } from './registeredTypes';
export { asTool, runAsTool, toolDescription, type ToolRun } from './runAsTool';
export { retryAfterCrash, retryExecution, runInLoop, runNode, type NodeRun, type RunOptions } from './runNode';
export { testCredential } from './testCredential';
export {
	WebhookWorkflow,
	webhookId,
	type WebhookCall,
	type WebhookOptions,
	type WebhookResult,
} from './webhookWorkflow';
export { createNode, createWorkflow, nodeName, type NodeSettings } from './workflow';
