import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { systemClock } from '../../nodes/shared/api/retry';
import { Twilio } from '../../nodes/Twilio/Twilio.node';
import { startSimulator, type Simulator } from '../../dev/simulator';
import { callListSearch, runNode, type NodeRun, type RunOptions } from '../support/n8n';

/** A number of the simulator's account. */
export const ownNumber = '+14155550100';

/** The node with a simulator, for the tests of one file; never sleeps between tries. */
export class SimulatedTwilio {
	private started?: Simulator;

	get simulator(): Simulator {
		if (!this.started) throw new Error('The simulator is only there during tests');
		return this.started;
	}

	/** What the user typed into the credential. */
	get credentials(): Record<string, IDataObject> {
		const { accountSid, authToken } = this.simulator.account;
		return {
			twilioExtendedApi: { accountSid, authToken, region: 'custom', baseUrl: this.simulator.baseUrl },
		};
	}

	/** Runs an operation such as `message.get`. */
	async run(
		operation: string,
		parameters: INodeParameters = {},
		options: Omit<Partial<RunOptions>, 'parameters'> = {},
	): Promise<NodeRun> {
		const [resource = '', name = ''] = operation.split('.');
		return await runNode({
			node: new Twilio(),
			parameters: { resource, operation: name, ...parameters },
			credentials: this.credentials as RunOptions['credentials'],
			...options,
		});
	}

	/** The form of what was sent, by Twilio's names. */
	forms(): Array<Record<string, string>> {
		return this.simulator.requests
			.filter(({ method }) => method === 'POST')
			.map(({ form }) => Object.fromEntries(form));
	}

	/** The names and values that a dropdown shows. */
	async choices(method: string, filter?: string, parameters: INodeParameters = {}) {
		const credentials = this.credentials as RunOptions['credentials'];
		return await callListSearch(method, { node: new Twilio(), credentials, filter, parameters });
	}

	async start(): Promise<void> {
		jest.spyOn(systemClock, 'sleep').mockResolvedValue();
		this.started = await startSimulator();
	}

	async stop(): Promise<void> {
		await this.started?.close();
		jest.restoreAllMocks();
	}
}

/** Gives each test of a file a fresh account. */
export function useSimulatedTwilio(): SimulatedTwilio {
	const twilio = new SimulatedTwilio();
	beforeAll(async () => await twilio.start());
	beforeEach(() => twilio.simulator.reset());
	afterAll(async () => await twilio.stop());
	return twilio;
}
