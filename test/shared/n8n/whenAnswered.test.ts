import { once } from 'node:events';
import { createServer, request, type ClientRequest, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { whenAnswered } from '../../../nodes/shared/n8n/whenAnswered';

/* Against Node.js itself: what it tells of a response whose client has gone is the point. */

let server: Server;
let client: ClientRequest;
let response: ServerResponse;

beforeEach(async () => {
	server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const arrived = once(server, 'request') as Promise<[unknown, ServerResponse]>;
	client = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', method: 'POST' });
	client.on('error', () => {});
	client.end('a=1');
	[, response] = await arrived;
});

afterEach(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

function watch(): Array<number | string> {
	const seen: Array<number | string> = [];
	whenAnswered(response as never, {
		hungUp: () => seen.push('hung up'),
		answered: (status) => seen.push(status),
	});
	return seen;
}

async function hangUp(): Promise<void> {
	const closed = once(response, 'close');
	client.destroy();
	await closed;
}

/** Answers, and waits for all that Node.js tells about it. */
async function answer(status: number): Promise<void> {
	response.statusCode = status;
	if (response.closed) return void response.end('body');
	const closed = once(response, 'close');
	client.on('response', (incoming) => incoming.resume());
	response.end('body');
	await closed;
}

it.each([204, 500])('tells the status %p once while the client waits', async (status) => {
	const seen = watch();
	await answer(status);
	expect(seen).toEqual([status]);
});

it.each([204, 500])('tells that the client has hung up, and the status %p that it will never see', async (status) => {
	const seen = watch();
	await hangUp();
	expect(seen).toEqual(['hung up']);
	await answer(status);
	expect(seen).toEqual(['hung up', status]);
	response.end();
	expect(seen).toEqual(['hung up', status]);
});

it('knows when the client had hung up before', async () => {
	await hangUp();
	const seen = watch();
	expect(seen).toEqual(['hung up']);
	await answer(500);
	expect(seen).toEqual(['hung up', 500]);
});

it('tells the status when the client hangs up after n8n has answered, but before all has been sent', async () => {
	const seen = watch();
	response.statusCode = 500;
	// More than fits on its way: the client reads nothing.
	response.end(Buffer.alloc(64 * 1024 * 1024));
	await hangUp();
	expect(seen).toEqual([500]);
});
