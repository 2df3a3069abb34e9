import { randomBytes, randomUUID } from 'node:crypto';

import { packageName, type N8nClient, type WorkflowJson } from '../n8n';

/** The name of the published trigger. */
export const trigger = 'Trigger';

type TriggerNode = Pick<WorkflowJson['nodes'][number], 'type' | 'typeVersion' | 'parameters'> &
	Partial<Pick<WorkflowJson['nodes'][number], 'credentials'>>;

/** n8n's own Webhook node, which checks nothing. */
export const builtInTrigger: TriggerNode = {
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2.1,
	parameters: { httpMethod: 'POST', responseMode: 'onReceived', options: { noResponseBody: true } },
};

/** Our status trigger, with a credential of this token. */
export async function statusTrigger(client: N8nClient, authToken: string): Promise<TriggerNode> {
	const type = 'twilioExtendedApi';
	const { id, name } = await client.createCredential(type, type, {
		authType: 'authToken',
		accountSid: `AC${'a'.repeat(32)}`,
		authToken,
		region: 'us1',
	});
	return {
		type: `${packageName}.twilioStatusWebhookTrigger`,
		typeVersion: 1,
		parameters: {},
		credentials: { [type]: { id, name } },
	};
}

/** Publishes a workflow that is nothing but a trigger, and returns where callbacks go. */
export async function publish(client: N8nClient, node: TriggerNode): Promise<{ id: string; url: string }> {
	const webhookId = randomUUID();
	const path = node === builtInTrigger ? webhookId : `${webhookId}/webhook`;
	const parameters = node === builtInTrigger ? { ...(node.parameters as object), path } : node.parameters;
	const workflow = await client.createWorkflow({
		name: 'Benchmark',
		nodes: [{ ...node, id: 'node-0', name: trigger, position: [0, 0], parameters, webhookId }],
		connections: {},
	});
	await client.activate(workflow);
	return { id: workflow.id, url: `${client.url}/webhook/${path}` };
}

/** A callback about a message that no other one is about. */
export function formOf(status: string): Record<string, string> {
	const sid = `SM${randomBytes(16).toString('hex')}`;
	return {
		AccountSid: `AC${'a'.repeat(32)}`,
		ApiVersion: '2010-04-01',
		MessageSid: sid,
		SmsSid: sid,
		MessageStatus: status,
		SmsStatus: status,
		From: '+14155550100',
		To: '+14155550123',
	};
}
