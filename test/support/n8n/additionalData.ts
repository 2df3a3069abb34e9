import { ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import type { ICredentialType, IWorkflowBase, IWorkflowExecuteAdditionalData, WorkflowExecuteMode } from 'n8n-workflow';
import { InMemoryCredentialsHelper, type CredentialValues } from './credentialsHelper';
import { registeredCredentials } from './registeredTypes';

/** Where the n8n of these tests pretends to be reached from outside. */
export const instanceUrl = 'https://n8n.example.com/';

/** The id of every execution, which binary data is stored under. */
export const executionId = '1';

/** Which credentials a test uses. */
export interface CredentialOptions {
	/** By credential type, what the user typed in. */
	credentials?: CredentialValues;
	/** The credential classes; those that package.json registers unless given. */
	credentialTypes?: ICredentialType[];
}

/** What n8n hands to an execution besides the workflow: credentials, URLs, hooks. */
export function createAdditionalData(
	{ credentials = {}, credentialTypes }: CredentialOptions,
	mode: WorkflowExecuteMode,
	extra: Partial<IWorkflowExecuteAdditionalData> = {},
): IWorkflowExecuteAdditionalData {
	const types = credentialTypes ?? registeredCredentials().map(({ instance }) => instance);
	const workflowData = { id: '1', name: 'Test', active: false, nodes: [], connections: {} } as unknown as IWorkflowBase;
	const unexpected = (what: string) => async (): Promise<never> => {
		throw new Error(`A test does not expect a node to ${what}`);
	};
	return {
		credentialsHelper: new InMemoryCredentialsHelper(types, credentials),
		hooks: new ExecutionLifecycleHooks(mode, executionId, workflowData),
		executionId,
		currentNodeExecutionIndex: 0,
		variables: {},
		externalSecretsProxy: new ExternalSecretsProxy(),
		restApiUrl: `${instanceUrl}rest`,
		instanceBaseUrl: instanceUrl,
		formBaseUrl: `${instanceUrl}form`,
		formWaitingBaseUrl: `${instanceUrl}form-waiting`,
		formTestBaseUrl: `${instanceUrl}form-test`,
		webhookBaseUrl: `${instanceUrl}webhook`,
		webhookWaitingBaseUrl: `${instanceUrl}webhook-waiting`,
		webhookTestBaseUrl: `${instanceUrl}webhook-test`,
		mcpBaseUrl: `${instanceUrl}mcp`,
		mcpTestBaseUrl: `${instanceUrl}mcp-test`,
		executeWorkflow: unexpected('start another workflow'),
		getRunExecutionData: unexpected('read another execution'),
		getRuntimeCredential: unexpected('ask for a runtime credential'),
		startRunnerTask: unexpected('start a task runner'),
		logAiEvent: () => {},
		...extra,
	};
}
