import type { Benchmark } from '../benchmark';
import { measureDownloads } from '../downloads';
import { megabyte } from '../figures';

/** A large file passes through n8n without ever being in its memory as a whole. */
export const downloadOneFile: Benchmark = {
	name: 'download-one-file',
	title: 'download one media file of 300 MB',
	run: async (setup) =>
		await measureDownloads({ kind: 'media', files: 1, size: 300 * megabyte, allowedGrowth: 100 * megabyte }, setup),
};
