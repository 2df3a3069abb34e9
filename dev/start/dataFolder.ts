import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const processFile = 'running.pid';

/**
 * Takes a data folder for this process: two n8ns on the same database would spoil it.
 *
 * @returns gives it back
 * @throws Error with one line for people when another process has it
 */
export async function takeDataFolder(dataDir: string): Promise<() => Promise<void>> {
	await mkdir(dataDir, { recursive: true });
	const file = path.join(dataDir, processFile);
	const owner = Number(await readFile(file, 'utf8').catch(() => '0'));
	if (isAlive(owner)) {
		throw new Error(
			`Another npm start (process ${owner}) works with ${dataDir}. End it, or choose another folder with --data. If there is none, remove ${file}.`,
		);
	}
	await writeFile(file, String(process.pid));
	return async () => await rm(file, { force: true });
}

function isAlive(pid: number): boolean {
	if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it is somebody else's, so not one of ours.
		return (error as NodeJS.ErrnoException).code !== 'ESRCH' && (error as NodeJS.ErrnoException).code !== 'EPERM';
	}
}
