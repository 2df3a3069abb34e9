import type { Account, Identity } from './account';
import type { CallbackSender } from './callbacks';
import type { Content } from './content';
import type { DocumentName } from './documents';
import type { Parameters } from './openApi';
import type { Happenings, Seed, State } from './state';

/** What the simulated world consists of; the same for all requests. */
export interface World {
	account: Account;
	state: State;
	/** The clock. */
	now(): Date;
	/** `http://localhost:PORT` of the origin that serves media files. */
	mediaOrigin: string;
	/** `http://localhost:PORT` of the simulator itself; known once it listens. */
	origin: string;
	callbacks: CallbackSender;
}

/** One request that the OpenAPI files allow, as a handler gets it. */
export interface Exchange extends World {
	identity: Identity;
	/** Parameters of the path, such as `Sid`. */
	path: Record<string, string>;
	query: Parameters;
	/** Values of the form, or the JSON body. */
	body: Parameters;
	/** Path as in Twilio's own URLs, without query. */
	requestPath: string;
	/** Query as it was sent. */
	rawQuery: Array<[string, string]>;
	/** Where the product is mounted: `http://localhost:PORT/messaging`. */
	productUrl: string;
	product: string;
}

/** An answer that is not just JSON. */
export class Answer {
	constructor(
		readonly content: Content,
		readonly headers: Record<string, string> = {},
	) {}
}

/** Body of the answer as JSON, an {@link Answer}, or null for 204. The status comes from the OpenAPI file. */
export type Handler = (exchange: Exchange) => object | Answer | null;

/** Everything the simulator knows about one of Twilio's resources. */
export interface Resource {
	/** The OpenAPI document that lists its operations. */
	document: DocumentName;
	/** Handlers by the operationId of the document. */
	operations: Record<string, Handler>;
	/** Error codes for parameters that the OpenAPI file refuses, instead of 20001: operationId → parameter → code. */
	errorCodes?: Record<string, Record<string, number>>;
	/** Its part of a fresh account. */
	state?: (seed: Seed) => Partial<State>;
	/** What can happen to it without a request. */
	happenings?: Partial<{
		[Name in keyof Happenings]: Happenings[Name] extends (...thing: infer Thing) => infer Row
			? (world: World, ...thing: Thing) => Row
			: never;
	}>;
	/** Moves every unfinished row one step on. */
	advance?: (world: World) => void;
}
