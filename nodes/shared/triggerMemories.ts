import type { FunctionsBase, IDataObject } from 'n8n-workflow';

import { setLatest } from './setLatest';

/**
 * A trigger's memory: what it keeps in its node's part of the static data, and in the same shape. The polling trigger has a
 * `cursor`, the status trigger has `recentStatuses`.
 */
export type TriggerMemory = IDataObject;

/** What n8n gives to a trigger. Memories go by the workflow and by the node's name, as static data does. */
type Context = Pick<
	FunctionsBase,
	'getWorkflow' | 'getNode' | 'getChildNodes' | 'getParentNodes' | 'getWorkflowStaticData'
>;

/** Workflows that are remembered; the one whose triggers were at work the longest ago is forgotten first. */
const maxWorkflows = 1000;

/** Where memories are lent, in the part of the static data that all nodes share. */
const key = 'twilioExtended';

interface Lent extends IDataObject {
	/** Nodes that poll: what they have saved must not be overwritten by a process that does not know what they did since. */
	pollers: string[];
	/** By the names of their nodes. */
	memories: Record<string, TriggerMemory>;
}

/** A trigger that this process has seen at work. */
interface Known {
	memory: TriggerMemory;
	/** What the workflow's other triggers know; always the same object, so that what n8n saves later is what they know then. */
	others: Record<string, TriggerMemory>;
}

/**
 * What the triggers of this process remember, so that they do not set each other back.
 *
 * n8n saves the static data of a workflow as a whole, and from a copy: that of a polling trigger is as old as its
 * activation, that of a status trigger as old as its callback. So each trigger lends: along with its own memory it saves
 * the latest one of the workflow's other triggers, and each reads what the others have saved for it. A trigger's own memory
 * here may be newer than all of that: n8n reads the static data of a new version before it ends the version before.
 */
export class TriggerMemories {
	private readonly workflows = new Map<string, Map<string, Known>>();

	/** Nodes that poll, by workflow: a callback that does not know yet may have overwritten who they are. */
	private readonly pollers = new Map<string, Set<string>>();

	/** What this process has set last for a trigger. */
	get(context: Context, node = context.getNode().name): TriggerMemory | undefined {
		return this.triggersOf(context).get(node)?.memory;
	}

	/** Remembers what a trigger knows; later changes to the object count. */
	set(context: Context, memory: TriggerMemory): void {
		const { name } = context.getNode();
		const triggers = this.triggersOf(context);
		setLatest(this.workflows, String(context.getWorkflow().id), triggers, maxWorkflows);
		const known = triggers.get(name) ?? { memory, others: {} };
		known.memory = memory;
		triggers.set(name, known);
		for (const [other, each] of triggers) {
			if (other === name) continue;
			each.others[name] = memory;
			known.others[other] = each.memory;
		}
	}

	/**
	 * Puts what the workflow's other triggers know into the static data that a trigger is about to have saved; also where there
	 * are none yet, since one may come before n8n saves.
	 */
	lend(context: Context): void {
		const { name } = context.getNode();
		const triggers = this.triggersOf(context);
		const lent = lentIn(context);
		const others: Known['others'] = triggers.get(name)?.others ?? {};
		for (const [other, memory] of Object.entries(lent.memories)) {
			if (other !== name) others[other] ??= memory;
		}
		const polling = [...triggers].filter(([, { memory }]) => 'cursor' in memory).map(([node]) => node);
		const pollers = [...new Set([...polling, ...lent.pollers])];
		context.getWorkflowStaticData('global')[key] = { pollers, memories: others } satisfies Lent;
	}

	/** Puts a trigger's own memory there, for when n8n does not save it otherwise. */
	lendOwn(context: Context, memory: TriggerMemory): void {
		const memories = { ...lentIn(context).memories, [context.getNode().name]: memory };
		context.getWorkflowStaticData('global')[key] = { pollers: [], memories } satisfies Lent;
	}

	/** Whether the workflow has a polling trigger of which this process knows nothing but that it was there before. */
	isPolledElsewhere(context: Context): boolean {
		const workflow = String(context.getWorkflow().id);
		const pollers = new Set([...(this.pollers.get(workflow) ?? []), ...lentIn(context).pollers]);
		setLatest(this.pollers, workflow, pollers, maxWorkflows);
		return [...pollers].some((node) => isAtWork(context, node) && !this.get(context, node));
	}

	private triggersOf(context: Context): Map<string, Known> {
		return this.workflows.get(String(context.getWorkflow().id)) ?? new Map<string, Known>();
	}
}

/** What the workflow's other triggers have saved for a trigger. */
export function lentMemory(context: Context): TriggerMemory {
	return lentIn(context).memories[context.getNode().name] ?? {};
}

/** Those of this process. */
export const triggerMemories = new TriggerMemories();

/** What is lent, without that of triggers that are gone. Static data may hold anything: people write to it, too. */
function lentIn(context: Context): Pick<Lent, 'pollers' | 'memories'> {
	const { pollers, memories } = (context.getWorkflowStaticData('global')[key] ?? {}) as Partial<Lent>;
	return {
		pollers: Array.isArray(pollers)
			? pollers.filter((node) => typeof node === 'string' && isAtWork(context, node))
			: [],
		memories: isObject(memories)
			? Object.fromEntries(
					Object.entries(memories).filter(([node, memory]) => isAtWork(context, node) && isObject(memory)),
				)
			: {},
	};
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
