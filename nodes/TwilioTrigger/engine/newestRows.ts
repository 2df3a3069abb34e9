import type { EngineOptions } from './page';
import type { Seconds } from '../../shared/lists/listDate';
import type { DatedList, Row, UndatedList } from './list';
import { firstQuery, wholeQuery } from './query';

/** What {@link newestRows} needs of the poll's options, and how many rows it is to give. */
export type NewestOptions = Pick<EngineOptions, 'fetchPage' | 'clock'> & { count: number };

/** How far back a sample may lie where Twilio keeps rows for longer. */
const year: Seconds = 365 * 24 * 60 * 60;

/** The newest rows that the trigger would emit, oldest first, whatever it has emitted before. One request. */
export async function newestRows(
	list: DatedList | UndatedList,
	{ fetchPage, clock, count }: NewestOptions,
): Promise<Row[]> {
	const isDated = !('isUndated' in list);
	const now = Math.floor(clock() / 1000);
	const since = isDated ? Math.max(now - (list.maxAge ?? year), list.startsAt ?? 0) : 0;
	const page = await fetchPage(isDated ? firstQuery(list, { since }) : wholeQuery);
	if ('refusal' in page) throw page.refusal;
	return page.rows
		.map((row) => ({ row, time: list.timeOf(row) ?? 0 }))
		.filter(({ row, time }) => !isDated || (time >= since && list.judge(row) === 'ready'))
		.sort((a, b) => a.time - b.time)
		.slice(-count)
		.map(({ row }) => row);
}
