import { identify } from './account';
import type { Content } from './content';
import { isProduct } from './documents';
import { TwilioError, errorBody, errorXml } from './errors';
import { matchRequest, type MatchedRequest, type Problem } from './openApi';
import { Answer, type Handler, type Resource, type World } from './resource';
import { resources } from './resources';

/** A request as it came in, taken apart but not judged. */
export interface IncomingRequest {
	method: string;
	/** First label of Twilio's host name: `api`, `messaging`, … */
	product: string;
	/** As in Twilio's own URLs: starts with the API version, no query. */
	path: string;
	query: Array<[string, string]>;
	form: Array<[string, string]>;
	/** The body if it was JSON. */
	json?: unknown;
	/** Bytes of the body. */
	bodyLength: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** Where the product is mounted: `http://localhost:PORT/messaging`. */
	productUrl: string;
}

/** An answer, ready to be written. */
export interface OutgoingAnswer {
	status: number;
	headers: Record<string, string>;
	content: Content;
}

/** What the simulator found out about a request before acting on it. */
export interface Judgement {
	authorized: boolean;
	operationId: string | undefined;
	/** Acts: this is when a message is stored. Errors become answers. */
	act(): OutgoingAnswer;
}

const handlers = new Map<string, { handler: Handler; resource: Resource }>(
	resources.flatMap((resource) =>
		Object.entries(resource.operations).map(
			([operationId, handler]) => [`${resource.document} ${operationId}`, { handler, resource }] as const,
		),
	),
);

/** Finds the operation and the caller's identity of a request; nothing happens yet. */
export function judge(world: World, request: IncomingRequest): Judgement {
	const match = isProduct(request.product) ? matchRequest(request) : 'unknown path';
	const identity = identify(world.account, request.headers.authorization);

	const answer = (): OutgoingAnswer => {
		// Twilio looks at the credentials before anything else.
		if (!identity) throw new TwilioError(20003);
		if (match === 'unknown path') throw new TwilioError(20404, `The requested resource ${request.path} was not found`);
		if (match === 'unknown method') throw new TwilioError(20004);
		// https://www.twilio.com/changelog/get-requests-with-body
		if (request.method === 'GET' && request.bodyLength > 0) throw new TwilioError(20005);
		const entry = handlers.get(`${match.document} ${match.operationId}`);
		refuse(match, entry?.resource);
		if (!entry)
			throw new TwilioError(20501, `The simulator has no handler for ${match.operationId} (${match.document})`);
		const { accountSid } = world.account;
		if ((match.path.AccountSid ?? accountSid) !== accountSid) throw new TwilioError(20404);
		const result = entry.handler({
			...world,
			identity,
			path: match.path,
			query: match.query,
			body: match.body,
			requestPath: request.path,
			rawQuery: request.query,
			productUrl: request.productUrl,
			product: request.product,
		});
		if (result instanceof Answer) return { status: match.status, headers: result.headers, content: result.content };
		return result === null ? { status: match.status, headers: {}, content: null } : json(match.status, result);
	};

	return {
		authorized: identity !== undefined,
		operationId: typeof match === 'string' ? undefined : match.operationId,
		act() {
			try {
				return answer();
			} catch (error) {
				if (error instanceof TwilioError) return errorAnswer(error, request);
				// A mistake in the simulator itself must not look like Twilio's.
				const message = `Simulator: ${error instanceof Error ? error.stack : String(error)}`;
				return json(500, { code: 0, message, more_info: '', status: 500 });
			}
		},
	};
}

/** An answer with a JSON body. */
export function json(status: number, body: unknown): OutgoingAnswer {
	return {
		status,
		headers: { 'Content-Type': 'application/json; charset=utf-8' },
		content: Buffer.from(JSON.stringify(body)),
	};
}

function refuse(match: MatchedRequest, resource: Resource | undefined): void {
	const codes = resource?.errorCodes?.[match.operationId] ?? {};
	const problem = match.problems[0];
	if (!problem) return;
	const code = codeOf(problem, codes);
	// Codes of their own have texts of their own.
	throw new TwilioError(code, code === 20001 ? problem.message : undefined, problem.parameter);
}

function codeOf({ parameter, keyword }: Problem, codes: Record<string, number>): number {
	if (parameter === 'PageSize' && keyword === 'maximum') return 20007;
	const isMisplaced = keyword === 'unknown' || keyword === 'repeated';
	return (isMisplaced ? undefined : codes[parameter]) ?? 20001;
}

function errorAnswer(error: TwilioError, request: IncomingRequest): OutgoingAnswer {
	const body = errorBody(error, request.product);
	const headers: Record<string, string> =
		error.code === 20003 ? { 'WWW-Authenticate': 'Basic realm="Twilio API"' } : {};
	const isXml = request.product === 'api' && !request.path.endsWith('.json');
	const answer = isXml
		? {
				status: body.status,
				headers: { 'Content-Type': 'application/xml; charset=utf-8' },
				content: Buffer.from(errorXml(body)),
			}
		: json(body.status, body);
	return { ...answer, headers: { ...answer.headers, ...headers } };
}
