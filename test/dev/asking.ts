import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Simulator } from '../../dev/simulator';
import { documentOf } from '../../dev/simulator/documents';
import { checkAnswer } from '../../dev/simulator/openApi';

/** The header of HTTP's basic authentication. */
export function basic(user: string, password: string): string {
	return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** What the simulator answered. */
export interface Answer {
	status: number;
	headers: Headers;
	text: string;
	/** Parsed body; undefined if it is not JSON. */
	json: any; // eslint-disable-line @typescript-eslint/no-explicit-any
}

/** What to ask besides the path. */
export interface Call {
	method?: string;
	form?: Record<string, string> | Array<[string, string]>;
	headers?: Record<string, string>;
	body?: string;
}

/** What asks a simulator; a path that does not start with a product is below the account. Checks good answers against Twilio's schema. */
export const caller =
	(simulator: Simulator) =>
	async (path: string, { form, headers, body, method = form ? 'POST' : 'GET' }: Call = {}): Promise<Answer> => {
		const { accountSid, authToken } = simulator.account;
		const url = path.startsWith('/')
			? `${simulator.origin}/api/2010-04-01/Accounts/${accountSid}${path}`
			: `${simulator.origin}/${path}`;
		const before = simulator.requests.length;
		const response = await fetch(url, {
			method,
			headers: { Authorization: basic(accountSid, authToken), ...headers },
			body: form ? new URLSearchParams(form) : body,
			redirect: 'manual',
		});
		const text = await response.text();
		const isJson = response.headers.get('content-type')?.includes('application/json');
		const json: unknown = isJson ? JSON.parse(text) : undefined;
		// Requests may overlap: the record is the one of this path.
		const record = simulator.requests
			.slice(before)
			.find((request) => new URL(url).pathname === `/${request.product}${request.path}`);
		if (response.ok && isJson && record?.operationId) {
			const document = documentOf(record.product, record.path)!;
			expect(checkAnswer(document, record.operationId, response.status, json)).toEqual([]);
		}
		return { status: response.status, headers: response.headers, text, json };
	};

/** A callback that arrived. */
export interface Received {
	method: string;
	signature: string;
	token: string;
	url: string;
	params: Record<string, string>;
}

/** A receiver on this machine, open while the test runs. */
export async function withReceiver(
	statuses: number[],
	test: (origin: string, received: Received[]) => Promise<void>,
): Promise<void> {
	const received: Received[] = [];
	const server = createServer((incoming, response) => {
		const chunks: Buffer[] = [];
		incoming
			.on('data', (chunk: Buffer) => chunks.push(chunk))
			.on('end', () => {
				received.push({
					method: incoming.method ?? '',
					signature: String(incoming.headers['x-twilio-signature']),
					token: String(incoming.headers['i-twilio-idempotency-token']),
					url: incoming.url ?? '',
					params: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())),
				});
				response.writeHead(statuses.shift() ?? 204).end();
			});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	try {
		await test(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, received);
	} finally {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
}
