import { EventEmitter } from 'node:events';
import { parse, stringify } from 'node:querystring';
import { HookContext, WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IWebhookData,
	IWorkflowExecuteAdditionalData,
	IWorkflowSettings,
	Workflow,
	WorkflowActivateMode,
} from 'n8n-workflow';
import { createAdditionalData, type CredentialOptions } from './additionalData';
import { createNode, createTriggerWorkflow, nodeName } from './workflow';

/** The last part but one of the webhook's URL, which n8n makes up for each node. */
export const webhookId = '5e1f2c3a-1d2b-4c5d-8e9f-0a1b2c3d4e5f';

/** A workflow that starts with a webhook trigger. */
export interface WebhookOptions extends CredentialOptions {
	/** The trigger under test. */
	node: INodeType;
	parameters?: INodeParameters;
	settings?: IWorkflowSettings;
	/** What earlier calls left in the database; see {@link WebhookWorkflow.saved}. */
	saved?: IDataObject;
	/** Names of the workflow's other triggers. */
	beside?: readonly string[];
	/** The workflow's ID. */
	id?: string;
	/** Where n8n believes it is reached: `https://n8n.example.com/` unless given. Ends with a slash. */
	baseUrl?: string;
}

/** A request as it arrives. */
export interface WebhookCall {
	/** A form post: pairs, or the body as it is on the wire. */
	form?: Record<string, string | string[]> | string;
	/** A JSON post. */
	json?: unknown;
	headers?: Record<string, string>;
	/** The query string as it is on the wire, without `?`. */
	query?: string;
	/** Called while the user listens for a test event, at the test URL. */
	isTest?: boolean;
	method?: string;
	/** Whether n8n's database refuses the execution that the call would start, so that n8n answers 500. */
	cannotStart?: boolean;
	/** What happens while n8n stores the execution, before it answers. */
	meanwhile?: (caller: { hangUp(): void }) => Promise<void>;
	/** Whether the caller hangs up before n8n comes to call the node. */
	hasHungUp?: boolean;
}

/** What the caller gets, and what happens in n8n. */
export interface WebhookResult {
	/** The HTTP answer; `body` is what n8n or the node sent, if anything. */
	response: { status: number; headers: Record<string, string>; body?: unknown };
	/** The items of the execution the call starts, or undefined if it starts none. */
	items?: INodeExecutionData[];
}

/**
 * A webhook trigger over time. As in n8n, each call loads the workflow anew and saves its static data afterwards, and a
 * throw in `webhook()` answers 500.
 */
export class WebhookWorkflow {
	/** The workflow's static data in the database. The node's own part is under `node:Node`. */
	saved: IDataObject;

	constructor(private readonly options: WebhookOptions) {
		this.saved = structuredClone(options.saved ?? {});
	}

	/** The URL under which n8n serves the webhook. */
	url(isTest = false): string {
		const path = String(this.webhook(this.load()).webhookDescription.path);
		return `${this.baseUrl}${isTest ? 'webhook-test' : 'webhook'}/${webhookId}/${path}`;
	}

	/** Publishes the workflow: `checkExists`, and `create` if that says no. */
	async activate(mode: WorkflowActivateMode = 'activate', isTest = false): Promise<void> {
		const { hooks, context, save } = this.hook(mode, isTest);
		if (!(await hooks.checkExists.call(context))) await hooks.create.call(context);
		save();
	}

	/** Takes the workflow offline: `delete`. */
	async deactivate(isTest = false): Promise<void> {
		const { hooks, context, save } = this.hook('update', isTest);
		await hooks.delete.call(context);
		save();
	}

	/** One request. */
	async call(call: WebhookCall = {}): Promise<WebhookResult> {
		const { isTest = false } = call;
		const workflow = this.load();
		const webhookData = this.webhook(workflow, isTest);
		const { response, recorded, hangUp } = recordResponse();
		if (call.hasHungUp) hangUp();
		const additionalData = this.additionalData(isTest ? 'manual' : 'webhook', {
			httpRequest: createRequest(new URL(this.url(isTest)), call),
			httpResponse: response,
		});
		const context = new WebhookContext(
			workflow,
			this.node(workflow),
			additionalData,
			isTest ? 'manual' : 'webhook',
			webhookData,
			[],
			null,
		);
		const { webhook } = this.options.node;
		if (!webhook) throw new Error(`${this.options.node.description.name} has no webhook`);

		let result;
		try {
			result = await webhook.call(context);
		} catch (error) {
			return { response: { status: 500, headers: {}, body: { message: (error as Error).message } } };
		}
		if (!result.noWebhookResponse && result.workflowData) await call.meanwhile?.({ hangUp });
		if (!result.noWebhookResponse && result.workflowData && call.cannotStart) {
			// The answer waits for the execution, and what the node has written to static data is not saved.
			response.status(500).json({ message: 'Error in workflow' });
			return { response: recorded };
		}
		this.save(workflow);
		if (!result.noWebhookResponse) {
			const { responseCode, responseData, responseMode } = webhookData.webhookDescription;
			const node = this.node(workflow);
			response.status(
				workflow.expression.getSimpleParameterValue(node, responseCode, 'webhook', {}, undefined, 200) as number,
			);
			if (!result.workflowData) response.send(result.webhookResponse ?? { message: 'Webhook call received' });
			else if (responseMode === 'onReceived' && responseData !== 'noData')
				response.send(responseData ?? 'firstEntryJson');
			else response.end();
		}
		return { response: recorded, items: result.workflowData?.[0] };
	}

	private get baseUrl(): string {
		return this.options.baseUrl ?? 'https://n8n.example.com/';
	}

