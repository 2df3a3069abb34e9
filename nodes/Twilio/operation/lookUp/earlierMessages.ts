import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { messagesOfEarlierExecution, type ListClient } from './messageList';
import { likeness, type SoughtMessage } from './soughtMessage';

/**
 * The messages that an execution has sent before it was cut off. Each of them is the result of one item only, whichever node
 * of the workflow and pass of a loop it is of; so are those that are sent after it.
 */
export class EarlierMessages {
	/** By SID. n8n saves them with the execution. */
	private readonly taken: Record<string, true>;

	constructor(context: IExecuteFunctions) {
		this.taken = (context.getContext('flow').twilioTaken ??= {}) as Record<string, true>;
	}

	/** A message is the result of an item. */
	take(sid: unknown): void {
		if (typeof sid === 'string') this.taken[sid] = true;
	}

	/**
	 * Looks for one.
	 *
	 * @param since when that execution began at the earliest
	 * @returns Twilio's row, or nothing if it is not there
	 * @throws UserError when it may be there
	 */
	async find(sought: SoughtMessage, since: number, twilio: ListClient): Promise<IDataObject | undefined> {
		const rows = await messagesOfEarlierExecution(sought.to, since, twilio);
		const free = rows.filter(({ sid }) => !this.taken[String(sid)]);
		const found = free.find((row) => likeness(row, sought) === 'same');
		if (found) return found;
		const alike = free.find((row) => likeness(row, sought) === 'alike');
		if (!alike) return undefined;
		throw new UserError(
			`Nobody knows whether this message was sent before n8n stopped: ${String(alike.sid)} may be it`,
			{
				description:
					"It was not sent now. The text that Twilio has is not quite that of this item. Compare them; to send it all the same, set the option 'After a Crash' to 'Send Again'.",
			},
		);
	}
}
