import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

/** Statuses remembered for one node: at 100 callbacks a second those of the last 100 seconds. Twilio repeats sooner. */
const maxPerNode = 10_000;

/** Statuses remembered in all; each takes about 100 bytes. */
const maxInAll = 100_000;

/** Statuses of one node that are saved with the workflow, which n8n reads and writes as a whole with every callback. */
const maxSaved = 500;

/** What is in the static data: keys of the latest statuses, oldest first. */
interface Saved extends IDataObject {
	version: 1;
	keys: string[];
}

interface Memory {
	/** In the order they came. */
	known: Set<string>;
	/** The last of them; the same list for as long as the node is remembered. */
	readonly latest: string[];
	/** Those that are to count as new, wherever they have been saved meanwhile. */
	readonly forgotten: Set<string>;
}

/**
 * Recognizes statuses that have been reported before: Twilio repeats a callback whose answer it did not get.
 *
 * Two memories, since neither is enough. n8n loads the workflow for each callback and saves its static data afterwards,
 * so callbacks that arrive together do not see each other there: the memory of this process tells them apart. What it
 * knows goes into the static data each time, which survives a restart, and which other processes of n8n see a little later.
 */
export class RecentStatuses {
	private readonly nodes = new Map<string, Memory>();

	private size = 0;

	/**
	 * Remembers a status, and tells whether it is new.
	 *
	 * @param node workflow and node, in one text
	 * @param staticData the node's own, which is written to if the status is new
	 * @param sid of the message, call or recording
	 * @param copy of the node's static data that was saved elsewhere, perhaps later
	 */
	isNew(node: string, staticData: IDataObject, sid: string, status: string, copy: IDataObject = {}): boolean {
		const memory = this.memoryOf(node);
		for (const key of [...savedKeys(staticData), ...savedKeys(copy)])
			if (!memory.forgotten.has(key)) this.remember(memory, key);
		const key = keyOf(sid, status);
		memory.forgotten.delete(key);
		if (!this.remember(memory, key)) return false;
		this.forgetOldest();
		// n8n notices a change only where a key of the static data gets a new value. The list itself, not a copy: callbacks
		// that are saved late must not overwrite what others have added meanwhile.
		staticData.recentStatuses = { version: 1, keys: memory.latest } satisfies Saved;
		return true;
	}

	/** Forgets a status again, so that its repetition counts as new, also where it has been saved meanwhile. */
	forget(node: string, sid: string, status: string): void {
		const memory = this.nodes.get(node);
		const key = keyOf(sid, status);
		if (!memory?.known.delete(key)) return;
		memory.forgotten.add(key);
		for (const oldest of memory.forgotten) {
			if (memory.forgotten.size <= maxSaved) break;
			memory.forgotten.delete(oldest);
		}
		this.size--;
		const position = memory.latest.indexOf(key);
		if (position !== -1) memory.latest.splice(position, 1);
	}

	/** The node that was asked about last is the last in the order of the map. */
	private memoryOf(node: string): Memory {
		const memory = this.nodes.get(node) ?? { known: new Set(), latest: [], forgotten: new Set() };
		this.nodes.delete(node);
		this.nodes.set(node, memory);
		return memory;
	}

	private remember({ known, latest }: Memory, key: string): boolean {
		if (known.has(key)) return false;
		known.add(key);
		latest.push(key);
		this.size++;
		if (latest.length > maxSaved) latest.shift();
		if (known.size > maxPerNode) this.forgetOldestOf(known);
		return true;
	}

	private forgetOldest(): void {
		for (const [node, { known }] of this.nodes) {
			while (this.size > maxInAll && known.size > 0) this.forgetOldestOf(known);
			if (this.size <= maxInAll) return;
			this.nodes.delete(node);
		}
	}

	private forgetOldestOf(known: Set<string>): void {
		for (const oldest of known) {
			known.delete(oldest);
			this.size--;
			return;
		}
	}
}

function savedKeys({ recentStatuses }: IDataObject): string[] {
	const { version, keys } = (recentStatuses ?? {}) as Partial<Saved>;
	return version === 1 && Array.isArray(keys) ? keys.filter((key) => typeof key === 'string').slice(-maxSaved) : [];
}

/** Short, since hundreds are saved with the workflow: 96 bits of a hash. */
function keyOf(sid: string, status: string): string {
	return createHash('sha256').update(`${sid}:${status}`).digest('base64url').slice(0, 16);
}
