import type { IWebhookFunctions } from 'n8n-workflow';

import { markAsChanged } from '../n8n/markAsChanged';
import { whenAnswered } from '../n8n/whenAnswered';
import { savedMemory, triggerMemories } from '../n8n/triggerMemories';
import { nodeKey } from './nodeKey';
import { RecentRequests } from './recentRequests';

/** Of this process; n8n makes no new instance of a node for a new call. */
const recentRequests = new RecentRequests();

/** Requests of which n8n does not know yet whether it can store the execution, while Twilio has already given up waiting. */
const undecided = new Set<string>();

/**
 * Remembers that a request starts the workflow, unless an equal one has done so before: Twilio repeats what it got no answer
 * to. If n8n then cannot store the execution, the request is forgotten, so that the next repeat starts the workflow.
 *
 * @param identity by which a repeat is recognized, in one text: SID and status, or Twilio's idempotency token
 * @returns `first`, and the workflow is to be started; `repeat`; or `undecided`, if nobody knows yet whether the first
 *   one can be stored, so that Twilio should repeat it once more
 */
export function claimRequest(context: IWebhookFunctions, identity: string): 'first' | 'repeat' | 'undecided' {
	const node = nodeKey(context);
	const key = `${node}/${identity}`;
	if (!remember(context, identity)) return undecided.has(key) ? 'undecided' : 'repeat';
	whenAnswered(context.getResponseObject(), {
		hungUp: () => undecided.add(key),
		answered: (status) => {
			undecided.delete(key);
			// n8n could not store the execution: when Twilio calls again, this is no repetition.
			if (status >= 400) recentRequests.forget(node, identity);
		},
	});
	return 'first';
}

/** Remembers a request, in this process and with the workflow, and tells whether it is new. */
function remember(context: IWebhookFunctions, identity: string): boolean {
	const memory = { ...savedMemory(context) };
	if (!recentRequests.remember(nodeKey(context), memory, identity)) return false;
	triggerMemories.set(context, { recentRequests: memory.recentRequests });
	// What a poll of another process has saved meanwhile must not be overwritten: then only this process remembers.
	if (!triggerMemories.isPolledElsewhere(context)) {
		triggerMemories.save(context);
		void markAsChanged(context.getWorkflowStaticData('global'));
	}
	return true;
}
