import type { Benchmark } from '../benchmark';
import { downloadManyFiles } from './downloadManyFiles';
import { downloadOneFile } from './downloadOneFile';
import { forgedRequests } from './forgedRequests';
import { listMessages } from './listMessages';
import { loadTime } from './loadTime';
import { packageSize } from './packageSize';
import { pollBurst } from './pollBurst';
import { sendTexts } from './sendTexts';
import { statusCallbacks } from './statusCallbacks';

/** Table of contents: what is measured, in this order. */
export const benchmarks: readonly Benchmark[] = [
	packageSize,
	loadTime,
	sendTexts({ latency: 50, timesAsFast: 6, runs: 3 }),
	sendTexts({ latency: 200, timesAsFast: 9, runs: 1 }),
	listMessages,
	downloadOneFile,
	downloadManyFiles,
	pollBurst,
	statusCallbacks,
	forgedRequests,
];
