import type { IPollFunctions } from 'n8n-workflow';

/**
 * Calls a listener once n8n takes the rows that a poll is about to return, before it saves static data. n8n drops them, and
 * tells nobody, if the workflow was unpublished or published anew during the poll: to count them as emitted would be to lose
 * them.
 */
export function whenTaken(context: IPollFunctions, listener: () => void): void {
	const emit = context.__emit;
	context.__emit = (...rows) => {
		context.__emit = emit;
		listener();
		emit.call(context, ...rows);
	};
}
