import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tokenCredentials } from './sampleCredentials';
import type { TwilioCredentials } from '../../../nodes/shared/api/credentials';

export interface LoopbackRequest {
	method: string;
	/** Path and query, as sent. */
	url: string;
	headers: IncomingHttpHeaders;
	body: string;
}

export interface LoopbackServer {
	/** `http://127.0.0.1:PORT` */
	origin: string;
	requests: LoopbackRequest[];
	/** A credential with this server as its base URL. */
	credentials: TwilioCredentials;
	/** What to do with the next requests, until it is changed. */
	answer: (response: ServerResponse, request: LoopbackRequest) => void;
	close(): Promise<void>;
}

/** A server that does what the test says, down to the bytes and the connection. */
export async function startLoopbackServer(): Promise<LoopbackServer> {
	const server = createServer((incoming, response) => {
		const chunks: Buffer[] = [];
		incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
		incoming.on('end', () => {
			const { method = '', url = '', headers } = incoming;
			const request = { method, url, headers, body: Buffer.concat(chunks).toString() };
			loopback.requests.push(request);
			loopback.answer(response, request);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const loopback: LoopbackServer = {
		origin,
		requests: [],
		credentials: { ...tokenCredentials, region: 'custom', baseUrl: `${origin}/{product}` },
		answer: (response) => response.end('{}'),
		async close() {
			const closed = new Promise((resolve) => server.close(resolve));
			server.closeAllConnections();
			await closed;
		},
	};
	return loopback;
}

/** Answers with JSON. */
export function answerJson(response: ServerResponse, status: number, body: unknown, headers = {}): void {
	response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}
