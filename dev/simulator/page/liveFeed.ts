import { Readable } from 'node:stream';
import type { StreamedContent } from '../content';

/** Something the page shows; `id` stays the same while the rest changes. */
export interface Shown {
	id: string;
	[field: string]: unknown;
}

/** All that is to be seen, by kind; oldest first. */
export type View = Record<string, Shown[]>;

interface Client {
	stream: Readable;
	/** What this client knows: kind and id → JSON. */
	known: Map<string, string>;
}

/**
 * Server-sent events that keep open pages up to date. Each event is named after a kind and carries one {@link Shown};
 * `gone` carries the kind and id of one that is not to be seen any more, and `ready` comes after the first of all.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class LiveFeed {
	private readonly clients = new Set<Client>();
	private isScheduled = false;

	/** @param read - what is to be seen now */
	constructor(private readonly read: () => View) {}

	/** Something may have changed. Costs nothing while no page is open; many changes at once are told together. */
	changed(): void {
		if (!this.clients.size || this.isScheduled) return;
		this.isScheduled = true;
		setImmediate(() => {
			this.isScheduled = false;
			const view = this.read();
			for (const client of this.clients) tell(client, view);
		});
	}

	/** A stream for one more page: first everything, then every change. */
	open(): StreamedContent {
		const client: Client = { stream: new Readable({ read: () => undefined }), known: new Map() };
		this.clients.add(client);
		client.stream.once('close', () => this.clients.delete(client));
		// After a restart of the simulator the page is there again within a second.
		client.stream.push('retry: 1000\n\n');
		tell(client, this.read());
		client.stream.push('event: ready\ndata: {}\n\n');
		return { chunks: client.stream };
	}
}

function tell({ stream, known }: Client, view: View): void {
	const forgotten = new Set(known.keys());
	for (const [kind, things] of Object.entries(view)) {
		for (const thing of things) {
			const key = `${kind} ${thing.id}`;
			const json = JSON.stringify(thing);
			forgotten.delete(key);
			if (known.get(key) === json) continue;
			known.set(key, json);
			stream.push(`event: ${kind}\ndata: ${json}\n\n`);
		}
	}
	for (const key of forgotten) {
		known.delete(key);
		const [kind, id] = key.split(' ');
		stream.push(`event: gone\ndata: ${JSON.stringify({ kind, id })}\n\n`);
	}
}
