import { parse } from 'flatted';

import { isFinished, type Execution, type ExecutionSummary } from './executions';
import { waitUntil } from './waitUntil';

/** Who owns an n8n made for development. */
export interface Owner {
	readonly email: string;
	readonly password: string;
	readonly firstName: string;
	readonly lastName: string;
}

/** The owner {@link N8nClient.ownerSetup} makes when none is given. Protects nothing but test data. */
export const developmentOwner: Owner = {
	email: 'owner@example.com',
	password: 'Development1',
	firstName: 'Olive',
	lastName: 'Owner',
};

/** A credential as a node refers to it. */
export interface CredentialReference {
	readonly id: string;
	readonly name: string;
}

/** A stored credential, without its secrets. */
export interface StoredCredential extends CredentialReference {
	readonly type: string;
}

/** The parts of a workflow's JSON that matter to tests; more is passed on as it is. */
export interface WorkflowJson {
	readonly name: string;
	readonly nodes: ReadonlyArray<Readonly<Record<string, unknown>>>;
	readonly connections: Readonly<Record<string, unknown>>;
	readonly settings?: Readonly<Record<string, unknown>>;
	readonly [key: string]: unknown;
}

/** A workflow n8n has stored. */
export interface StoredWorkflow extends WorkflowJson {
	readonly id: string;
	readonly versionId: string;
	readonly active: boolean;
}

/** How far the publishing of a workflow is, per trigger. */
export interface PublicationStatus {
	readonly status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	readonly liveVersionId: string | null;
	readonly pendingVersionId: string | null;
	readonly triggers: ReadonlyArray<{ nodeId: string; status: string; errorMessage: string | null }>;
}

/** Where a manual run begins and ends, by node names. */
export interface RunOptions {
	/** The trigger to start from; the workflow's Manual Trigger, else its first node that is a trigger, when left out. */
	readonly from?: string;
	/** The last node to run; all when left out. */
	readonly to?: string;
	/** Milliseconds to wait for the execution's end; two minutes when left out. */
	readonly timeout?: number;
}

/** A dropdown of a node, as the editor asks for its content. */
export interface DropdownRequest {
	/** For example `n8n-nodes-twilio.twilio`. */
	readonly nodeType: string;
	/** 1 when left out. */
	readonly version?: number;
	/** The method the node's description names (`searchListMethod`). */
	readonly method: string;
	/** The parameter's path, for example `from`. */
	readonly parameter: string;
	/** The node's parameters at this moment. */
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly credentials: Readonly<Record<string, CredentialReference>>;
	readonly filter?: string;
	readonly paginationToken?: string;
}

/** One page of a dropdown. */
export interface DropdownPage {
	readonly results: ReadonlyArray<{ name: string; value: string | number | boolean; url?: string }>;
	readonly paginationToken?: string;
}

/** A node type as `/types/nodes.json` describes it. */
export interface NodeTypeDescription {
	readonly name: string;
	readonly displayName: string;
	readonly [key: string]: unknown;
}

/** n8n refused a request; `message` is n8n's own where it gave one. */
export class N8nRequestError extends Error {
	constructor(
		readonly status: number,
		readonly request: string,
		readonly body: unknown,
	) {
		const message = (body as { message?: unknown } | null)?.message;
		super(`${request} → ${status}: ${typeof message === 'string' ? message : JSON.stringify(body)}`);
		this.name = 'N8nRequestError';
	}
}

const runTimeout = 120_000;
const publicationTimeout = 60_000;

/** Talks to n8n's internal REST interface as the editor does, with a session cookie. Written for the pinned version. */
export class N8nClient {
	/**
	 * @param url where n8n is, without a slash at the end
	 * @param session the `session` of another client that is logged in
	 */
	constructor(
		readonly url: string,
		public session?: string,
	) {}

	/** Makes the first user of a new n8n and logs in as that user. */
	async ownerSetup(owner: Owner = developmentOwner): Promise<void> {
		await this.post('/rest/owner/setup', owner);
	}

	/** Logs in; every other method needs it. */
	async login({ email, password }: Pick<Owner, 'email' | 'password'> = developmentOwner): Promise<void> {
		await this.post('/rest/login', { emailOrLdapLoginId: email, password });
	}

	/** Stores a credential. */
	async createCredential(
		type: string,
		name: string,
		data: Readonly<Record<string, unknown>>,
	): Promise<StoredCredential> {
		return await this.post('/rest/credentials', { type, name, data });
	}

	/** All credentials the user can see. */
	async listCredentials(): Promise<StoredCredential[]> {
		return await this.get('/rest/credentials');
	}

	/** Changes a stored credential; `data` replaces all of its fields. */
	async updateCredential(
		credential: StoredCredential,
		data: Readonly<Record<string, unknown>>,
	): Promise<StoredCredential> {
		const { id, name, type } = credential;
		return await this.request('PATCH', `/rest/credentials/${id}`, { name, type, data });
	}

