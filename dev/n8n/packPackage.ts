import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import { packageName, repositoryFolder } from './paths';
import { runCommand } from './runCommand';

/** Where progress goes. */
export interface PackOptions {
	/** Receives one line for people at a time. */
	readonly log?: (line: string) => void;
}

/** What ends up in the package, or decides what does. */
const sources = [
	'CHANGELOG.md',
	'credentials',
	'dev/schemas',
	'icons',
	'nodes',
	'gulpfile.js',
	'LICENSE',
	'package.json',
	'README.md',
	'rolldown.config.mjs',
	'tsconfig.json',
];
const cacheFolder = path.join(repositoryFolder, 'node_modules', '.cache', packageName);

/**
 * Builds our package and packs it as npm would publish it, unless a tarball of exactly these sources is there already.
 *
 * @returns the tarball's path
 * @throws Error with the compiler's or npm's last lines
 */
export async function packPackage({ log = () => undefined }: PackOptions = {}): Promise<string> {
	const tarball = path.join(cacheFolder, `${await hashOfSources()}.tgz`);
	if (existsSync(tarball)) return tarball;

	log('package: building and packing');
	await rm(cacheFolder, { recursive: true, force: true });
	await mkdir(cacheFolder, { recursive: true });
	await runCommand('npm', ['run', 'build'], { cwd: repositoryFolder });
	await runCommand('npm', ['pack', '--ignore-scripts', '--pack-destination', cacheFolder], { cwd: repositoryFolder });
	const packed = (await readdir(cacheFolder)).find((file) => file.endsWith('.tgz'));
	if (packed === undefined) throw new Error(`npm pack put no tarball into ${cacheFolder}`);
	// Named after its sources only now, so that a build that was interrupted never looks up to date.
	await rename(path.join(cacheFolder, packed), tarball);
	return tarball;
}

async function hashOfSources(): Promise<string> {
	const hash = createHash('sha256');
	for (const source of sources) {
		for (const file of await filesBelow(path.join(repositoryFolder, source))) {
			hash
				.update(path.relative(repositoryFolder, file))
				.update('\0')
				.update(await readFile(file))
				.update('\0');
		}
	}
	return hash.digest('hex').slice(0, 16);
}

async function filesBelow(place: string): Promise<string[]> {
	if (!existsSync(place)) return [];
	const entries = await readdir(place, { withFileTypes: true, recursive: true }).catch(() => undefined);
	if (entries === undefined) return [place];
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => path.join(entry.parentPath, entry.name))
		.sort();
}
