import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OpenAPIBackend, ValidationContext, type Document, type Operation } from 'openapi-backend';
import { parseUrl } from '../../nodes/shared/api/parseUrl';
import { documentOf, type DocumentName } from './documents';
import { extraFormParameters, extraPaths } from './openApiExceptions';
import { parseFilterTime } from './times';

/** Names and values as they stood in a query or form, in order; a name may repeat. */
export type Pairs = Iterable<readonly [string, string]>;

/** A request as Twilio would see it. */
export interface OpenApiRequest {
	method: string;
	/** First label of Twilio's host name: `api`, `messaging`, … */
	product: string;
	/** Path without query, from the root of that host: `/2010-04-01/Accounts/AC…/Messages.json`. */
	path: string;
	query?: Pairs;
	form?: Pairs;
	json?: unknown;
}

/** Something in a request that the OpenAPI file does not allow. */
export interface Problem {
	/** Parameter at fault; empty if it is the request as a whole. */
	parameter: string;
	/** JSON schema keyword that failed (`required`, `maximum`, …), or `unknown`, `repeated`, `body`. */
	keyword: string;
	message: string;
}

/** Values of a query or form, typed as the OpenAPI file says; only parameters that were sent. */
export type Parameters = Record<string, unknown>;

/** A request that some OpenAPI operation answers. */
export interface MatchedRequest {
	document: DocumentName;
	operationId: string;
	/** Status of a good answer, as the OpenAPI file says. */
	status: number;
	path: Record<string, string>;
	query: Parameters;
	body: Parameters;
	problems: Problem[];
}

/** What is wrong with a request that no operation answers. */
export type Unmatched = 'unknown path' | 'unknown method';

interface Schema {
	type?: string;
	nullable?: boolean;
	example?: unknown;
	properties?: Record<string, Schema>;
	items?: Schema;
	required?: string[];
	additionalProperties?: boolean | object;
}
interface Media {
	schema?: Schema;
	examples?: object;
}
interface Parameter {
	name: string;
	in: string;
	required?: boolean;
	schema?: Schema;
}
interface OperationObject {
	operationId: string;
	parameters?: Parameter[];
	requestBody?: { required?: boolean; content: Partial<Record<string, Media>> };
	responses: Record<string, { description: string; content?: Partial<Record<string, Media>> }>;
}
type PathItem = Partial<Record<string, OperationObject>>;

const formType = 'application/x-www-form-urlencoded';
const jsonType = 'application/json';
const emptyForm = (): Schema => ({ type: 'object', properties: {} });

const loaded = new Map<DocumentName, OpenAPIBackend>();

/** The router and validator of one document; read once per process and shared by all simulators in it. */
function load(name: DocumentName): OpenAPIBackend {
	let backend = loaded.get(name);
	if (!backend) {
		backend = read(name);
		loaded.set(name, backend);
	}
	return backend;
}

function read(name: DocumentName): OpenAPIBackend {
	const folder = join(dirname(require.resolve('@twilio-alpha/mcp/package.json')), 'twilio-oai/spec/json');
	const definition = JSON.parse(readFileSync(join(folder, `twilio_${name}.json`), 'utf8')) as {
		paths: Record<string, PathItem>;
	};
	addExceptions(name, definition.paths);
	const backend = new OpenAPIBackend({
		definition: definition as unknown as Document,
		quick: true,
		ignoreTrailingSlashes: false,
		ajvOpts: { strict: false, allErrors: true, logger: false },
		customizeAjv: customizeFormats,
	});
	// In quick mode, with a document that is an object already, init does everything before it first waits.
	void backend.init();
	const operations = backend.router.getOperations();
	// The router would build this list anew, twice, for every request.
	backend.router.getOperations = () => operations;
	for (const operation of operations) closeSchemas(operation as unknown as OperationObject);
	return backend;
}

