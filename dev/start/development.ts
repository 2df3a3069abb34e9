import { createWriteStream } from 'node:fs';
import path from 'node:path';

import { installN8n, packageName, packPackage, startN8n, type RunningN8n } from '../n8n';
import { storeCredential } from './credential';
import { takeDataFolder } from './dataFolder';
import { importExamples } from './examples';
import type { Options } from './options';
import { logIn } from './owner';
import { requirePort } from './ports';
import { startFixedSimulator } from './startSimulator';
import type { Running } from './welcome';

/** n8n and the simulator, ready to be used. */
export interface Development extends Running {
	/** Whether n8n still runs. */
	isAlive(): boolean;
	/** n8n's last lines. */
	tail(): string;
	/** Ends both. */
	close(): Promise<void>;
}

const linesOfFailure = 20;

/** What has to be undone at the end, last first. */
type CleanUp = Array<() => Promise<void>>;

/**
 * Installs, builds and starts whatever is needed, and fills it with the credential and the examples.
 *
 * @param log receives one line for people at a time
 */
export async function startDevelopment(options: Options, log: (line: string) => void): Promise<Development> {
	const cleanUp: CleanUp = [];
	const close = async () => {
		for (const undo of cleanUp.splice(0).reverse()) await undo();
	};
	try {
		return { ...(await start(options, log, cleanUp)), close };
	} catch (error) {
		await close();
		throw error;
	}
}

async function start(
	{ port, dataDir }: Options,
	log: (line: string) => void,
	cleanUp: CleanUp,
): Promise<Omit<Development, 'close'>> {
	await requirePort(port);
	cleanUp.push(await takeDataFolder(dataDir));
	await installN8n({ log });
	const tarball = await packPackage({ log });

	const simulator = await startFixedSimulator();
	cleanUp.push(() => simulator.close());
	log('n8n: starting');
	const logFile = path.join(dataDir, 'n8n.log');
	const writer = createWriteStream(logFile);
	const n8n = await startN8n({ port, dataDir, tarball, log: (line) => writer.write(`${line}\n`) });
	cleanUp.push(async () => {
		await n8n.close();
		writer.end();
	});

	requireLoadedPackage(n8n);

	const client = await logIn(n8n.url);
	const credential = await storeCredential(client, simulator);
	const examples = await importExamples(client, credential, dataDir);
	return {
		editor: n8n.url,
		simulator: simulator.origin,
		logFile,
		examples,
		isAlive: () => n8n.pid !== undefined,
		tail: () => n8n.tail(),
	};
}

/** n8n starts without a package that it cannot load, and only its log says so. */
function requireLoadedPackage({ logs }: RunningN8n): void {
	const failure = logs.findIndex((line) => line.includes(`Failed to load package "${packageName}"`));
	if (failure < 0) return;
	throw new Error(`n8n could not load the package:\n${logs.slice(failure, failure + linesOfFailure).join('\n')}`);
}
