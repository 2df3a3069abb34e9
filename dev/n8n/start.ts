import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { environmentVariables } from './environmentVariables';
import { freePorts } from './freePorts';
import { unpackIntoN8n } from './packageInstall';
import { n8nBinary, n8nFolder, nodeBinary } from './paths';
import { waitUntil } from './waitUntil';

/** What to start. */
export interface StartOptions {
	/** Which of n8n's processes: all in one (default), or in queue mode one that only takes webhooks or only executes. */
	readonly command?: 'start' | 'webhook' | 'worker';
	/** n8n's port; a free one when left out. */
	readonly port?: number;
	/** n8n's user folder; a new temporary one, which `close()` removes, when left out. */
	readonly dataDir?: string;
	/** What `npm pack` made of our package; without it n8n starts with what its folder has. */
	readonly tarball?: string;
	/** More variables for n8n; they win over ours. */
	readonly env?: Readonly<Record<string, string>>;
	/** Receives every line n8n writes. */
	readonly log?: (line: string) => void;
}

/** What a restart may change. */
export type RestartOptions = Pick<StartOptions, 'tarball' | 'env'>;

const readyWithin = 180_000;
const stopWithin = 20_000;
const killWithin = 10_000;

/**
 * Starts the pinned n8n with our package in it and resolves once it is ready and its REST interface answers. Needs
 * `installN8n()` first. n8n never outlives the process that called this.
 *
 * @throws Error with n8n's last lines when it ends early or is not ready in time
 */
export async function startN8n(options: StartOptions = {}): Promise<RunningN8n> {
	const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'n8n-nodes-twilio-')));
	await mkdir(dataDir, { recursive: true });
	const [freePort, brokerPort] = (await freePorts(2)) as [number, number];
	const n8n = new RunningN8n(
		{ ...options, dataDir, port: options.port ?? freePort, brokerPort },
		options.dataDir === undefined,
	);
	try {
		await n8n.start({});
	} catch (error) {
		await n8n.close();
		throw error;
	}
	return n8n;
}

/** An n8n under our control; made by {@link startN8n}. */
export class RunningN8n {
	/** Every line n8n wrote since the first start. */
	readonly logs: string[] = [];
	readonly port: number;
	readonly dataDir: string;
	/** Where the editor, the REST interface and the webhooks are, without a slash at the end. */
	readonly url: string;
	private child: ChildProcess | undefined;

	constructor(
		private settings: StartOptions & { readonly dataDir: string; readonly port: number; readonly brokerPort: number },
		private readonly dataDirIsOurs: boolean,
	) {
		this.port = settings.port;
		this.dataDir = settings.dataDir;
		this.url = `http://localhost:${settings.port}`;
	}

	/** The process id of n8n; `undefined` while it does not run. */
	get pid(): number | undefined {
		return this.isRunning() ? this.child?.pid : undefined;
	}

	/** Starts it again after `stop()` or `kill()`, on the same data and port. */
	async start({ tarball = this.settings.tarball, env = this.settings.env }: RestartOptions): Promise<void> {
		if (this.isRunning()) throw new Error('n8n is already running');
		this.settings = { ...this.settings, tarball, env };
		if (tarball !== undefined) await unpackIntoN8n(tarball, this.dataDir);

		const { command = 'start' } = this.settings;
		// A process group of its own, so that stopping reaches the task runner too; the channel is what exitWithParent watches.
		const child = spawn(nodeBinary, ['--require', path.join(n8nFolder, 'exitWithParent.cjs'), n8nBinary, command], {
			cwd: this.dataDir,
			env: environmentVariables(this.settings),
			detached: true,
			stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		});
		this.child = child;
		this.record(child.stdout);
		this.record(child.stderr);
		let failure: Error | undefined;
		child.once('error', (error) => {
			failure = error;
		});
		await waitUntil(
			async () => {
				if (failure) throw failure;
				if (!this.isRunning()) throw new Error(`n8n ended before it was ready:\n${this.tail()}`);
				const paths = command === 'start' ? ['/healthz/readiness', '/rest/settings'] : ['/healthz/readiness'];
				const answered = await Promise.all(paths.map(async (path) => await answers(`${this.url}${path}`)));
				return answered.every(Boolean);
			},
			{ what: 'n8n to be ready', timeout: readyWithin, interval: 100 },
		).catch((error: Error) => {
			throw error.message.startsWith('Gave up') ? new Error(`${error.message}:\n${this.tail()}`) : error;
		});
	}

	/** Ends n8n as an orderly shutdown would, and by force when it takes longer than 20 s. */
	async stop(): Promise<void> {
		if (!this.isRunning()) return;
		this.signal('SIGTERM');
		await this.ended(stopWithin).catch(async () => await this.kill());
		// n8n ends without waiting for its task runner.
		this.signal('SIGKILL');
	}

	/** Ends n8n as a crash would: at once, without a chance to save anything. */
	async kill(): Promise<void> {
		this.signal('SIGKILL');
		await this.ended(killWithin);
	}

	/** Stops and starts again on the same data and port, optionally with another package or other variables. */
	async restart(options: RestartOptions = {}): Promise<void> {
		await this.stop();
		await this.start(options);
	}

	/** Stops n8n and removes its data, unless the caller chose the folder. */
	async close(): Promise<void> {
		await this.stop();
		if (this.dataDirIsOurs) await rm(this.dataDir, { recursive: true, force: true, maxRetries: 5 });
	}

	/** The most memory n8n's main process had in use since it started, in bytes (Linux only). */
	async vmHwm(): Promise<number> {
		if (this.pid === undefined) throw new Error('n8n is not running');
		return await peakMemory(this.pid);
	}

	/** The last lines n8n wrote. */
	tail(lines = 40): string {
		return this.logs.slice(-lines).join('\n');
	}

	private isRunning(): boolean {
		return this.child?.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
	}

	private signal(name: NodeJS.Signals): void {
		if (this.child?.pid === undefined) return;
		try {
			process.kill(-this.child.pid, name);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
		}
	}

	private async ended(timeout: number): Promise<void> {
		if (!this.child || !this.isRunning()) return;
		await once(this.child, 'exit', { signal: AbortSignal.timeout(timeout) });
	}

	private record(stream: NodeJS.ReadableStream | null): void {
		let unfinished = '';
		stream?.setEncoding('utf8').on('data', (text: string) => {
			const lines = (unfinished + text).split(/\r?\n/);
			unfinished = lines.pop() ?? '';
			for (const line of lines) {
				this.logs.push(line);
				this.settings.log?.(line);
			}
		});
	}
}

/** The most memory a process had in use since it started, in bytes; read from Linux' /proc. */
export async function peakMemory(pid: number): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
	if (kibibytes === undefined) throw new Error(`/proc/${pid}/status names no VmHWM`);
	return Number(kibibytes) * 1024;
}

async function answers(url: string): Promise<boolean> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
		const isJson = response.headers.get('content-type')?.includes('json') ?? false;
		await response.arrayBuffer();
		return response.ok && isJson;
	} catch {
		return false;
	}
}
