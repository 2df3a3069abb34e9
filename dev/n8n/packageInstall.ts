import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';

import { packageName } from './paths';
import { runCommand } from './runCommand';

/** Where n8n looks for community packages below its user folder. */
export function packageFolder(dataDir: string): string {
	return path.join(dataDir, '.n8n', 'nodes', 'node_modules', packageName);
}

/**
 * Unpacks what `npm pack` made into n8n's folder for community packages, as a user without a registry would do it; what
 * was there before is removed. n8n reads it when it starts.
 */
export async function unpackIntoN8n(tarball: string, dataDir: string): Promise<void> {
	const folder = packageFolder(dataDir);
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await runCommand('tar', ['-xzf', path.resolve(tarball), '-C', folder, '--strip-components=1'], { cwd: folder });
}
