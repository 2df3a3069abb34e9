import type { Account } from './account';
import type { DeliveredCallback } from './callbacks';
import type { Fault } from './faults';
import type { Happenings, State } from './state';

/** How a simulator starts. */
export interface SimulatorOptions {
	/** Port to listen on; 0 (default) takes a free one. Only this machine can reach it. */
	port?: number;
	/** Milliseconds before every answer; default 0. */
	latency?: number;
	/** The clock; default the real one. Rows, filters and the Date header go by it. */
	now?: () => Date;
	/** Milliseconds between automatic status steps; default none: only `advance()` moves statuses. */
	statusInterval?: number;
	/** Credentials that are to be the same at every start; those left out are random. */
	account?: Partial<Account>;
}

/** A request the simulator got. */
export interface RecordedRequest {
	method: string;
	/** `api`, `messaging`, …, or `media` for the origin of media files. */
	product: string;
	/** As in Twilio's own URLs, without query. */
	path: string;
	query: Array<[string, string]>;
	form: Array<[string, string]>;
	/** The body if it was JSON. */
	json?: unknown;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** Whether the credentials were right. */
	authorized: boolean;
	/** Status of the answer; 0 while there is none, and for ever if the socket was destroyed. */
	status: number;
	/** Operation of the OpenAPI file, if the path is one. */
	operationId: string | undefined;
	/** Twilio's code, if the answer was an error in JSON. */
	errorCode?: number;
	errorMessage?: string;
}

/** A Twilio that runs on this machine. */
export interface Simulator extends Happenings {
	port: number;
	/** `http://localhost:PORT` */
	origin: string;
	/** `http://localhost:PORT/{product}`, as a template: the credential's base URL. */
	baseUrl: string;
	/** The second origin: serves media files, and answers 400 to a request with credentials. */
	mediaOrigin: string;
	account: Account;
	/** Everything it remembers; read it, and change it. */
	state: State;
	/** Every request, in the order they came. */
	requests: RecordedRequest[];
	/** Callbacks that were posted, in the order they were answered. */
	callbacks: DeliveredCallback[];
	/** Milliseconds before every answer. */
	latency: number;
	/** Lets something go wrong. */
	fault(fault: Fault): void;
	/** Moves every unfinished row one step on; resolves when all status callbacks are answered. */
	advance(): Promise<void>;
	/** Resolves when all callbacks under way are answered, for example the one of a cancelled message. */
	settle(): Promise<void>;
	/** Back to a fresh account: rows, faults, requests, callbacks. Credentials and ports stay. */
	reset(): void;
	/** Ends everything, open sockets included. */
	close(): Promise<void>;
}
