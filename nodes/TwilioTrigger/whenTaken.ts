import type { IPollFunctions } from 'n8n-workflow';

/** What waits for n8n to take rows. */
const waiting = new WeakMap<IPollFunctions, () => void>();

/**
 * Calls a listener once n8n takes the rows that a poll is about to return, before it saves static data. n8n drops them, and
 * tells nobody, if the workflow was unpublished or published anew during the poll: to count them as emitted would be to lose
 * them.
 */
export function whenTaken(context: IPollFunctions, listener: () => void): void {
	const emit = context.__emit;
	const take = () => {
		waiting.delete(context);
		context.__emit = emit;
		listener();
	};
	waiting.set(context, take);
	context.__emit = (...rows) => {
		take();
		emit.call(context, ...rows);
	};
}

/**
 * To be called when a poll begins: n8n does not poll again for a workflow whose rows it has dropped. So if this notices
 * nothing because n8n has come to take rows in another way, they do not come again with each poll.
 */
export function takeWaiting(context: IPollFunctions): void {
	waiting.get(context)?.();
}
