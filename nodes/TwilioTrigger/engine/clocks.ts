import type { Seconds } from '../../shared/lists/listDate';
import { latest, type DatedList } from './list';
import type { Answer } from './page';

/** Seconds that a scan is taken to have begun before the clocks say so: Twilio's own machines differ by some. */
const margin = 10;

/** Seconds by which an answer's date may differ from this machine's clock; beyond that, one of them is wrong. */
const tolerance = 2 * 60 * 60;

/**
 * A moment before the list was read, by Twilio's clock and as late as can be known. The answer's date is taken after that,
 * and less the time that the answer took it is the moment of the request. Either clock may be wrong, so the earlier one
 * counts; but rows show that it is at least as late as they are.
 */
export function startOf(list: DatedList, answer: Answer): Seconds {
	const clocks = clocksOf(answer);
	const shown = Math.min(newestOf(list, answer), Math.max(...clocks));
	return Math.floor(Math.max(Math.min(...clocks), shown) - margin);
}

/** When the page was asked for: rows with an earlier date were there. A clock that is far behind counts less than the rows. */
export function sentAt(list: DatedList, answer: Answer): Seconds {
	const clocks = clocksOf(answer);
	if (!isStrange(answer)) return Math.floor(clocks.at(-1) as Seconds);
	const earlier = Math.floor(Math.min(...clocks));
	const newest = newestOf(list, answer);
	return newest > earlier + tolerance ? Math.min(newest + 1, Math.floor(Math.max(...clocks))) : earlier;
}

/** Whether the answer's date and this machine's clock contradict each other. */
export function isStrange({ page, received }: Answer): boolean {
	return page.date !== undefined && Math.abs(page.date - received) > tolerance;
}

/** The moment of the request, by this machine's clock and by the answer's date, if it has one. */
function clocksOf({ page, sent, received }: Answer): Seconds[] {
	return page.date === undefined ? [sent] : [sent, page.date - (received - sent)];
}

function newestOf(list: DatedList, { page }: Answer): Seconds {
	return latest(...page.rows.map((row) => list.timeOf(row))) ?? -Infinity;
}
