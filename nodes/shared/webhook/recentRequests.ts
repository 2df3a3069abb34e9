import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

/** Requests remembered for one node: at 100 a second those of the last 100 seconds. Twilio repeats sooner. */
const maxPerNode = 10_000;

/** Requests remembered in all; each takes about 100 bytes. */
const maxInAll = 100_000;

/** Requests of one node that are saved with the workflow, which n8n reads and writes as a whole with every request. */
const maxSaved = 500;

/** What is in the static data: keys of the latest requests, oldest first. */
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
 * Recognizes requests that have come before: Twilio repeats those to which it got no answer.
 *
 * Two memories, since neither is enough. n8n loads the workflow for each request and saves its static data afterwards,
 * so requests that arrive together do not see each other there: the memory of this process tells them apart. What it
 * knows goes into the static data each time, which survives a restart, and which other processes of n8n see a little later.
 */
export class RecentRequests {
	private readonly nodes = new Map<string, Memory>();

	private size = 0;

	/**
	 * Remembers a request, and tells whether it is new.
	 *
	 * @param node workflow and node, in one text
	 * @param staticData the node's own, which is written to if the request is new
	 * @param identity by which a repeat is recognized, in one text
	 * @param copy of the node's static data that was saved elsewhere, perhaps later
	 */
	remember(node: string, staticData: IDataObject, identity: string, copy: IDataObject = {}): boolean {
		const memory = this.memoryOf(node);
		for (const key of [...savedKeys(staticData), ...savedKeys(copy)])
			if (!memory.forgotten.has(key)) this.add(memory, key);
		const key = keyOf(identity);
		memory.forgotten.delete(key);
		if (!this.add(memory, key)) return false;
		this.forgetOldest();
		// n8n notices a change only where a key of the static data gets a new value. The list itself, not a copy: requests
		// that are saved late must not overwrite what others have added meanwhile.
		staticData.recentRequests = { version: 1, keys: memory.latest } satisfies Saved;
		return true;
	}

	/** Forgets a request again, so that its repetition counts as new, also where it has been saved meanwhile. */
	forget(node: string, identity: string): void {
		const memory = this.nodes.get(node);
		const key = keyOf(identity);
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

	private add({ known, latest }: Memory, key: string): boolean {
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

function savedKeys({ recentRequests }: IDataObject): string[] {
	const { version, keys } = (recentRequests ?? {}) as Partial<Saved>;
	return version === 1 && Array.isArray(keys) ? keys.filter((key) => typeof key === 'string').slice(-maxSaved) : [];
}

/** Short, since hundreds are saved with the workflow: 96 bits of a hash. */
function keyOf(identity: string): string {
	return createHash('sha256').update(identity).digest('base64url').slice(0, 16);
}
