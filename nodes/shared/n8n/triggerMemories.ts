import type { FunctionsBase, IDataObject } from 'n8n-workflow';

import { setLatest } from './setLatest';

/**
 * A trigger's memory, in the shape that is saved. The polling trigger has a `cursor`, the status trigger has
 * `recentRequests`.
 */
export type TriggerMemory = IDataObject;

/** What n8n gives to a trigger. */
type Context = Pick<
	FunctionsBase,
	'getWorkflow' | 'getNode' | 'getChildNodes' | 'getParentNodes' | 'getWorkflowStaticData'
>;

/** A memory with what there is to know about its node. */
interface Entry extends IDataObject {
	/** What the node was called when it was last at work. */
	name: string;
	/** Since when the workflow has had no trigger of that name; milliseconds since the epoch. */
	goneSince?: number;
	/** Whether n8n's durable scheduler keeps the cursor, and this is only where it began. */
	isDurable?: true;
}

/** Memories by the IDs of their nodes: an ID stays when a node is renamed, and a copy of the node gets another one. */
type Entries = Record<string, Entry>;

/** Workflows that are remembered; the one whose triggers were at work the longest ago is forgotten first. */
const maxWorkflows = 1000;

/** Milliseconds for which a trigger is remembered that was removed or disabled; it may come back. */
const maxAbsence = 30 * 24 * 60 * 60 * 1000;

/** Where memories are saved, in the part of the static data that all nodes share. The other part goes by the node's name. */
const key = 'twilioExtended';

/**
 * What the triggers of this process remember, so that they do not set each other back.
 *
 * n8n saves the static data of a workflow as a whole, and from a copy: that of a polling trigger is as old as its
 * activation, that of a status trigger as old as its callback. So all triggers of a workflow have one memory in this
 * process, and each saves all of it. It may be newer than what was saved: n8n reads the static data of a new version before
 * it ends the version before.
 */
export class TriggerMemories {
	/** By workflow; always the same object, so that what n8n saves later is what is known then. */
	private readonly workflows = new Map<string, Entries>();

	/** Nodes that poll, by workflow, ID and name: a callback that does not know yet may have overwritten who they are. */
	private readonly pollers = new Map<string, Map<string, string>>();

	/** What this process knows of a trigger. */
	get(context: Context): TriggerMemory | undefined {
		return this.entriesOf(context)[context.getNode().id];
	}

	/** Remembers what a trigger knows; later changes to what is in it count. */
	set(context: Context, memory: TriggerMemory): void {
		const entries = this.entriesOf(context);
		setLatest(this.workflows, workflowOf(context), entries, maxWorkflows);
		const { id, name } = context.getNode();
		entries[id] = { ...memory, name };
	}

	/** Puts what is known of the workflow's triggers into the static data that a trigger is about to have saved. */
	save(context: Context): void {
		const entries = this.entriesOf(context);
		for (const [id, saved] of Object.entries(savedEntries(context))) {
			if (id !== context.getNode().id) entries[id] = later(entries[id], saved);
		}
		forgetGone(context, entries);
		context.getWorkflowStaticData('global')[key] = { memories: entries };
	}

	/** Saves where a trigger began whose cursor n8n's durable scheduler keeps from then on. */
	saveBeginning(context: Context, memory: TriggerMemory): void {
		const { id, name } = context.getNode();
		const memories: Entries = { ...savedEntries(context), [id]: { ...memory, name, isDurable: true } };
		context.getWorkflowStaticData('global')[key] = { memories };
	}

	/** Whether the workflow has a polling trigger of which this process knows nothing but that it was there before. */
	isPolledElsewhere(context: Context): boolean {
		const workflow = workflowOf(context);
		const pollers = new Map(this.pollers.get(workflow));
		for (const [id, { cursor, isDurable, name }] of Object.entries(savedEntries(context))) {
			if (cursor !== undefined && !isDurable) pollers.set(id, name);
		}
		setLatest(this.pollers, workflow, pollers, maxWorkflows);
		const known = this.entriesOf(context);
		return [...pollers].some(([id, name]) => isAtWork(context, name) && !known[id]);
	}

	private entriesOf(context: Context): Entries {
		return this.workflows.get(workflowOf(context)) ?? {};
	}
}

/** What was saved of a trigger, by whichever trigger of the workflow. */
export function savedMemory(context: Context): TriggerMemory {
	return savedEntries(context)[context.getNode().id] ?? {};
}

/** Those of this process. */
export const triggerMemories = new TriggerMemories();

function workflowOf(context: Context): string {
	return String(context.getWorkflow().id);
}

/** What was saved. Static data may hold anything: people write to it, too. */
function savedEntries(context: Context): Entries {
	const { memories } = (context.getWorkflowStaticData('global')[key] ?? {}) as { memories?: unknown };
	if (!isObject(memories)) return {};
	const entries = Object.entries(memories).filter(
		(entry): entry is [string, Entry] => isObject(entry[1]) && typeof entry[1].name === 'string',
	);
	return Object.fromEntries(entries);
}

/** The one whose poll began last; without that, what this process knows. */
function later(known: Entry | undefined, saved: Entry): Entry {
	return known && revisionOf(known) >= revisionOf(saved) ? known : saved;
}

function revisionOf({ cursor }: Entry): number {
	const { revision } = isObject(cursor) ? cursor : {};
	return typeof revision === 'number' ? revision : 0;
}

/** Forgets triggers that have been gone for long. One that was renamed seems to be gone until it is at work again. */
function forgetGone(context: Context, entries: Entries): void {
	const own = context.getNode().id;
	const now = Date.now();
	for (const [id, entry] of Object.entries(entries)) {
		const goneSince = id === own || isAtWork(context, entry.name) ? undefined : (entry.goneSince ?? now);
		if (goneSince !== undefined && now - goneSince > maxAbsence) delete entries[id];
		else if (goneSince !== entry.goneSince) entries[id] = { ...entry, goneSince };
	}
}

/** Whether the workflow has a trigger of that name. n8n tells of a node only by what it leads to; else it starts nothing. */
function isAtWork(context: Context, node: string): boolean {
	try {
		const [child] = context.getChildNodes(node);
		if (!child) return false;
		return context.getParentNodes(child.name).some(({ name, disabled }) => name === node && !disabled);
	} catch {
		// n8n does not expect connections that lead to nowhere.
		return true;
	}
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
