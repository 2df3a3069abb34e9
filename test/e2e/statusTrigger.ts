import { randomUUID } from 'node:crypto';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';

import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

import { jsonOf, packageName, type N8nClient, type StoredWorkflow } from '../../dev/n8n';
import type { NodeJson } from './workflows';

/** The status trigger's type, as workflows name it. */
export const statusTriggerType = `${packageName}.twilioStatusWebhookTrigger`;

/** The status trigger, named "Status", with a webhook of its own. */
export function statusTrigger(
	credentials: NodeJson['credentials'],
	parameters: Readonly<Record<string, unknown>> = {},
): NodeJson & { readonly webhookId: string } {
	return { name: 'Status', type: statusTriggerType, typeVersion: 1, parameters, credentials, webhookId: randomUUID() };
}

/** The path at which n8n serves the trigger, for production or for tests. */
export function webhookPath({ webhookId }: { readonly webhookId: string }, isTest = false): string {
	return `/webhook${isTest ? '-test' : ''}/${webhookId}/webhook`;
}

let messages = 0;

/** A status callback about a message that no other callback is about, unless `more` says so. */
export function callback(more: Readonly<Record<string, string>> = {}): Record<string, string> {
	const MessageSid = more.MessageSid ?? `SM${String(++messages).padStart(32, '0')}`;
	const MessageStatus = more.MessageStatus ?? 'delivered';
	return { MessageSid, SmsSid: MessageSid, MessageStatus, SmsStatus: MessageStatus, To: '+14155550123', ...more };
}

/** Where a callback goes, and what is wrong with it, if anything. */
export interface Delivery {
	readonly authToken: string;
	/** The URL that is signed; the one it is posted to when left out. */
	readonly signedUrl?: string;
	/** What is signed; what is posted when left out. */
	readonly signedForm?: Readonly<Record<string, string>>;
	/** Replaces the signature; `null` leaves it out. */
	readonly signature?: string | null;
	/** Hangs up before the answer. */
	readonly signal?: AbortSignal;
}

/** Posts a callback as Twilio does, and returns the answer's status and body. */
export async function post(
	url: string,
	form: Readonly<Record<string, string>>,
	{ authToken, signedUrl = url, signedForm = form, signature, signal }: Delivery,
): Promise<{ status: number; body: string }> {
	const expected = signature === undefined ? getExpectedTwilioSignature(authToken, signedUrl, signedForm) : signature;
	const response = await fetch(url, {
		method: 'POST',
		headers: {
			'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
			...(expected === null ? {} : { 'X-Twilio-Signature': expected }),
		},
		body: new URLSearchParams(form).toString(),
		signal,
	});
	return { status: response.status, body: await response.text() };
}

/** Waits for this many executions of a workflow, and returns what the trigger gave in each, the oldest first. */
export async function receivedBy(
	n8n: N8nClient,
	{ id }: Pick<StoredWorkflow, 'id'>,
	count: number,
): Promise<Array<Record<string, unknown>>> {
	const executions = await n8n.waitForExecutions(id, count);
	const inOrder = executions.sort((a, b) => Number(a.id) - Number(b.id));
	return (await Promise.all(inOrder.map(async (execution) => await n8n.getExecution(execution.id)))).flatMap(
		(execution) => jsonOf(execution, 'Status'),
	);
}

/** A reverse proxy on this machine: forwards what comes below a path, without that path and the original host. */
export async function startProxy(
	path: string,
	target: () => string,
): Promise<{ readonly url: string; close(): Promise<void> }> {
	const server = createServer((incoming, outgoing) => {
		if (!incoming.url?.startsWith(`${path}/`)) return void outgoing.writeHead(502).end();
		const url = new URL(target());
		const headers = { ...incoming.headers, host: url.host };
		const onward = forward(
			{ host: '127.0.0.1', port: url.port, method: incoming.method, path: incoming.url.slice(path.length), headers },
			(answer) => {
				outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(outgoing);
			},
		);
		onward.on('error', () => outgoing.writeHead(502).end());
		incoming.pipe(onward);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://localhost:${(server.address() as AddressInfo).port}${path}`,
		async close() {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
