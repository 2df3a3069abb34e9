import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came over the wire. */
export interface WireRequest {
	method: string;
	/** `api`, `messaging`, …: the first part of the path, as the credential's base URL puts it there. */
	product: string;
	path: string;
	query: Array<[string, string]>;
	form: Array<[string, string]>;
	/** The body as it was sent. */
	body: string;
	headers: IncomingMessage['headers'];
}

export interface RecordingServer {
	/** A template for the credential's base URL. */
	baseUrl: string;
	requests: WireRequest[];
	close(): Promise<void>;
}

/** A server on localhost that writes down every request and leaves the answer to the test. */
export async function startRecordingServer(
	answer: (request: WireRequest, response: ServerResponse) => void,
): Promise<RecordingServer> {
	const requests: WireRequest[] = [];
	const server = createServer((incoming, response) => {
		const chunks: Buffer[] = [];
		incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
		incoming.on('end', () => {
			const body = Buffer.concat(chunks).toString();
			const { pathname, searchParams } = new URL(incoming.url ?? '', 'http://localhost');
			const [, product = '', ...rest] = pathname.split('/');
			const request: WireRequest = {
				method: incoming.method ?? '',
				product,
				path: `/${rest.join('/')}`,
				query: [...searchParams],
				form: isForm(incoming) ? [...new URLSearchParams(body)] : [],
				body,
				headers: incoming.headers,
			};
			requests.push(request);
			answer(request, response);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		baseUrl: `http://127.0.0.1:${port}/{product}`,
		requests,
		close: async () =>
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function isForm({ headers }: IncomingMessage): boolean {
	return headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
}
