import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { ErrorParts } from '../../shared/api/errors';
import type { LostMessage } from './lookUp/lostMessages';

/**
 * What a run has done at Twilio for one item: `done` with Twilio's answer, or an error after which nobody knows whether
 * Twilio acted. An item without a memory may be worked on.
 */
export type Remembered = { done: IDataObject } | { unknown: ErrorParts; /** What to look for. */ lost?: LostMessage };

export interface RunMemory {
	recall(itemIndex: number): Remembered | undefined;
	remember(itemIndex: number, what: Remembered): void;
	/** Nothing is left to go on from. */
	clear(): void;
}

type StoredRun = { operation: string; items: Record<number, Remembered> };

const contextKey = 'twilioRuns';

/**
 * The memory of this run of the node. n8n runs a node again as a whole: after an error with "Retry On Fail", and with
 * "Retry execution". The node's context outlives both, since it is part of the execution; the run index tells the passes
 * of a loop apart. Without it, what had been sent before the failure would be sent again.
 *
 * @param operation such as `message.send`; the memory of another one is not used
 * @see https://docs.n8n.io/flow-logic/error-handling/
 */
export function runMemory(context: IExecuteFunctions, operation: string): RunMemory {
	const runIndex = context.getWorkflowDataProxy(0).$runIndex as number;
	const nodeContext = context.getContext('node');
	const runs = (nodeContext[contextKey] ??= {}) as Record<number, StoredRun>;

	const stored = (): StoredRun['items'] => {
		const run = runs[runIndex];
		return run?.operation === operation ? run.items : {};
	};
	return {
		recall: (itemIndex) => stored()[itemIndex],
		remember(itemIndex, what) {
			runs[runIndex] = { operation, items: { ...stored(), [itemIndex]: what } };
		},
		clear() {
			delete runs[runIndex];
		},
	};
}

/** For operations that only read: doing it again does no harm. */
export const noMemory: RunMemory = { recall: () => undefined, remember: () => {}, clear: () => {} };
