import { UserError } from 'n8n-workflow';

import { systemClock } from '../../shared/api/retry';
import type { ParametersOf } from '../../shared/fields/field';
import type { Operation } from './defineOperation';
import type { PreparedRequest } from './preparedRequest';
import type { RunStart } from './runStart';
import type { afterCrashHours, afterCrashWithLookUp } from './sharedOptions';

/** What the user has chosen for the retry of an execution that was cut off. */
export type CrashOptions = Partial<ParametersOf<readonly [typeof afterCrashWithLookUp, typeof afterCrashHours]>>;

const hour = 3_600_000;

/**
 * Decides about an item of a run that may have been worked on before n8n stopped.
 *
 * @returns how far to look back for what was sent, in milliseconds since the epoch; nothing where it is not to be looked for
 * @throws UserError when it is not to be done
 */
export function lookBackTo(
	request: PreparedRequest,
	{ harmsTwice }: Operation,
	{ isAfterCrash, since = 0 }: RunStart,
	{ afterCrash = 'refuse', afterCrashHours = 24 }: CrashOptions,
): number | undefined {
	if (!isAfterCrash || !harmsTwice || request.method === 'GET' || request.method === 'DELETE') return undefined;
	switch (afterCrash) {
		case 'sendAgain':
			return undefined;
		case 'refuse':
			throw new UserError(
				'This is the retry of an execution that n8n could not finish, and nothing tells what it has sent',
				{
					description: `Nothing was sent now. n8n was stopped while the execution ran, so some items may be done. Look in the Twilio Console under Monitor > Logs. To go on, set the option 'After a Crash' to ${harmsTwice === 'canBeFound' ? "'Look Up', which sends only what is not at Twilio, or to " : ''}'Send Again', which does it for all items; save the workflow, and retry with the currently saved workflow.`,
				},
			);
		case 'lookUp':
			if ('sought' in request && request.sought) return Math.max(since, systemClock.now() - afterCrashHours * hour);
			throw new UserError('After a crash, this message cannot be looked up at Twilio', {
				description:
					"Twilio's list does not tell templates, shortened links, replaced characters, and hidden texts or numbers. Nothing was sent now. Set the option 'After a Crash' to 'Send Again', or send the message to those who have not got it in another way.",
			});
	}
}
