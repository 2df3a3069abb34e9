import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** Finds TCP ports on the loopback address that nobody listens on, all different. */
export async function freePorts(count: number): Promise<number[]> {
	const servers = Array.from({ length: count }, () => createServer());
	// All are open at the same time, so that the system cannot name one port twice.
	await Promise.all(servers.map(async (server) => await once(server.listen(0, '127.0.0.1'), 'listening')));
	const ports = servers.map((server) => (server.address() as AddressInfo).port);
	await Promise.all(servers.map(async (server) => await once(server.close(), 'close')));
	return ports;
}
