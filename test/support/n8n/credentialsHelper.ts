import {
	ICredentialsHelper,
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialsExpressionResolveValues,
	type ICredentialType,
	type IExecuteData,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeProperties,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

/** What the user typed into the credential form, by credential type. */
export type CredentialValues = Record<string, ICredentialDataDecryptedObject>;

/**
 * n8n's credentials helper without its database: fills in defaults, drops fields that the form does not show, resolves
 * expressions, and applies `authenticate` of the real credential class the way n8n does.
 */
export class InMemoryCredentialsHelper extends ICredentialsHelper {
	constructor(
		private readonly types: ICredentialType[],
		private readonly values: CredentialValues,
	) {
		super();
	}

	override getParentTypes(name: string): string[] {
		return this.types.find((type) => type.name === name)?.extends ?? [];
	}

	override isCredentialUsableByNode(): boolean {
		return true;
	}

	override getCredentialsProperties(name: string): INodeProperties[] {
		return this.type(name).properties;
	}

	override async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		name: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		expressionResolveValues?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const values = this.values[name];
		if (!values) throw new Error(`The test gave no credential of type "${name}"`);
		const stored = structuredClone(values);
		if (raw) return stored;
		const shown = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(name),
			stored as never,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		if (!expressionResolveValues) return shown;
		const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } = expressionResolveValues;
		return workflow.expression.getParameterValue(
			shown as never,
			runExecutionData,
			runIndex,
			itemIndex,
			node.name,
			connectionInputData,
			mode,
			{},
			executeData,
			false,
			shown,
		) as unknown as ICredentialDataDecryptedObject;
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		name: string,
		requestOptions: IHttpRequestOptions,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.type(name);
		if (typeof authenticate === 'function') return await authenticate(credentials, requestOptions);
		if (!authenticate) return requestOptions;
		if (!workflow || !node)
			throw new Error('n8n resolves a declarative `authenticate` with a workflow and a node only');

		const resolve = (value: string): string => {
			if (!value.startsWith('=')) return value;
			const result = workflow.expression.getSimpleParameterValue(
				node,
				value,
				'internal',
				{ $credentials: credentials },
				undefined,
				'',
			);
			return result ? String(result) : '';
		};
		const options = requestOptions as unknown as Record<string, Record<string, string>>;
		options.headers ??= {};
		for (const [part, pairs] of Object.entries(authenticate.properties)) {
			const target = (options[part] ??= {});
			for (const [key, value] of Object.entries(pairs as Record<string, string>)) {
				target[resolve(key)] = resolve(value);
			}
		}
		return requestOptions;
	}

	override async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	override async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	override async getCredentials(): Promise<ICredentials> {
		throw new Error('There is no credential database in these tests');
	}

	override async updateCredentials(): Promise<void> {}

	override async updateCredentialsOauthTokenData(): Promise<void> {}

	private type(name: string): ICredentialType {
		const type = this.types.find((candidate) => candidate.name === name);
		if (!type) throw new Error(`The test gave no credential class for "${name}"`);
		return type;
	}
}
