import type { IDataObject } from 'n8n-workflow';

import type { TwilioClient } from '../../../shared/api/client';
import { maxPageSize } from '../../../shared/api/pages';
import { systemClock } from '../../../shared/api/retry';
import { likeness, type SoughtMessage } from './soughtMessage';

/** A client without parameters of the user's own, which Twilio would take for filters. */
export type ListClient = Pick<TwilioClient, 'account' | 'pages'>;

/** Rows of one look for a lost answer. What is sought is among the newest. */
const pageSize = 100;

/** Milliseconds by which Twilio's times may be early: its rows and its clock have whole seconds. */
const rounding = 2_000;

/** The same where Twilio's clock is not known, because a gateway has taken it out of the answer. */
const unknownClock = 30_000;

/** The same for messages of an earlier execution, where nobody knows exactly when they were sent. */
const earlierExecution = 2 * 60_000;

/** The URL of the account's messages. */
export function messageListUrl(twilio: ListClient): string {
	return twilio.account('Messages.json');
}

/**
 * Messages with this content since a time, in the order they were made.
 *
 * @param since by the clock of this machine, in milliseconds
 * @returns nothing if one page does not show them all
 */
export async function messagesSince(
	sought: SoughtMessage,
	since: number,
	twilio: ListClient,
): Promise<IDataObject[] | undefined> {
	const query = { To: sought.to, PageSize: pageSize };
	for await (const { rows, next, date } of twilio.pages(messageListUrl(twilio), query)) {
		const earliest = byTwiliosClock(since - rounding, date) ?? since - unknownClock;
		if (next !== undefined && rows.every((row) => createdAt(row) >= earliest)) return undefined;
		return inOrder(rows.filter((row) => createdAt(row) >= earliest && likeness(row, sought) === 'same'));
	}
	return undefined;
}

/** All messages to a recipient since an earlier execution began, in the order they were made. */
export async function messagesOfEarlierExecution(
	to: string,
	since: number,
	twilio: ListClient,
): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	const query = { To: to, PageSize: maxPageSize };
	for await (const { rows, date } of twilio.pages(messageListUrl(twilio), query)) {
		const earliest = Math.min(since, byTwiliosClock(since, date) ?? since) - earlierExecution;
		const recent = rows.filter((row) => createdAt(row) >= earliest);
		found.push(...recent);
		if (recent.length < rows.length) break;
	}
	return inOrder(found);
}

/** A time of this machine by Twilio's clock, which shows `date` as it answers. */
function byTwiliosClock(time: number, date: string | undefined): number | undefined {
	const twiliosNow = Date.parse(date ?? '');
	return Number.isNaN(twiliosNow) ? undefined : time + twiliosNow - systemClock.now();
}

/** A row whose date cannot be read is not left out: it may be the one. */
function createdAt({ date_created: date }: IDataObject): number {
	const time = Date.parse(String(date));
	return Number.isNaN(time) ? Infinity : time;
}

/** Twilio's lists begin with the newest. */
function inOrder(rows: readonly IDataObject[]): IDataObject[] {
	return [...rows].reverse().sort((one, other) => createdAt(one) - createdAt(other));
}
