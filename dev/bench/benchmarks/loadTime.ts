import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { packageFolder, unpackIntoN8n } from '../../n8n';
import type { Benchmark } from '../benchmark';
import { median, spread } from '../figures';

const modules = path.resolve(__dirname, '..', '..', '..', 'node_modules');
const allowedShare = 0.5;

/** Prints how many milliseconds it took to load the modules it is given, in a process that has n8n's library already. */
const script = `
	require('n8n-workflow');
	const start = performance.now();
	for (const file of process.argv.slice(1)) require(file);
	console.log(performance.now() - start);
`;

/** How long n8n takes to load our nodes when it starts; Twilio's own SDK, which we do without, is the yardstick. */
export const loadTime: Benchmark = {
	name: 'load-time',
	title: "load all our nodes, and Twilio's SDK, in a fresh process that has loaded n8n-workflow",
	async run({ tarball, quick }) {
		const folder = await mkdtemp(path.join(tmpdir(), 'n8n-nodes-twilio-load-'));
		try {
			await unpackIntoN8n(tarball, folder);
			const nodes = await builtNodes(packageFolder(folder));
			const ours: number[] = [];
			const sdk: number[] = [];
			// The first of each only brings the files into the system's cache.
			for (let run = 0; run <= (quick ? 3 : 15); run++) {
				const times = [await millisecondsToLoad(nodes), await millisecondsToLoad(['twilio'])] as const;
				if (run === 0) continue;
				ours.push(times[0]);
				sdk.push(times[1]);
			}
			const share = median(ours) / median(sdk);
			return [
				{ what: `our ${nodes.length === 1 ? 'node' : `${nodes.length} nodes`}`, measured: spread(ours, 'ms', 1) },
				{ what: "Twilio's SDK", measured: spread(sdk, 'ms', 1) },
				{
					what: "share of the SDK's time",
					measured: `${(share * 100).toFixed(0)} %`,
					target: { text: `at most ${allowedShare * 100} %`, isMet: share <= allowedShare },
				},
			];
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	},
};

async function builtNodes(folder: string): Promise<string[]> {
	const { n8n } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as { n8n: { nodes: string[] } };
	return n8n.nodes.map((file) => path.join(folder, file));
}

async function millisecondsToLoad(files: readonly string[]): Promise<number> {
	// As in n8n, what the package itself does not bring is found by this variable.
	const env = { ...process.env, NODE_PATH: modules };
	const { stdout } = await promisify(execFile)(process.execPath, ['--eval', script, ...files], { env });
	return Number(stdout);
}
