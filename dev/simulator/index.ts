import { createAccount, type Account } from './account';
import { json, judge, type IncomingRequest, type Judgement, type OutgoingAnswer } from './answerRequest';
import { CallbackSender, type DeliveredCallback } from './callbacks';
import { bodyOfStatus } from './errors';
import { Faults, type Fault } from './faults';
import { answerMedia } from './mediaOrigin';
import { createPage } from './page';
import { resources } from './resources';
import { addAlert, type AlertRow, type NewAlert } from './resources/alerts';
import { addCall, type CallRow, type NewCall } from './resources/calls';
import { receiveMessage, type InboundMessage, type MessageRow } from './resources/messages';
import { addRecording, type NewRecording, type RecordingRow } from './resources/recordings';
import { addTranscription, type NewTranscription, type TranscriptionRow } from './resources/transcriptions';
import type { World } from './resource';
import { openServer, type RawRequest, type Reply } from './server';
import { randomHex } from './sids';
import { createState, type State } from './state';

export type { Account } from './account';
export type { DeliveredCallback } from './callbacks';
export { makeUp, type FileContent } from './content';
export type { Fault } from './faults';
export type { AlertRow, NewAlert } from './resources/alerts';
export type { CallRow, NewCall } from './resources/calls';
export type { InboundMessage, MessageRow } from './resources/messages';
export type { NewRecording, RecordingRow } from './resources/recordings';
export type { NewTranscription, TranscriptionRow } from './resources/transcriptions';
export type { State } from './state';

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
export interface Simulator {
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
	/** A message arrives. */
	receive(message: InboundMessage): MessageRow;
	/** A call appears: by default an inbound one that has ended. */
	call(call: NewCall): CallRow;
	/** A recording appears, by default a completed one. */
	record(recording?: NewRecording): RecordingRow;
	/** A transcription appears, by default a completed one. */
	transcribe(transcription: NewTranscription): TranscriptionRow;
	/** An alert appears, by default about a webhook that could not be fetched. */
	alert(alert?: NewAlert): AlertRow;
	/** Back to a fresh account: rows, faults, requests, callbacks. Credentials and ports stay. */
	reset(): void;
	/** Ends everything, open sockets included. */
	close(): Promise<void>;
}

/** Starts a simulator on this machine. */
export async function startSimulator({
	port = 0,
	latency = 0,
	now = () => new Date(),
	statusInterval,
	account: given,
}: SimulatorOptions = {}): Promise<Simulator> {
	const account = createAccount(given);
	const fresh = () => createState({ ...account, now: now() });
	const callbacks = new CallbackSender(account.authToken, () => page.changed());
	const faults = new Faults();
	const requests: RecordedRequest[] = [];
	const state = fresh();
	let answering = 0;

	/** Records a request, applies the fault that hits it, and answers. */
	async function reply(
		request: IncomingRequest,
		{ act, ...judgement }: Judgement,
		wait: RawRequest['wait'],
	): Promise<Reply> {
		const { method, product, path, query, form, json: body, headers } = request;
		const record: RecordedRequest = {
			method,
			product,
			path,
			query,
			form,
			json: body,
			headers,
			...judgement,
			status: 0,
		};
		requests.push(record);
		page.changed();
		const concurrent = ++answering;
		try {
			const fault = faults.take(request);
			const isDecided = fault?.status !== undefined;
			const early = fault?.when === 'after' ? act() : undefined;
			await wait(simulator.latency + (fault?.delay ?? 0));
			if (fault?.destroy) return 'destroy';
			const answer = isDecided ? faultAnswer(fault ?? {}, product) : (early ?? act());
			Object.assign(record, { status: answer.status, ...errorOf(answer) });
			return {
				status: answer.status,
				headers: {
					Date: now().toUTCString(),
					'Twilio-Request-Id': `RQ${randomHex()}`,
					'Twilio-Concurrent-Requests': String(concurrent),
					...answer.headers,
					...fault?.headers,
				},
				content: answer.content,
				truncate: fault?.truncate,
			};
		} finally {
			answering--;
			page.changed();
		}
	}

	const media = await openServer(0, async (raw) => {
		const request = { ...raw, product: 'media', form: [], productUrl: '' };
		const act = () => answerMedia(world, raw.target, raw.headers.authorization);
		return reply(request, { authorized: false, operationId: undefined, act }, raw.wait);
	});

	const main = await openServer(port, async (raw) => {
		const own = page.answer(raw);
		if (own) return own;
		const [, product = '', path = '/'] = /^\/([^/]*)(\/.*)?$/.exec(raw.path) ?? [];
		const request: IncomingRequest = { ...raw, product, path, productUrl: `http://${raw.headers.host}/${product}` };
		return reply(request, judge(world, request), raw.wait);
	});

	const world: World = { account, state, now, callbacks, mediaOrigin: media.origin, origin: main.origin };

	/** Makes something happen, and tells it to the page. */
	const adding =
		<T, R>(add: (world: World, thing: T) => R) =>
		(thing: T): R => {
			const row = add(world, thing);
			page.changed();
			return row;
		};

	const simulator: Simulator = {
		port: main.port,
		origin: main.origin,
		baseUrl: `${main.origin}/{product}`,
		mediaOrigin: media.origin,
		account,
		state,
		requests,
		callbacks: callbacks.delivered,
		latency,
		fault: (fault) => faults.add(fault),
		async advance() {
			for (const resource of resources) resource.advance?.(world);
			page.changed();
			await callbacks.settle();
		},
		settle: () => callbacks.settle(),
		receive: adding(receiveMessage),
		call: adding(addCall),
		record: (recording = {}) => adding(addRecording)(recording),
		transcribe: adding(addTranscription),
		alert: (alert = {}) => adding(addAlert)(alert),
		reset() {
			Object.assign(state, fresh());
			faults.clear();
			requests.length = 0;
			callbacks.delivered.length = 0;
			simulator.latency = latency;
			page.changed();
		},
		async close() {
			clearInterval(timer);
			callbacks.close();
			await Promise.all([main.close(), media.close()]);
		},
	};
	const page = createPage(simulator);
	const timer = statusInterval === undefined ? undefined : setInterval(() => void simulator.advance(), statusInterval);
	return simulator;
}

/** Code and message of an answer that is an error. */
function errorOf({ status, headers, content }: OutgoingAnswer): Pick<RecordedRequest, 'errorCode' | 'errorMessage'> {
	if (status < 400 || !Buffer.isBuffer(content) || !headers['Content-Type']?.includes('json')) return {};
	const { code, message } = JSON.parse(content.toString('utf8')) as { code?: number; message?: string };
	return { errorCode: code, errorMessage: message };
}

function faultAnswer({ status = 500, body }: Fault, product: string): OutgoingAnswer {
	if (typeof body === 'string')
		return { status, headers: { 'Content-Type': 'text/plain' }, content: Buffer.from(body) };
	return json(status, body ?? bodyOfStatus(status, product));
}
