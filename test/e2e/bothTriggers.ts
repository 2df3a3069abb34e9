import { packageName, type N8nClient, type StoredWorkflow, type WorkflowJson } from '../../dev/n8n';
import { chain, type NodeJson } from './workflows';

/**
 * A workflow that the status trigger starts, and a polling trigger for messages, named "Polling". n8n polls when a version
 * with another limit is published, and not again before the test ends.
 */
export function bothTriggers(status: NodeJson, limit: number): WorkflowJson {
	const received = { name: 'Received', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
	const polling = {
		name: 'Polling',
		type: `${packageName}.twilioTrigger`,
		typeVersion: 1,
		parameters: { event: 'newMessage', limit, pollTimes: { item: [{ mode: 'everyX', unit: 'hours', value: 1 }] } },
		credentials: status.credentials,
	};
	const { connections, ...rest } = chain('Both triggers', [status, received, polling]);
	const next = connections[status.name];
	return { ...rest, connections: { [status.name]: next, [polling.name]: next } };
}

/** How often each delivery is made at most: n8n's list of executions has room for a hundred. */
const most = 8;

/** Publishes a changed version, and delivers callbacks one after the other, in as many rows as there are, all the while. */
export async function publishDuring(
	client: N8nClient,
	{ id }: StoredWorkflow,
	version: WorkflowJson,
	...deliveries: Array<() => Promise<unknown>>
): Promise<void> {
	const changed = await client.updateWorkflow(await client.getWorkflow(id), version);
	let isPublished = false;
	const publishing = client.activate(changed).finally(() => (isPublished = true));
	const deliverOn = async (deliver: () => Promise<unknown>) => {
		for (let count = 0; count < most && !isPublished; count++) await deliver();
	};
	await Promise.all([publishing, ...deliveries.map(deliverOn)]);
}
