import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';

import { freePorts } from '../../dev/n8n/freePorts';

/** A Redis on this machine that keeps nothing; it never outlives the process that started it. */
export interface Redis {
	readonly port: number;
	close(): Promise<void>;
}

/** Starts Debian's `redis-server`. */
export async function startRedis(): Promise<Redis> {
	const [port] = (await freePorts(1)) as [number];
	const redis = spawn(
		'redis-server',
		['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', tmpdir()],
		{
			stdio: ['ignore', 'pipe', 'inherit'],
		},
	);
	const ended = new Promise<Error>((resolve) => {
		redis.once('error', (cause) => {
			resolve(new Error('These tests need redis-server (apt-get install redis-server)', { cause }));
		});
		redis.once('exit', (code) => resolve(new Error(`redis-server has ended with ${code}`)));
	});
	const end = () => redis.kill('SIGKILL');
	process.once('exit', end);
	await new Promise<void>((resolve, reject) => {
		void ended.then(reject);
		redis.stdout.setEncoding('utf8').on('data', (text: string) => {
			if (text.includes('Ready to accept connections')) resolve();
		});
	});
	return {
		port,
		async close() {
			process.off('exit', end);
			end();
			await ended;
		},
	};
}
