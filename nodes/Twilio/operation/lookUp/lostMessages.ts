import type { IDataObject } from 'n8n-workflow';

import { systemClock } from '../../../shared/api/retry';
import type { OperationResult } from '../execution';
import { messageListUrl, messagesSince, type ListClient } from './messageList';
import { SentMessages } from './sentMessages';
import type { SoughtMessage } from './soughtMessage';

/** A message whose answer was lost. Plain data, since a run remembers it. */
export interface LostMessage extends IDataObject {
	sought: SoughtMessage;
	/** When it was sent at the earliest, by the clock of this machine, in milliseconds. */
	since: number;
}

/** Milliseconds before each look: Twilio may store a message after the connection broke. */
const waits = [0, 2_000, 4_000];

/** What all runs of this process send. */
const sent = new SentMessages();

/**
 * The messages of one run whose answers were lost. Nobody knows whether Twilio has them, and they are never sent again; but
 * Twilio's list of messages shows them if they are there.
 */
export class LostMessages {
	/** Those not found yet, in the order they were sent. */
	private missing: LostMessage[] = [];

	/** @param signal ends the search when the execution is cancelled */
	constructor(private readonly signal?: AbortSignal) {}

	/** Sends a message that {@link find} may have to look for, or that it must not take for another one. */
	async send(
		sought: SoughtMessage,
		twilio: ListClient,
		send: () => Promise<OperationResult>,
	): Promise<OperationResult> {
		const result = await sent.during(keyOf(sought, twilio), send);
		if ('sid' in result) this.take(result.sid);
		return result;
	}

	/** A message is the result of an item. */
	take(sid: unknown): void {
		sent.take(sid);
	}

	isTaken(sid: unknown): boolean {
		return sent.isTaken(sid);
	}

	add(lost: LostMessage): void {
		this.missing = [...this.missing, lost].sort((one, other) => one.since - other.since);
	}

	/**
	 * Looks for one that was added.
	 *
	 * @param looks how often at most
	 * @returns Twilio's row, where there are exactly as many messages like it as this run has lost
	 */
	async find(lost: LostMessage, twilio: ListClient, looks = waits.length): Promise<IDataObject | undefined> {
		for (const wait of waits.slice(0, looks)) {
			if (wait > 0) await systemClock.sleep(wait);
			if (this.signal?.aborted) return undefined;
			try {
				const found = await this.look(lost, twilio);
				if (!found) continue;
				this.missing = this.missing.filter((each) => each !== lost);
				this.take(found.sid);
				return found;
			} catch {
				// Whoever cannot be reached now has nothing to say in a moment either.
				return undefined;
			}
		}
		return undefined;
	}

	private async look(lost: LostMessage, twilio: ListClient): Promise<IDataObject | undefined> {
		const key = keyOf(lost.sought, twilio);
		const alike = () => this.missing.filter(({ sought }) => keyOf(sought, twilio) === key);
		const rows = await messagesSince(lost.sought, alike()[0]?.since ?? lost.since, twilio);
		// Others may have been found while Twilio answered.
		const free = rows?.filter(({ sid }) => !this.isTaken(sid));
		const missing = alike();
		// One that is still under way may have a row, and no answer yet that says which.
		if (free?.length !== missing.length || sent.isUnderWay(key)) return undefined;
		return free[missing.indexOf(lost)];
	}
}

/** Messages with the same key cannot be told apart. */
function keyOf({ to, from, messagingServiceSid, body, mediaCount }: SoughtMessage, twilio: ListClient): string {
	return JSON.stringify([messageListUrl(twilio), to, from, messagingServiceSid, body, mediaCount]);
}