	/** Tests a credential as saving it in the editor does. `data` tests these values instead of the stored ones. */
	async testCredential(
		{ id, name, type }: StoredCredential,
		data?: Readonly<Record<string, unknown>>,
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		const stored =
			data ?? (await this.get<{ data: Record<string, unknown> }>(`/rest/credentials/${id}?includeData=true`)).data;
		return await this.post('/rest/credentials/test', { credentials: { id, name, type, data: stored } });
	}

	/** Stores a workflow; n8n gives it an id and a version. */
	async createWorkflow(workflow: WorkflowJson): Promise<StoredWorkflow> {
		return await this.post('/rest/workflows', { settings: { executionOrder: 'v1' }, ...workflow });
	}

	/** The workflows that are not archived: names and ids, without nodes. */
	async listWorkflows(): Promise<Array<Pick<StoredWorkflow, 'id' | 'name'>>> {
		return await this.get(`/rest/workflows?${new URLSearchParams({ filter: '{"isArchived":false}' })}`);
	}

	/** Reads a workflow. */
	async getWorkflow(id: string): Promise<StoredWorkflow> {
		return await this.get(`/rest/workflows/${id}`);
	}

	/** Stores changes to a workflow; an active one stays on its published version until it is activated again. */
	async updateWorkflow(
		{ id, versionId }: Pick<StoredWorkflow, 'id' | 'versionId'>,
		changes: Partial<WorkflowJson>,
	): Promise<StoredWorkflow> {
		return await this.request('PATCH', `/rest/workflows/${id}`, { ...changes, versionId });
	}

	/**
	 * Starts a workflow by hand and returns without waiting for its end.
	 *
	 * @returns the execution's id, or that n8n now waits for a call to the test webhook
	 */
	async startRun(
		workflowId: string,
		{ from, to }: RunOptions = {},
	): Promise<{ executionId?: string; waitingForWebhook?: boolean }> {
		const trigger = from ?? triggerOf(await this.getWorkflow(workflowId));
		return await this.post(`/rest/workflows/${workflowId}/run`, {
			triggerToStartFrom: { name: trigger },
			...(to === undefined ? {} : { destinationNode: { nodeName: to, mode: 'inclusive' } }),
		});
	}

	/** Runs a workflow by hand and returns its finished execution, also when it failed. */
	async runWorkflow(workflowId: string, options: RunOptions = {}): Promise<Execution> {
		const { executionId } = await this.startRun(workflowId, options);
		if (executionId === undefined) throw new Error('The run waits for a call to its test webhook');
		return await this.waitForExecution(executionId, options);
	}

	/** Waits until an execution has ended, however it ended. */
	async waitForExecution(id: string, { timeout = runTimeout }: Pick<RunOptions, 'timeout'> = {}): Promise<Execution> {
		await waitUntil(
			async () => {
				const response = await this.send('GET', `/rest/executions/${id}`);
				// n8n answers 404 for an execution whose data is not written yet.
				if (response.status === 404) return false;
				const { data } = (await this.read(response, `GET /rest/executions/${id}`)) as { data?: ExecutionSummary };
				return data !== undefined && isFinished(data);
			},
			{ what: `execution ${id} to end`, timeout },
		);
		return await this.getExecution(id);
	}

	/** Reads an execution with everything its nodes did. */
	async getExecution(id: string): Promise<Execution> {
		const execution = await this.get<ExecutionSummary & { data: string }>(`/rest/executions/${id}`);
		return { ...execution, data: parse(execution.data) as Execution['data'] };
	}

	/** The latest executions, newest first. */
	async listExecutions(
		filter: { readonly workflowId?: string; readonly status?: readonly string[] } = {},
		limit = 100,
	): Promise<ExecutionSummary[]> {
		const query = new URLSearchParams({ filter: JSON.stringify(filter), limit: String(limit) });
		return (await this.get<{ results: ExecutionSummary[] }>(`/rest/executions?${query}`)).results;
	}

	/** Waits until a workflow has at least `count` ended executions and returns all of them, newest first. */
	async waitForExecutions(workflowId: string, count: number, timeout = runTimeout): Promise<ExecutionSummary[]> {
		return await waitUntil(
			async () => {
				const executions = (await this.listExecutions({ workflowId })).filter(isFinished);
				return executions.length >= count && executions;
			},
			{ what: `${count} executions of workflow ${workflowId}`, timeout },
		);
	}

	/**
	 * Retries a failed execution as the list's "Retry" menu does, and returns the new, finished execution.
	 *
	 * @param loadWorkflow true for the workflow as it is stored now, false for the one the execution ran with
	 */
	async retryExecution(id: string, loadWorkflow = false): Promise<Execution> {
		const retried = await this.post<{ id: string }>(`/rest/executions/${id}/retry`, { loadWorkflow });
		return await this.waitForExecution(retried.id);
	}

