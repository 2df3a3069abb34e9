import type { IPollFunctions } from 'n8n-workflow';

/** What becomes of rows that n8n took. */
export interface Storing {
	isStored(): void;
	isLost(error: Error): void;
}

/** What n8n throws once an execution is stored: it was cancelled, or is over before anybody waits for its end. */
const afterStoring = ['ExecutionCancelledError', 'ExecutionNotFoundError'];

/**
 * Calls a listener once n8n takes the rows that a poll is about to return, before it saves static data. n8n drops them, and
 * tells nobody, if the workflow was unpublished or published anew during the poll: to count them as emitted would be to lose
 * them. What it takes it may still be unable to store, when its database is away; the listener's answer is told.
 */
export function whenTaken(context: IPollFunctions, listener: () => Storing): void {
	const emit = context.__emit;
	context.__emit = (data, response, done) => {
		context.__emit = emit;
		const storing = listener();
		const end = done ?? context.helpers.createDeferredPromise();
		void end.promise.then(
			() => storing.isStored(),
			(error: Error) => (isAfterStoring(error) ? storing.isStored() : storing.isLost(error)),
		);
		let isAccepted = false;
		try {
			emit.call(context, data, response, end);
			isAccepted = true;
		} finally {
			if (!isAccepted) storing.isLost(new Error('it refused them'));
		}
	};
}

/** By name, since n8n may have another copy of the classes, and one of them is its own. */
function isAfterStoring(error: unknown): boolean {
	if (typeof error !== 'object' || error === null) return false;
	const { constructor } = error;
	return afterStoring.includes(constructor.name) || isAfterStoring(Object.getPrototypeOf(error));
}
