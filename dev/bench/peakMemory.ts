import { writeFile } from 'node:fs/promises';

import type { RunningN8n } from '../n8n';

/**
 * Does something and measures by how many bytes n8n's memory rose above what it was before, at its peak. The peak n8n had
 * reached earlier is forgotten first, so that starting up does not hide anything (Linux only).
 */
export async function peakMemoryGrowth<T>(
	n8n: RunningN8n,
	work: () => Promise<T>,
): Promise<{ growth: number; result: T }> {
	await writeFile(`/proc/${n8n.pid}/clear_refs`, forgetPeak);
	const before = await n8n.vmHwm();
	const result = await work();
	return { growth: (await n8n.vmHwm()) - before, result };
}

/** Resets VmHWM to the memory in use now. @see https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html */
const forgetPeak = '5';