	/**
	 * Publishes the stored version of a workflow and waits until its triggers run.
	 *
	 * @throws Error with the trigger's own message when one could not be started
	 */
	async activate({ id }: Pick<StoredWorkflow, 'id'>): Promise<void> {
		const { versionId } = await this.getWorkflow(id);
		await this.post(`/rest/workflows/${id}/activate`, { versionId });
		const { status, triggers } = await this.settledPublication(id);
		if (status !== 'published') {
			const reasons = triggers.map((trigger) => trigger.errorMessage ?? trigger.status).join('; ');
			throw new Error(`Workflow ${id} was not activated (${status}): ${reasons}`);
		}
	}

	/** Takes a workflow out of service and waits until its triggers are gone. */
	async deactivate({ id }: Pick<StoredWorkflow, 'id'>): Promise<void> {
		await this.post(`/rest/workflows/${id}/deactivate`, {});
		await this.settledPublication(id);
	}

	/** How far the publishing of a workflow is; n8n activates in the background. */
	async publicationStatus(workflowId: string): Promise<PublicationStatus> {
		return await this.get(`/rest/workflows/${workflowId}/publication-status`);
	}

	/** All node types n8n knows, as the editor sees them. */
	async nodeTypes(): Promise<NodeTypeDescription[]> {
		return (await this.request('GET', '/types/nodes.json', undefined, { wrapped: false })) as NodeTypeDescription[];
	}

	/** All credential types n8n knows, as the editor sees them. */
	async credentialTypes(): Promise<NodeTypeDescription[]> {
		return (await this.request('GET', '/types/credentials.json', undefined, {
			wrapped: false,
		})) as NodeTypeDescription[];
	}

	/** One page of a dropdown that the node fills from its service. */
	async dropdown({
		nodeType,
		version = 1,
		method,
		parameter,
		parameters,
		...rest
	}: DropdownRequest): Promise<DropdownPage> {
		return await this.post('/rest/dynamic-node-parameters/resource-locator-results', {
			nodeTypeAndVersion: { name: nodeType, version },
			methodName: method,
			path: `parameters.${parameter}`,
			currentNodeParameters: parameters,
			...rest,
		});
	}

	/** Downloads a file of an item by its `binary.….id`. */
	async binaryData(id: string): Promise<Buffer> {
		const path = `/rest/binary-data?${new URLSearchParams({ id, action: 'download' })}`;
		const response = await this.send('GET', path);
		if (!response.ok) throw new N8nRequestError(response.status, `GET ${path}`, await response.text());
		return Buffer.from(await response.arrayBuffer());
	}

	/** Any address of n8n, with the session; nothing is interpreted. For icons, schemas and the like. */
	async send(method: string, path: string, body?: unknown): Promise<Response> {
		const response = await fetch(this.url + path, {
			method,
			headers: {
				...(this.session === undefined ? {} : { cookie: this.session }),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const cookie = response.headers.getSetCookie().find((value) => value.startsWith('n8n-auth='));
		if (cookie !== undefined) this.session = cookie.split(';')[0];
		return response;
	}

	private async get<T>(path: string): Promise<T> {
		return await this.request('GET', path);
	}

	private async post<T>(path: string, body: unknown): Promise<T> {
		return await this.request('POST', path, body);
	}

	private async request<T>(method: string, path: string, body?: unknown, { wrapped = true } = {}): Promise<T> {
		const answer = await this.read(await this.send(method, path, body), `${method} ${path}`);
		return (wrapped ? (answer as { data: T }).data : answer) as T;
	}

	private async read(response: Response, request: string): Promise<unknown> {
		const text = await response.text();
		let body: unknown = text;
		try {
			body = JSON.parse(text);
		} catch {
			// Not JSON: an error page, or a path that does not exist, for which n8n serves its editor.
			throw new N8nRequestError(response.status, request, text.slice(0, 500));
		}
		if (!response.ok) throw new N8nRequestError(response.status, request, body);
		return body;
	}

	private async settledPublication(workflowId: string): Promise<PublicationStatus> {
		return await waitUntil(
			async () => {
				const status = await this.publicationStatus(workflowId);
				return status.status !== 'in_progress' && status;
			},
			{ what: `workflow ${workflowId} to be published`, timeout: publicationTimeout },
		);
	}
}

function triggerOf({ nodes, name }: WorkflowJson): string {
	const types = nodes.map((node) => ({ name: String(node.name), type: String(node.type) }));
	const trigger =
		types.find(({ type }) => type === 'n8n-nodes-base.manualTrigger') ??
		types.find(({ type }) => /trigger/i.test(type));
	if (!trigger) throw new Error(`Workflow "${name}" has no trigger to start from`);
	return trigger.name;
}
