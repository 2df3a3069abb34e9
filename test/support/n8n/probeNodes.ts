import {
	NodeApiError,
	NodeConnectionTypes,
	type ICredentialTestFunctions,
	type ICredentialType,
	type IDataObject,
	type IExecuteFunctions,
	type IHookFunctions,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';

/** A credential with everything the real one has: a choice, fields that depend on it, and generic authentication. */
export const probeCredential: ICredentialType = {
	name: 'probeApi',
	displayName: 'Probe API',
	properties: [
		{
			displayName: 'Kind',
			name: 'kind',
			type: 'options',
			options: [
				{ name: 'Token', value: 'token' },
				{ name: 'Key', value: 'key' },
			],
			default: 'token',
		},
		{ displayName: 'User', name: 'user', type: 'string', default: 'nobody' },
		{ displayName: 'Token', name: 'token', type: 'string', default: '', displayOptions: { show: { kind: ['token'] } } },
		{ displayName: 'Key', name: 'key', type: 'string', default: '', displayOptions: { show: { kind: ['key'] } } },
	],
	authenticate: {
		type: 'generic',
		properties: {
			auth: {
				username: '={{$credentials.user}}',
				password: '={{$credentials.kind === "key" ? $credentials.key : $credentials.token}}',
			},
			headers: { 'x-kind': '={{$credentials.kind}}' },
		},
	},
};

const description: INodeTypeDescription = {
	displayName: 'Probe',
	name: 'probe',
	icon: 'fa:vial',
	group: ['transform'],
	version: 1,
	subtitle: '={{$parameter["text"]}}',
	description: 'Proves what the harness does',
	defaults: { name: 'Probe' },
	usableAsTool: true,
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	credentials: [{ name: 'probeApi', required: false, testedBy: 'probeTest' }],
	properties: [
		{ displayName: 'Text', name: 'text', type: 'string', default: 'nothing' },
		{ displayName: 'Required', name: 'mandatory', type: 'string', default: 'x', required: true },
		{ displayName: 'Shown', name: 'shown', type: 'boolean', default: false },
		{ displayName: 'Detail', name: 'detail', type: 'string', default: '', displayOptions: { show: { shown: [true] } } },
		{
			displayName: 'Thing',
			name: 'thing',
			type: 'resourceLocator',
			default: { mode: 'id', value: '' },
			modes: [{ displayName: 'By ID', name: 'id', type: 'string', extractValue: { type: 'regex', regex: '(T\\d+)' } }],
		},
	],
};

/** What a probe keeps for itself, to see what survives. */
export interface ProbeMemory {
	calls?: number;
	runIndexes?: number[];
}

/** An action node whose behaviour a test decides; it counts its calls in `getContext('node')`. */
export class ProbeNode implements INodeType {
	description = structuredClone(description);

	/** The contexts n8n called it with, in order. */
	contexts: IExecuteFunctions[] = [];

	execute: NonNullable<INodeType['execute']>;

	constructor(
		onItem: (context: IExecuteFunctions, index: number, memory: ProbeMemory) => Promise<IDataObject> | IDataObject,
		private readonly fail: 'item' | 'throw' = 'item',
	) {
		const { contexts } = this;
		const failure = this.fail;
		this.execute = async function (this: IExecuteFunctions) {
			contexts.push(this);
			const memory = this.getContext('node') as ProbeMemory;
			memory.calls = (memory.calls ?? 0) + 1;
			const output: INodeExecutionData[] = [];
			for (const [index] of this.getInputData().entries()) {
				try {
					output.push({ json: await onItem(this, index, memory), pairedItem: { item: index } });
				} catch (error) {
					if (failure === 'throw' || !this.continueOnFail()) {
						throw new NodeApiError(this.getNode(), { message: (error as Error).message }, { itemIndex: index });
					}
					output.push({ json: { error: (error as Error).message, details: { index } }, pairedItem: { item: index } });
				}
			}
			return [output];
		};
	}

	methods = {
		listSearch: {
			async searchThings(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) {
				const credentials = await this.getCredentials('probeApi');
				const thing = this.getCurrentNodeParameter('thing', { extractValue: true });
				return { results: [{ name: `${filter} ${thing} ${credentials.user}`, value: 'T1' }], paginationToken };
			},
		},
		credentialTest: {
			async probeTest(this: ICredentialTestFunctions, credential: { data?: IDataObject }) {
				const { request } = this.helpers;
				return { status: 'OK' as const, message: `${typeof request} ${String(credential.data?.token)}` };
			},
		},
	};
}

/** A polling trigger that emits the numbers a test puts into `rows`, and remembers how many there were. */
export class ProbePollTrigger implements INodeType {
	description: INodeTypeDescription = {
		...structuredClone(description),
		group: ['trigger'],
		inputs: [],
		polling: true,
	};

	rows: number[] = [];

	fails = false;

	seen: string[] = [];

	poll: NonNullable<INodeType['poll']>;

	constructor() {
		// eslint-disable-next-line @typescript-eslint/no-this-alias -- n8n calls `poll` with its context as `this`
		const probe = this;
		this.poll = async function (this: IPollFunctions) {
			const data = this.getWorkflowStaticData('node') as { polls?: number };
			data.polls = (data.polls ?? 0) + 1;
			probe.seen.push(`${this.getMode()} ${this.getActivationMode()} ${data.polls}`);
			if (probe.fails) throw new Error('Twilio is down');
			const rows = probe.rows.splice(0);
			return rows.length > 0 ? [rows.map((row) => ({ json: { row } }))] : null;
		};
	}
}

/** A webhook trigger that answers by itself what its parameter says. */
export class ProbeWebhookTrigger implements INodeType {
	description: INodeTypeDescription = {
		...structuredClone(description),
		group: ['trigger'],
		inputs: [],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', path: 'webhook', responseMode: 'onReceived', responseData: 'noData' },
		],
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				return this.getWorkflowStaticData('node').registered !== undefined;
			},
			async create(this: IHookFunctions) {
				this.getWorkflowStaticData('node').registered = this.getNodeWebhookUrl('default');
				return true;
			},
			async delete(this: IHookFunctions) {
				delete this.getWorkflowStaticData('node').registered;
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions) {
		switch (this.getNodeParameter('text')) {
			case 'throw':
				throw new Error('never do this');
			case 'reject':
				this.getResponseObject().status(403).end();
				return { noWebhookResponse: true };
			default: {
				const data = this.getWorkflowStaticData('node') as { calls?: number };
				data.calls = (data.calls ?? 0) + 1;
				const { rawBody, originalUrl } = this.getRequestObject();
				const json = {
					...this.getBodyData(),
					raw: rawBody.toString(),
					originalUrl,
					test: this.getWebhookResourceUrl?.('default'),
					production: this.getNodeWebhookUrl('default'),
					signature: this.getHeaderData()['x-signature'],
				};
				return { workflowData: [[{ json: json as IDataObject }]] };
			}
		}
	}
}
