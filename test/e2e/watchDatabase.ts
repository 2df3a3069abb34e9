import { spawn } from 'node:child_process';
import path from 'node:path';

import type { RunningN8n } from '../../dev/n8n';
import { nodeBinary } from '../../dev/n8n/paths';

/** When n8n's database showed what; milliseconds of one clock. */
export interface Seen {
	/** Static data of the workflow has changed. */
	saved?: number;
	/** The workflow has one more execution. */
	created?: number;
}

/** Runs in the Node.js that n8n runs in, which can read SQLite. */
function watch(file: string, workflowId: string, pid: number, killInBetween: boolean): void {
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	const { DatabaseSync } = require('node:sqlite') as {
		DatabaseSync: new (
			file: string,
			options: object,
		) => { prepare(sql: string): { get(...values: string[]): Record<string, unknown> } };
	};
	const database = new DatabaseSync(file, { readOnly: true });
	const staticData = database.prepare('select staticData as value from workflow_entity where id = ?');
	const executions = database.prepare('select count(*) as value from execution_entity where workflowId = ?');
	const before = [staticData.get(workflowId).value, executions.get(workflowId).value];
	const seen: Seen = {};
	const until = performance.now() + 75_000;
	process.stdout.write('ready\n');
	while ((seen.saved === undefined || seen.created === undefined) && performance.now() < until) {
		// First the second step, so that the first one is never seen too late.
		if (seen.created === undefined && executions.get(workflowId).value !== before[1]) seen.created = performance.now();
		if (seen.saved === undefined && staticData.get(workflowId).value !== before[0]) seen.saved = performance.now();
		if (killInBetween && seen.saved !== undefined) {
			process.kill(pid, 'SIGKILL');
			if (executions.get(workflowId).value !== before[1]) seen.created = performance.now();
			break;
		}
	}
	process.stdout.write(`${JSON.stringify(seen)}\n`);
}

/**
 * Watches n8n's database until n8n has saved static data of a workflow and created an execution of it.
 *
 * @param killInBetween whether n8n is killed as soon as it has saved static data
 */
export function watchDatabase(
	n8n: RunningN8n,
	workflowId: string,
	killInBetween: boolean,
): { ready: Promise<void>; seen: Promise<Seen> } {
	const values = [path.join(n8n.dataDir, '.n8n/database.sqlite'), workflowId, n8n.pid, killInBetween];
	const child = spawn(nodeBinary, ['--no-warnings', '-e', `(${watch.toString()})(...${JSON.stringify(values)})`], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let text = '';
	let isReady = () => {};
	const ready = new Promise<void>((resolve) => (isReady = resolve));
	child.stdout.setEncoding('utf8').on('data', (part: string) => {
		text += part;
		if (text.includes('ready')) isReady();
	});
	const seen = new Promise<Seen>((resolve, reject) => {
		child.on('error', reject).on('close', () => {
			isReady();
			const [, line = '{}'] = text.split('\n');
			resolve(JSON.parse(line || '{}') as Seen);
		});
	});
	return { ready, seen };
}
