import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { TwilioErrorFacts } from '../../shared/api/errors';
import type { Fingerprint } from './fingerprint';
import type { LostMessage } from './lookUp/lostMessages';

/** What a request has done at Twilio: Twilio's answer, or an error after which nobody knows whether Twilio acted. */
export type Outcome = { done: IDataObject | IDataObject[] } | { unknown: TwilioErrorFacts; lost?: LostMessage };

/** What an earlier try has done, found again for an item of this one. */
export interface Recalled {
	outcome: Outcome;
	/** False where the same was sent to the same recipient, but with other content. */
	isSameContent: boolean;
}

/** What a run of the node has done at Twilio. */
export interface RunMemory {
	/** What earlier tries have done for each of these items, `undefined` for those that they did not come to. */
	recall(fingerprints: ReadonlyArray<Fingerprint | undefined>): Array<Recalled | undefined>;
	/** What came of an item; what was remembered of it before no longer counts. */
	remember(item: number, fingerprint: Fingerprint, outcome: Outcome): void;
	/** Nothing is left to go on from. */
	clear(): void;
}

interface Memory extends Fingerprint {
	item: number;
	outcome: Outcome;
}

const contextKey = 'twilioRuns';

/**
 * How an item is found among the memories, the best way first. An item may have moved since, because an expression or the
 * items before it were changed, and one recipient may have several items: each memory stands for one of them.
 */
const ways: Array<(memory: Omit<Memory, 'outcome'>) => string> = [
	({ item, request, content }) => `${item} ${request} ${content}`,
	({ request, content }) => `${request} ${content}`,
	({ item, request }) => `${item} ${request}`,
	({ request }) => request,
];

/**
 * The memory of this run of the node. n8n runs a node again as a whole: after an error with "Retry On Fail", and with
 * "Retry execution". The node's context outlives both, since it is part of the execution; the run index tells the passes
 * of a loop apart. Without it, what had been sent before the failure would be sent again.
 *
 * @param isShared whether several calls may run at the same time under the same run index, as those of an AI agent do;
 *   each then forgets only what is its own
 * @see https://docs.n8n.io/flow-logic/error-handling/
 */
export function runMemory(context: IExecuteFunctions, { isShared }: { isShared: boolean }): RunMemory {
	const runIndex = context.getWorkflowDataProxy(0).$runIndex as number;
	const nodeContext = context.getContext('node');
	// n8n saves what stands here when it saves the execution, so it is changed in place.
	const runs = (nodeContext[contextKey] ??= {}) as Record<number, Memory[] | undefined>;
	const ownByItem = new Map<number, Memory>();

	return {
		recall(fingerprints) {
			const recalled = new Array<Recalled | undefined>(fingerprints.length).fill(undefined);
			const unused = new Set(runs[runIndex]);
			for (const keyOf of ways) {
				if (unused.size === 0) break;
				const memories = groupBy(unused, keyOf);
				fingerprints.forEach((fingerprint, item) => {
					if (!fingerprint || recalled[item]) return;
					const memory = memories.get(keyOf({ item, ...fingerprint }))?.pop();
					if (!memory) return;
					unused.delete(memory);
					ownByItem.set(item, memory);
					recalled[item] = { outcome: memory.outcome, isSameContent: memory.content === fingerprint.content };
				});
			}
			return recalled;
		},
		remember(item, fingerprint, outcome) {
			const earlier = ownByItem.get(item);
			if (earlier) {
				earlier.outcome = outcome;
			} else {
				const memory = { item, ...fingerprint, outcome };
				ownByItem.set(item, memory);
				(runs[runIndex] ??= []).push(memory);
			}
		},
		clear() {
			const own = new Set(ownByItem.values());
			const others = isShared ? runs[runIndex]?.filter((memory) => !own.has(memory)) : undefined;
			if (others?.length) runs[runIndex] = others;
			else delete runs[runIndex];
		},
	};
}

/** Last comes first, so that `pop` takes them in their order. */
function groupBy(memories: Iterable<Memory>, keyOf: (memory: Memory) => string): Map<string, Memory[]> {
	const groups = new Map<string, Memory[]>();
	for (const memory of [...memories].reverse()) {
		const group = groups.get(keyOf(memory));
		if (group) group.push(memory);
		else groups.set(keyOf(memory), [memory]);
	}
	return groups;
}