function addExceptions(name: DocumentName, paths: Record<string, PathItem>): void {
	for (const extra of extraPaths.filter(({ document }) => document === name)) {
		const inPath = (paths[extra.like]?.get?.parameters ?? []).filter((parameter) => parameter.in === 'path');
		const inQuery = Object.entries(extra.query ?? {}).map(([parameter, schema]) => ({
			name: parameter,
			in: 'query',
			schema,
		}));
		paths[extra.path] = {
			get: {
				operationId: extra.operationId,
				parameters: [...inPath, ...inQuery],
				responses: { [extra.status]: { description: 'A file, or where it is' } },
			},
		};
	}
	const operations = Object.values(paths).flatMap((item) => Object.values(item));
	for (const extra of extraFormParameters.filter(({ document }) => document === name)) {
		const operation = operations.find((candidate) => candidate?.operationId === extra.operationId);
		Object.assign(operation?.requestBody?.content[formType]?.schema?.properties ?? {}, extra.parameters);
	}
}

/** An object with listed properties has no others, neither in a request (typing errors) nor in an answer (inventions of ours). */
function closeSchemas(operation: OperationObject): void {
	// Without a body schema the validator would let any body pass.
	operation.requestBody ??= { content: { [formType]: { schema: emptyForm() } } };
	const seen = new Set<object>();
	const close = (schema: Schema | undefined): void => {
		if (!schema || seen.has(schema)) return;
		seen.add(schema);
		// A schema for anything allows null; the validator refuses to be told so.
		if (schema.type === undefined) delete schema.nullable;
		// Made-up answers would have a 0, which cannot be told from an integer.
		if (schema.type === 'number') schema.example ??= 1.5;
		if (schema.properties) {
			schema.additionalProperties ??= false;
			Object.values(schema.properties).forEach(close);
		}
		close(schema.items);
	};
	// The validator turns an object that occurs twice into a reference, and fails at "/" in a name such as "twilio/card".
	const json = operation.requestBody.content[jsonType];
	if (json) json.schema = JSON.parse(JSON.stringify(json.schema)) as Schema;
	const bodies = [operation.requestBody, ...Object.values(operation.responses)];
	for (const body of bodies) {
		for (const media of Object.values(body.content ?? {})) {
			close(media?.schema);
			// Fields of Twilio's examples are null or left out; a made-up answer has them all.
			delete media?.examples;
		}
	}
}

type CustomizeAjv = NonNullable<ConstructorParameters<typeof OpenAPIBackend>[0]['customizeAjv']>;

const customizeFormats: CustomizeAjv = (ajv, _options, context) => {
	const formats = context === ValidationContext.Response ? responseFormats : requestFormats;
	for (const [name, format] of Object.entries(formats)) ajv.addFormat(name, format);
	return ajv;
};

const requestFormats: Record<string, (text: string) => boolean> = {
	'date-time': (text) => parseFilterTime(text) !== undefined,
	date: (text) => parseFilterTime(text)?.granularity === 'day',
	// An empty value clears a URL.
	uri: (text) => text === '' || parseUrl(text) !== undefined,
};

const responseFormats: Record<string, RegExp | ((text: string) => boolean)> = {
	'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
	'date-time-rfc-2822': /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000$/,
	// Links between the pages of the 2010 API are relative, whatever the file says.
	uri: (text) => parseUrl(text, 'https://api.twilio.com') !== undefined,
};

/** A made-up answer to a request: every field is there, with a value of its type. */
export function mockAnswer(request: OpenApiRequest): object {
	const match = matchRequest(request);
	if (typeof match === 'string') throw new Error(`${match}: ${request.method} ${request.product} ${request.path}`);
	return load(match.document).mockResponseForOperation(match.operationId).mock as object;
}

/** Finds the OpenAPI operation for a request and everything in the request that it does not allow. */
export function matchRequest(request: OpenApiRequest): MatchedRequest | Unmatched {
	const document = documentOf(request.product, request.path);
	if (!document) return 'unknown path';
	const { router, validator } = load(document);
	let matched: Operation;
	try {
		matched = router.matchOperation({ method: request.method, path: request.path, headers: {} }, true);
	} catch (error) {
		return String(error).includes('405') ? 'unknown method' : 'unknown path';
	}
	const operation = matched as unknown as OperationObject;
	const problems: Problem[] = [];

	const inQuery = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
	const query = collect(
		request.query,
		Object.fromEntries(inQuery.map(({ name, schema }) => [name, schema ?? {}])),
		problems,
	);
	const body = collectBody(request, operation, problems);

	const { errors } = validator.validateRequest(
		{ method: request.method, path: request.path, headers: {}, query: query as Record<string, string>, body },
		matched,
	);
	for (const { keyword, instancePath, params, message } of errors ?? []) {
		problems.push(toProblem(keyword, instancePath, params as Record<string, unknown>, message ?? ''));
	}
	return {
		document,
		operationId: operation.operationId,
		status: Number(Object.keys(operation.responses)[0]),
		path: router.parseRequest({ method: request.method, path: request.path, headers: {} }, matched).params as Record<
			string,
			string
		>,
		query,
		body,
		problems,
	};
}

