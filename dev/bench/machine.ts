import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const n8nModules = path.resolve(__dirname, '..', 'n8n', 'node_modules');

/** What figures depend on, in one line. The load tells whether something else was running. */
export async function describeMachine(): Promise<string> {
	const memory = Math.round(totalmem() / 1024 ** 3);
	const { stdout } = await promisify(execFile)(path.join(n8nModules, 'node', 'bin', 'node'), ['--version']);
	const { version } = JSON.parse(readFileSync(path.join(n8nModules, 'n8n', 'package.json'), 'utf8')) as {
		version: string;
	};
	return [
		`${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'})`,
		`${memory} GB memory`,
		`${process.platform} ${process.arch}`,
		`load ${loadavg()[0]?.toFixed(1)} at the start`,
		`n8n ${version} on Node.js ${stdout.trim()}`,
		`simulator on Node.js ${process.version}`,
	].join(', ');
}
