import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { waitUntil } from '../../../dev/n8n';

const repositoryFolder = path.resolve(__dirname, '..', '..', '..');
const readyWithin = 240_000;
const endsWithin = 60_000;

/** What `npm start` runs. */
const behindNpm = ['--import', 'tsx', 'dev/start/main.ts'];

/** An `npm start` as in a terminal of its own: a group of processes. */
export class NpmStart {
	/** Everything it wrote to both outputs. */
	output = '';
	private readonly child: ChildProcess;

	private constructor(command: string, args: readonly string[]) {
		this.child = spawn(command, args, { cwd: repositoryFolder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
		for (const stream of [this.child.stdout, this.child.stderr]) {
			stream?.setEncoding('utf8').on('data', (text: string) => {
				this.output += text;
			});
		}
	}

	/** Through npm, as people do it. When a signal ends npm, its exit code is `null`. */
	static throughNpm(...args: string[]): NpmStart {
		return new NpmStart('npm', ['--silent', 'start', '--', ...args]);
	}

	/** Without npm and its shell, which hide the exit code. */
	static directly(...args: string[]): NpmStart {
		return new NpmStart(process.execPath, [...behindNpm, ...args]);
	}

	/** Waits for a text in the output. */
	async says(text: string): Promise<void> {
		await waitUntil(
			() => {
				if (!this.output.includes(text) && this.child.exitCode !== null) throw new Error(this.output);
				return this.output.includes(text);
			},
			{ what: `"${text}" in the output`, timeout: readyWithin },
		);
	}

	/** What stands behind a label in the output. */
	told(label: string): string {
		return new RegExp(`${label} +(\\S+)`).exec(this.output)?.[1] ?? '';
	}

	/** Ctrl-C in a terminal: the signal goes to the whole group. */
	pressCtrlC(): void {
		process.kill(-this.child.pid!, 'SIGINT');
	}

	/** A signal for the first process alone, as from `kill`. */
	signal(name: NodeJS.Signals): void {
		this.child.kill(name);
	}

	/** Waits for the end of the first process. @returns its exit code */
	async ended(): Promise<number | null> {
		if (this.child.exitCode === null && this.child.signalCode === null) {
			await once(this.child, 'close', { signal: AbortSignal.timeout(endsWithin) });
		}
		return this.child.exitCode;
	}

	/** Ends whatever a failed test left behind; n8n follows its parent. */
	clearAway(): void {
		try {
			process.kill(-this.child.pid!, 'SIGKILL');
		} catch {
			// All have ended by themselves, as they should.
		}
	}
}

/** The processes that were started with this folder as n8n's data, by their environment (Linux only). */
export async function processesWith(dataDir: string): Promise<number[]> {
	const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
	const environments = await Promise.all(
		pids.map(async (pid) => await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')),
	);
	return pids.filter((_, index) => environments[index]?.includes(dataDir)).map(Number);
}