/**
 * Says which of Twilio's operations a request calls, or why Twilio's OpenAPI files do not allow it. This is what the
 * simulator itself goes by, so a test of any HTTP client can use it as well.
 */
export function describeRequest(request: OpenApiRequest): { operationId: string } | { problems: string[] } {
	const match = matchRequest(request);
	if (typeof match === 'string')
		return { problems: [`${match}: ${request.method} ${request.product} ${request.path}`] };
	if (match.problems.length) return { problems: match.problems.map(({ message }) => message) };
	return { operationId: match.operationId };
}

/** Everything in an answer's JSON that the OpenAPI schema for it does not allow; empty if it is right. */
export function checkAnswer(document: DocumentName, operationId: string, status: number, body: unknown): string[] {
	const { router, validator } = load(document);
	const operation = router.getOperation(operationId);
	if (!operation) return [`${document} has no operation ${operationId}`];
	const { errors } = validator.validateResponse(body, operation, status);
	return (errors ?? []).map(
		({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
	);
}

/** Operations of a document by name; lets a test see that no handler is misspelt. */
export function operationIds(document: DocumentName): string[] {
	return load(document)
		.router.getOperations()
		.map(({ operationId }) => operationId ?? '');
}

/** Everything in a query or form is text; these are the other types it may stand for. What it cannot stand for stays text. */
const typed: Record<string, (text: string) => unknown> = {
	integer: (text) => (/^-?\d+$/.test(text) ? Number(text) : text),
	number: (text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text),
	boolean: (text) => ({ true: true, false: false })[text] ?? text,
};

function collect(pairs: Pairs | undefined, schemas: Record<string, Schema>, problems: Problem[]): Parameters {
	const values: Parameters = {};
	for (const [name, value] of pairs ?? []) {
		const { type = '' } = schemas[name] ?? {};
		const before = values[name];
		if (type === 'array') {
			values[name] = Array.isArray(before) ? [...(before as string[]), value] : [value];
		} else if (before === undefined) {
			values[name] = typed[type]?.(value) ?? value;
		} else {
			problems.push({ parameter: name, keyword: 'repeated', message: `Parameter ${name} was given more than once` });
		}
	}
	return values;
}

function collectBody(request: OpenApiRequest, operation: OperationObject, problems: Problem[]): Parameters {
	const content = operation.requestBody?.content ?? {};
	if (request.json !== undefined) {
		if (!content[jsonType]) {
			problems.push({ parameter: '', keyword: 'body', message: `${operation.operationId} takes a form, not JSON` });
			return {};
		}
		return request.json as Parameters;
	}
	const pairs = [...(request.form ?? [])];
	if (content[jsonType] && !content[formType]) {
		if (pairs.length)
			problems.push({ parameter: '', keyword: 'body', message: `${operation.operationId} takes JSON, not a form` });
		return {};
	}
	return collect(pairs, content[formType]?.schema?.properties ?? {}, problems);
}

function toProblem(keyword: string, instancePath: string, params: Record<string, unknown>, message: string): Problem {
	if (keyword === 'additionalProperties') {
		const parameter = String(params.additionalProperty);
		return { parameter, keyword: 'unknown', message: `Unknown parameter ${parameter}` };
	}
	if (keyword === 'required') {
		const parameter = String(params.missingProperty);
		return { parameter, keyword, message: `Missing required parameter ${parameter}` };
	}
	// The path of an error reads /query/PageSize or /requestBody/MediaUrl/0.
	const parameter = decodeURIComponent(instancePath.split('/')[2] ?? '')
		.replace(/~1/g, '/')
		.replace(/~0/g, '~');
	const allowed = Array.isArray(params.allowedValues) ? ` (${params.allowedValues.join(', ')})` : '';
	return { parameter, keyword, message: `Invalid parameter ${parameter}: ${message}${allowed}` };
}
