import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeBytes, type Content } from './content';

/** A request, read to its end. */
export interface RawRequest {
	method: string;
	/** Without query. */
	path: string;
	/** Path and query, as sent. */
	target: string;
	query: Array<[string, string]>;
	/** Values of a form body; empty for other bodies. */
	form: Array<[string, string]>;
	/** Value of a JSON body. */
	json?: unknown;
	/** Bytes of the body. */
	bodyLength: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** Waits some milliseconds, unless the server closes meanwhile. */
	wait(milliseconds: number): Promise<void>;
}

/** What to answer; `destroy` ends the connection without an answer. */
export type Reply =
	| 'destroy'
	| {
			status: number;
			headers: Record<string, string>;
			content: Content;
			/** Ends the connection after this many bytes of the content. */
			truncate?: number;
	  };

/** A listening server. */
export interface OpenServer {
	port: number;
	/** `http://localhost:PORT` */
	origin: string;
	/** Ends it with all its connections. */
	close(): Promise<void>;
}

/** Listens on this machine only. @param port - 0 for a free one */
export async function openServer(port: number, answer: (request: RawRequest) => Promise<Reply>): Promise<OpenServer> {
	const closing = new AbortController();
	const server = createServer((incoming, response) => {
		read(incoming, closing.signal)
			.then(answer)
			.then((reply) => write(response, reply))
			// The client went away, or the server closes: nobody is left to answer.
			.catch(() => response.destroy());
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	const { port: taken } = server.address() as AddressInfo;
	return {
		port: taken,
		origin: `http://localhost:${taken}`,
		async close() {
			closing.abort();
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await closed;
		},
	};
}

async function read(incoming: IncomingMessage, closing: AbortSignal): Promise<RawRequest> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk as Buffer);
	const body = Buffer.concat(chunks);
	const target = incoming.url ?? '/';
	const [path = '/', ...rest] = target.split('?');
	const type = incoming.headers['content-type'] ?? '';
	return {
		method: incoming.method ?? 'GET',
		path: decodePath(path),
		target,
		query: [...new URLSearchParams(rest.join('?'))],
		form: type.includes('x-www-form-urlencoded') ? [...new URLSearchParams(body.toString('utf8'))] : [],
		json: type.includes('json') && body.length ? parseJson(body.toString('utf8')) : undefined,
		bodyLength: body.length,
		headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
		async wait(milliseconds) {
			if (milliseconds > 0) await sleep(milliseconds, undefined, { signal: closing });
		},
	};
}

function decodePath(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

/** Malformed JSON stays text, which no schema allows. */
function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

async function write(response: ServerResponse, reply: Reply): Promise<void> {
	if (reply === 'destroy') {
		response.destroy();
		return;
	}
	const { status, headers, content, truncate } = reply;
	// 204 has no length; a stream without one is sent in chunks.
	const length = content ? content.length : status === 204 ? undefined : 0;
	response.writeHead(status, { ...headers, ...(length === undefined ? {} : { 'Content-Length': String(length) }) });
	if (content && truncate !== undefined) {
		response.write(await takeBytes(content, truncate), () => response.destroy());
		return;
	}
	if (content === null || Buffer.isBuffer(content)) {
		response.end(content ?? undefined);
		return;
	}
	// A stream that waits for events learns only itself, not wrapped in another, that its reader has gone.
	const { chunks } = content;
	await pipeline(chunks instanceof Readable ? chunks : Readable.from(chunks), response);
}