	private additionalData(
		mode: 'manual' | 'webhook' | 'trigger',
		extra: Partial<IWorkflowExecuteAdditionalData> = {},
	): IWorkflowExecuteAdditionalData {
		return createAdditionalData(this.options, mode, {
			instanceBaseUrl: this.baseUrl,
			webhookBaseUrl: `${this.baseUrl}webhook`,
			webhookTestBaseUrl: `${this.baseUrl}webhook-test`,
			...extra,
		});
	}

	private hook(mode: WorkflowActivateMode, isTest: boolean) {
		const hooks = this.options.node.webhookMethods?.default;
		if (!hooks) throw new Error(`${this.options.node.description.name} has no webhookMethods`);
		const workflow = this.load();
		const executionMode = isTest ? 'manual' : 'trigger';
		const context = new HookContext(
			workflow,
			this.node(workflow),
			this.additionalData(executionMode),
			executionMode,
			mode,
			this.webhook(workflow, isTest),
		);
		// While listening for a test event n8n uses static data that it throws away.
		return { hooks, context, save: () => (isTest ? undefined : this.save(workflow)) };
	}

	private webhook(workflow: Workflow, isTest = false): IWebhookData {
		const webhookDescription = this.options.node.description.webhooks?.[0];
		if (!webhookDescription) throw new Error(`${this.options.node.description.name} has no webhook`);
		return {
			httpMethod: 'POST',
			node: nodeName,
			path: `${webhookId}/${webhookDescription.path}`,
			webhookDescription,
			workflowId: workflow.id,
			workflowExecuteAdditionalData: this.additionalData('webhook'),
			webhookId,
			isTest,
		};
	}

	private node(workflow: Workflow): INode {
		const node = workflow.getNode(nodeName);
		if (!node) throw new Error('The workflow has lost its trigger');
		return node;
	}

	private load(): Workflow {
		const { node, parameters, settings, credentials, beside, id } = this.options;
		return createTriggerWorkflow({
			trigger: { ...createNode(nodeName, 'node', parameters, {}, credentials), webhookId },
			type: node,
			beside,
			settings,
			staticData: structuredClone(this.saved),
			id,
		});
	}

	private save(workflow: Workflow): void {
		if (workflow.staticData.__dataChanged !== true) return;
		this.saved = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
	}
}

type ExpressRequest = NonNullable<IWorkflowExecuteAdditionalData['httpRequest']>;
type ExpressResponse = NonNullable<IWorkflowExecuteAdditionalData['httpResponse']>;

/** The parts of an Express request that nodes use, with the body parsed as n8n does. */
function createRequest(url: URL, { form, json, headers, query, method = 'POST' }: WebhookCall): ExpressRequest {
	let rawBody = '';
	let body: unknown = {};
	let contentType: string | undefined;
	if (form !== undefined) {
		rawBody = typeof form === 'string' ? form : stringify(form);
		body = parse(rawBody);
		contentType = 'application/x-www-form-urlencoded';
	} else if (json !== undefined) {
		rawBody = JSON.stringify(json);
		body = json;
		contentType = 'application/json';
	}
	const allHeaders: Record<string, string> = { host: url.host, ...(contentType && { 'content-type': contentType }) };
	for (const [name, value] of Object.entries(headers ?? {})) allHeaders[name.toLowerCase()] = value;

	const path = query ? `${url.pathname}?${query}` : url.pathname;
	const get = (name: string) => allHeaders[name.toLowerCase()];
	return {
		method,
		url: path,
		originalUrl: path,
		path: url.pathname,
		protocol: url.protocol.slice(0, -1),
		hostname: url.hostname,
		headers: allHeaders,
		get,
		header: get,
		params: {},
		query: { ...parse(query ?? '') },
		body,
		rawBody: Buffer.from(rawBody),
	} as unknown as ExpressRequest;
}

/**
 * The parts of an Express response that nodes use; they end up in `recorded`. As in Express, all ways to answer lead to `end`;
 * as in Node.js, `finish` is not told once the caller has hung up.
 */
function recordResponse(): { response: ExpressResponse; recorded: WebhookResult['response']; hangUp: () => void } {
	const recorded: WebhookResult['response'] = { status: 200, headers: {} };
	const events = new EventEmitter();
	let isClosed = false;
	let isEnded = false;
	const close = () => {
		if (isClosed) return;
		isClosed = true;
		events.emit('close');
	};
	const setHeader = (name: string, value: string) => {
		recorded.headers[name.toLowerCase()] = value;
		return response;
	};
	const status = (code: number) => {
		recorded.status = code;
		return response;
	};
	const response = {
		status,
		sendStatus: status,
		setHeader,
		set: setHeader,
		header: setHeader,
		type: (value: string) => setHeader('content-type', value),
		writeHead: (code: number, headers: Record<string, string> = {}) => {
			for (const [name, value] of Object.entries(headers)) setHeader(name, value);
			return status(code);
		},
		send: (body?: unknown) => response.end(body),
		json: (body?: unknown) => response.end(body),
		write: (body: unknown) => {
			recorded.body = body;
		},
		end: (body?: unknown) => {
			if (body !== undefined) recorded.body = body;
			isEnded = true;
			if (!isClosed) events.emit('finish');
			close();
			return response;
		},
		once: (event: string, listener: () => void) => {
			events.once(event, listener);
			return response;
		},
		get statusCode() {
			return recorded.status;
		},
		get closed() {
			return isClosed;
		},
		get writableEnded() {
			return isEnded;
		},
	} as unknown as ExpressResponse;
	return { response, recorded, hangUp: close };
}
