import { once } from 'node:events';
import { Agent, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import type { Certificate } from './certificate';

/** An https server before the simulator. */
export interface TlsFront {
	readonly port: number;
	close(): Promise<void>;
}

/**
 * Takes https requests for `{product}.twilio.com` and passes them on to `/{product}` of the simulator, over connections
 * that stay open. It adds nothing to the answers and waits for nothing.
 */
export async function openTlsFront({ key, cert }: Certificate, simulatorPort: number): Promise<TlsFront> {
	const agent = new Agent({ keepAlive: true });
	const server = createServer({ key, cert }, (incoming, response) =>
		passOn(incoming, response, { agent, port: simulatorPort }),
	);
	await once(server.listen(0, '127.0.0.1'), 'listening');
	return {
		port: (server.address() as AddressInfo).port,
		async close() {
			agent.destroy();
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}

function passOn(incoming: IncomingMessage, response: ServerResponse, to: { agent: Agent; port: number }): void {
	const [product] = (incoming.headers.host ?? '').split('.');
	const forwarded = request(
		{
			...to,
			host: '127.0.0.1',
			method: incoming.method,
			path: `/${product}${incoming.url}`,
			headers: ofOneHop(incoming.headers),
		},
		(answer) => {
			response.writeHead(answer.statusCode ?? 502, ofOneHop(answer.headers));
			answer.pipe(response);
		},
	);
	forwarded.once('error', () => response.destroy());
	incoming.pipe(forwarded);
}

/** Without what concerns one connection only. */
function ofOneHop(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
	const others = Object.entries(headers).filter(([name]) => name !== 'connection' && name !== 'keep-alive');
	return Object.fromEntries(others);
}
