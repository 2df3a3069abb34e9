import { readFile } from 'node:fs/promises';

import type { RunningN8n } from '../n8n';

/** The unit of utime and stime. @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const ticksPerSecond = 100;

/** All processor time n8n's main process has taken so far (Linux only). */
export async function processorSeconds({ pid }: Pick<RunningN8n, 'pid'>): Promise<number> {
	const status = await readFile(`/proc/${pid}/stat`, 'utf8');
	// The fields after the name of the program, which is in brackets and may hold anything.
	const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
