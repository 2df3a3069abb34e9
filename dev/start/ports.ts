import { once } from 'node:events';
import { createServer } from 'node:net';

/** "localhost" is either of these, depending on who asks. */
const loopbackAddresses = ['127.0.0.1', '::1'];

/**
 * Makes sure that n8n can have a port, before anything slow begins.
 *
 * @throws Error with one line for people
 */
export async function requirePort(port: number): Promise<void> {
	for (const address of loopbackAddresses) {
		const problem = await problemOf(port, address);
		if (problem === 'EADDRINUSE') {
			throw new Error(
				`Port ${port} is busy: something else listens there, maybe another n8n. End it, or choose another port: npm start -- --port ${port === 65_535 ? 5678 : port + 1}`,
			);
		}
		if (problem === 'EACCES') {
			throw new Error(`Port ${port} is reserved for the system. Choose one above 1023: npm start -- --port 5678`);
		}
	}
}

/** Whether somebody listens on a port of this machine. */
export async function isBusy(port: number): Promise<boolean> {
	return (await problemOf(port, '127.0.0.1')) !== undefined;
}

/** The code of the error that listening gives; `undefined` if there is none. */
async function problemOf(port: number, address: string): Promise<string | undefined> {
	const server = createServer();
	try {
		await once(server.listen(port, address), 'listening');
		await once(server.close(), 'close');
		return undefined;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code;
	}
}
