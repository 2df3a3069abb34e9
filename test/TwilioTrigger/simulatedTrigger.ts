import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../dev/simulator';
import { systemClock } from '../../nodes/shared/api/retry';
import { TwilioTrigger } from '../../nodes/TwilioTrigger/TwilioTrigger.node';
import { PollingWorkflow, type PollingOptions } from '../support/n8n';

/** When every test begins. */
const beginning = '2026-11-20T12:00:00Z';

/** The trigger with a simulator whose clock the test moves, for the tests of one file; never sleeps between tries. */
export class SimulatedTrigger {
	/** Of Twilio and of this machine. */
	now = new Date(beginning);
	private started?: Simulator;

	get simulator(): Simulator {
		if (!this.started) throw new Error('The simulator is only there during tests');
		return this.started;
	}

	/** A workflow that starts with the trigger; the credential is one for the simulator. */
	workflow(parameters: INodeParameters, options: Partial<PollingOptions> = {}): PollingWorkflow {
		const { accountSid, authToken } = this.simulator.account;
		const credentials = {
			twilioExtendedApi: { accountSid, authToken, region: 'custom', baseUrl: this.simulator.baseUrl },
		};
		return new PollingWorkflow({ node: new TwilioTrigger(), parameters, credentials, ...options });
	}

	/** Lets time pass. */
	wait(seconds: number): void {
		this.now = new Date(this.now.getTime() + seconds * 1000);
	}

	/** A moment as long ago as this. */
	ago(seconds: number): Date {
		return new Date(this.now.getTime() - seconds * 1000);
	}

	/** What was asked of Twilio: path and query, in the order it came. */
	requests(): Array<{ path: string; query: Record<string, string> }> {
		return this.simulator.requests.map(({ path, query }) => ({
			path: path.replace(/^.*\/Accounts\/AC\w+/, ''),
			query: Object.fromEntries(query),
		}));
	}

	async start(): Promise<void> {
		jest.spyOn(systemClock, 'sleep').mockResolvedValue();
		jest.spyOn(Date, 'now').mockImplementation(() => this.now.getTime());
		this.started = await startSimulator({ now: () => this.now });
	}

	async stop(): Promise<void> {
		await this.started?.close();
		jest.restoreAllMocks();
	}
}

/** Gives each test of a file a fresh account. */
export function useSimulatedTrigger(): SimulatedTrigger {
	const trigger = new SimulatedTrigger();
	beforeAll(async () => await trigger.start());
	beforeEach(() => {
		trigger.now = new Date(beginning);
		trigger.simulator.reset();
	});
	afterAll(async () => await trigger.stop());
	return trigger;
}

/** One field of each row of a poll; none where it was null. */
export function valuesOf(rows: INodeExecutionData[] | null, field = 'sid'): unknown[] {
	return (rows ?? []).map(({ json }) => json[field]);
}

/** The cursor that is saved. */
export function savedCursor({ saved }: PollingWorkflow): IDataObject | undefined {
	const { twilioExtended } = (saved.global ?? {}) as { twilioExtended?: { memories: Record<string, IDataObject> } };
	return twilioExtended?.memories['id-Node']?.cursor as IDataObject | undefined;
}

/** Static data with a cursor in it, or with something else in its place. */
export function withCursor(cursor: unknown): IDataObject {
	return { global: { twilioExtended: { memories: { 'id-Node': { name: 'Node', cursor } } } } } as IDataObject;
}
