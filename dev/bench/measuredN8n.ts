import {
	errorOf,
	isFinished,
	itemsOf,
	N8nClient,
	packageName,
	startN8n,
	waitUntil,
	type CredentialReference,
	type RunningN8n,
	type StoredItem,
} from '../n8n';
import type { Account } from '../simulator';
import { peakMemoryGrowth } from './peakMemory';
import { processorSeconds } from './processorTime';
import { measured, measuringWorkflow, type MeasuredNode } from './workflows';

/** What a run of the measured node came to. */
export interface MeasuredRun {
	/** How long the node itself took, by n8n's own clock. */
	readonly seconds: number;
	/** The processor time n8n's main process took for the whole execution; other load changes it less than the duration. */
	readonly processorSeconds: number;
	readonly items: StoredItem[];
}

/** Our action node's type, as workflows name it. */
export const twilioType = `${packageName}.twilio`;

/** Seldom enough that asking does not disturb what is measured. */
const millisecondsBetweenLooks = 500;
const runTimeout = 600_000;

/** A real n8n, all for one benchmark. */
export class MeasuredN8n {
	private constructor(
		private readonly n8n: RunningN8n,
		private readonly client: N8nClient,
	) {}

	/** Starts an n8n with our package in it, lends it, and removes it. */
	static async use<T>(
		settings: { readonly tarball: string; readonly env?: Readonly<Record<string, string>> },
		work: (n8n: MeasuredN8n) => Promise<T>,
	): Promise<T> {
		const n8n = await startN8n(settings);
		try {
			const client = new N8nClient(n8n.url);
			await client.ownerSetup();
			return await work(new MeasuredN8n(n8n, client));
		} finally {
			await n8n.close();
		}
	}

	/** Stores a credential and returns how nodes refer to it. */
	async credential(
		type: string,
		data: Readonly<Record<string, unknown>>,
	): Promise<Record<string, CredentialReference>> {
		const { id, name } = await this.client.createCredential(type, type, data);
		return { [type]: { id, name } };
	}

	/** Stores a credential of our type with the account's Auth Token. */
	async ourCredential(
		{ accountSid, authToken }: Account,
		region: Readonly<Record<string, string>>,
	): Promise<Record<string, CredentialReference>> {
		return await this.credential('twilioExtendedApi', { authType: 'authToken', accountSid, authToken, ...region });
	}

	/**
	 * Runs a node with some items, given as a JavaScript expression for the list of their json.
	 *
	 * @throws Error when the execution failed
	 */
	async run(itemsCode: string, node: MeasuredNode): Promise<MeasuredRun> {
		const workflow = await this.client.createWorkflow(measuringWorkflow(itemsCode, node));
		const before = await processorSeconds(this.n8n);
		const { executionId = '' } = await this.client.startRun(workflow.id);
		await waitUntil(async () => (await this.client.listExecutions({ workflowId: workflow.id }, 1)).some(isFinished), {
			what: `execution ${executionId} to end`,
			timeout: runTimeout,
			interval: millisecondsBetweenLooks,
		});
		const taken = (await processorSeconds(this.n8n)) - before;
		const execution = await this.client.getExecution(executionId);
		const [run] = execution.data.resultData.runData[measured] ?? [];
		const error = errorOf(execution);
		if (error ?? !run) throw new Error(`The run to be measured failed: ${error?.message ?? execution.status}`);
		return { seconds: run.executionTime / 1000, processorSeconds: taken, items: itemsOf(execution, measured) };
	}

	/** Does something and returns by how many bytes n8n's memory rose, at its peak (Linux only). */
	async peakMemoryGrowth(work: () => Promise<unknown>): Promise<number> {
		return (await peakMemoryGrowth(this.n8n, work)).growth;
	}
}
