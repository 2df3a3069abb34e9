import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';

import type { Benchmark } from '../benchmark';

const allowedKilobytes = 150;
const allowedFiles = /^package\/(dist\/.+|README\.md|LICENSE|CHANGELOG\.md|package\.json)$/;

/** What users download and what is in it. */
export const packageSize: Benchmark = {
	name: 'package-size',
	title: 'what npm pack makes',
	async run({ tarball }) {
		const kilobytes = (await stat(tarball)).size / 1000;
		const { stdout } = await promisify(execFile)('tar', ['-tzf', tarball]);
		const files = stdout.split('\n').filter((file) => file !== '' && !file.endsWith('/'));
		const others = files.filter((file) => !allowedFiles.test(file));
		return [
			{
				what: 'size',
				measured: `${kilobytes.toFixed(1)} kB`,
				target: { text: `below ${allowedKilobytes} kB`, isMet: kilobytes < allowedKilobytes },
			},
			{
				what: 'content',
				measured: `${files.length} files${others.length > 0 ? `, among them ${others.join(', ')}` : ''}`,
				target: {
					text: 'nothing but dist, README, LICENSE, CHANGELOG and package.json',
					isMet: others.length === 0,
				},
			},
		];
	},
};
