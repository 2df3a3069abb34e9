import {
	N8nClient,
	packageName,
	peakMemory,
	type CredentialReference,
	type Execution,
	type StoredCredential,
	type StoredWorkflow,
} from '../../dev/n8n';
import { startSimulator } from '../../dev/simulator';
import { sharedN8n } from './sharedN8n';
import { chain, manualTrigger, type NodeJson } from './workflows';

/** A running Twilio simulator. */
export type Simulator = Awaited<ReturnType<typeof startSimulator>>;

/** The credential type of our package. */
export const credentialType = 'twilioExtendedApi';

/** Our action node's type, as workflows name it. */
export const twilioType = `${packageName}.twilio`;

/** What an end-to-end spec works with; usable inside tests and hooks only. */
export class Environment {
	/** n8n's REST interface, logged in as the owner. */
	readonly n8n = new N8nClient(sharedN8n().url, sharedN8n().session);
	/** The Twilio this spec file has for itself; reset before every test. */
	simulator!: Simulator;
	/** A credential for the simulator, with Account SID and Auth Token. */
	credential!: StoredCredential;

	/** Starts what this spec file has for itself. */
	async start(): Promise<void> {
		this.simulator = await startSimulator();
		this.credential = await this.createCredential(this.authTokenData());
	}

	/** Stops it again. */
	async stop(): Promise<void> {
		await this.simulator?.close();
	}

	/** The fields of a credential that gets by with the Auth Token. */
	authTokenData(): Record<string, string> {
		const { accountSid, authToken } = this.simulator.account;
		return { authType: 'authToken', accountSid, authToken, ...this.customRegion() };
	}

	/** The fields of a credential with an API key. */
	apiKeyData(): Record<string, string> {
		const { accountSid, apiKeySid, apiKeySecret } = this.simulator.account;
		return { authType: 'apiKey', accountSid, apiKeySid, apiKeySecret, ...this.customRegion() };
	}

	/** Stores a credential of our type. */
	async createCredential(data: Readonly<Record<string, unknown>>): Promise<StoredCredential> {
		return await this.n8n.createCredential(credentialType, 'Simulator', data);
	}

	/** How a node refers to the credential. */
	credentials({ id, name }: StoredCredential = this.credential): Record<string, CredentialReference> {
		return { [credentialType]: { id, name } };
	}

	/** Our action node, named after its operation unless `more` names it. */
	twilio(parameters: Readonly<Record<string, unknown>>, more: Partial<NodeJson> = {}): NodeJson {
		return {
			name: String(parameters.operation),
			type: twilioType,
			typeVersion: 1,
			parameters,
			credentials: this.credentials(),
			...more,
		};
	}

	/** Stores a workflow of these nodes, one after the other, that starts by hand. */
	async createChain(...nodes: NodeJson[]): Promise<StoredWorkflow> {
		const name = expect.getState().currentTestName?.slice(0, 128) ?? 'End to end';
		return await this.n8n.createWorkflow(chain(name, [manualTrigger, ...nodes]));
	}

	/** Runs these nodes one after the other and returns the finished execution, also when it failed. */
	async run(...nodes: NodeJson[]): Promise<Execution> {
		const workflow = await this.createChain(...nodes);
		return await this.n8n.runWorkflow(workflow.id);
	}

	/** The most memory the shared n8n had in use so far, in bytes. */
	async peakMemoryOfN8n(): Promise<number> {
		return await peakMemory(sharedN8n().pid);
	}

	private customRegion() {
		return { region: 'custom', baseUrl: this.simulator.baseUrl };
	}
}

/**
 * Gives a spec file the shared n8n and a Twilio simulator and credential of its own. Call it at the top of the file.
 */
export function useEnvironment(): Environment {
	const environment = new Environment();
	beforeAll(async () => await environment.start());
	beforeEach(async () => await environment.simulator.reset());
	afterAll(async () => await environment.stop());
	return environment;
}
