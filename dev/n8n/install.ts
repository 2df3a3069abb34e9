import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { n8nBinary, n8nFolder, nodeBinary } from './paths';
import { runCommand } from './runCommand';

/** Where progress goes. */
export interface InstallOptions {
	/** Receives one line for people at a time. */
	readonly log?: (line: string) => void;
}

const stampFile = path.join(n8nFolder, 'node_modules', '.installed-lock');
const secondsBetweenSignsOfLife = 15;

async function hashOfLock(): Promise<string> {
	const hash = createHash('sha256');
	for (const file of ['package.json', 'package-lock.json']) {
		hash.update(await readFile(path.join(n8nFolder, file)));
	}
	return hash.digest('hex');
}

async function isUpToDate(lock: string): Promise<boolean> {
	if (!existsSync(n8nBinary) || !existsSync(nodeBinary)) return false;
	return (await readFile(stampFile, 'utf8').catch(() => '')) === lock;
}

/**
 * Installs the pinned n8n and the Node.js it needs when they are missing or the lock file changed; otherwise does nothing.
 * The first time takes several minutes and 3 GB.
 *
 * @throws Error that names the phase and ends with npm's last lines
 */
export async function installN8n({ log = () => undefined }: InstallOptions = {}): Promise<void> {
	const lock = await hashOfLock();
	if (await isUpToDate(lock)) return;

	const startedAt = Date.now();
	const elapsed = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
	const phase = async (name: string, args: readonly string[]) => {
		log(`n8n: ${name} … (${elapsed()})`);
		const signOfLife = setInterval(
			() => log(`n8n: still at it: ${name} (${elapsed()})`),
			secondsBetweenSignsOfLife * 1000,
		);
		try {
			await runCommand('npm', args, { cwd: n8nFolder, env: environmentOfItsOwn() });
		} catch (error) {
			throw new Error(
				`Installing n8n did not work while ${name}. ${error instanceof Error ? error.message : String(error)}\n` +
					`Once the cause is gone, run the same command again, or by hand in ${n8nFolder}: npm ${args.join(' ')}`,
			);
		} finally {
			clearInterval(signOfLife);
		}
	};

	log('n8n: installing a real n8n for development; this happens once, takes some minutes and 3 GB');
	await rm(stampFile, { force: true });
	await phase('downloading the packages (1 of 2)', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
	// Only these two need their install scripts: the Node.js binary and the native part of SQLite. The flag is spelt out
	// because this folder's .npmrc ignores scripts, and a rebuild would inherit that and report success all the same.
	await phase('preparing Node.js and SQLite (2 of 2)', ['rebuild', 'node', 'sqlite3', '--ignore-scripts=false']);
	if (!existsSync(nodeBinary)) {
		throw new Error(`Installing n8n did not work: npm reported success, but there is no ${nodeBinary}`);
	}
	await writeFile(stampFile, lock);
	log(`n8n: installed (${elapsed()})`);
}

/** `npm run` hands its settings on as npm_config_… variables, which outrank this folder's .npmrc. */
function environmentOfItsOwn(): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(
		([name]) =>
			!/^npm_(config_(ignore_scripts|omit|include|prefix|local_prefix|workspace)|package_|lifecycle_)/i.test(name),
	);
	return Object.fromEntries(inherited.filter(([name]) => name !== 'NODE_ENV'));
}
