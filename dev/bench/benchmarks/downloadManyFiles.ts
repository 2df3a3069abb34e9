import type { Benchmark } from '../benchmark';
import { measureDownloads } from '../downloads';
import { megabyte } from '../figures';

/** Nor do many files at the same time. */
export const downloadManyFiles: Benchmark = {
	name: 'download-many-files',
	title: 'download 50 recordings of 20 MB each',
	run: async (setup) =>
		await measureDownloads({ kind: 'recording', files: 50, size: 20 * megabyte, allowedGrowth: 100 * megabyte }, setup),
};
