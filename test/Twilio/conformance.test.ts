import { isDeepStrictEqual } from 'node:util';

import type { INodeParameters } from 'n8n-workflow';

import { describeRequest } from '../../dev/simulator/openApi';
import type { Field, Fields } from '../../nodes/shared/fields/field';
import { fieldsOf } from '../../nodes/Twilio/operation/fieldsOf';
import { resources } from '../../nodes/Twilio/resources';
import { Twilio } from '../../nodes/Twilio/Twilio.node';
import { runNode } from '../support/n8n';
import { startRecordingServer, type RecordingServer, type WireRequest } from '../support/recordingServer';
import { sentinelOf, sentinelParameter } from '../support/sentinels';

/**
 * Every field of every operation in the table of contents is set to a value of its own at least once, and must be seen to
 * matter: its value reaches the wire, or the result changes. Every request on the way must be one that Twilio's OpenAPI
 * files allow. An operation that is listed is covered; there is nothing to add here for it.
 */

/**
 * How many items are in flight can be seen neither in a request nor in a result; runOperations.test.ts measures it. What
 * happens after a crash needs one: afterCrash.test.ts.
 */
const measuredElsewhere = new Set(['requestsAtOnce', 'afterCrash', 'afterCrashHours']);

/** Operations whose requests are the user's, so that nobody can say beforehand which are right. */
const usersOwnRequests = new Set(['apiRequest']);

const accountSid = `AC${'a'.repeat(32)}`;

let server: RecordingServer;

beforeAll(async () => {
	server = await startRecordingServer((request, response) => {
		const isFile = request.method === 'GET' && /\/(Media|Recordings)\/\w+(\.mp3|\.wav)?$/.test(request.path);
		response.setHeader('content-type', isFile ? 'image/jpeg' : 'application/json');
		response.statusCode = request.method === 'DELETE' ? 204 : 200;
		response.end(request.method === 'DELETE' ? undefined : isFile ? 'a file' : JSON.stringify(answerTo(request)));
	});
});

afterAll(async () => await server.close());

/** An answer that serves every operation: a row, and a list with two rows. Only what has ended can be downloaded. */
function answerTo({ path }: WireRequest) {
	const status = path.includes('/Recordings/') ? 'completed' : 'in-progress';
	const row = { sid: 'first', status, content_type: 'image/jpeg', unknown_field: 'raw' };
	return { ...row, rows: [row, { ...row, sid: 'second' }], meta: { key: 'rows', next_page_url: null } };
}

interface Observed {
	requests: string;
	result: unknown;
}

async function observe(resource: string, operation: string, parameters: INodeParameters): Promise<Observed> {
	server.requests.length = 0;
	const { outputs, error } = await runNode({
		node: new Twilio(),
		parameters: { resource, operation, ...parameters },
		credentials: {
			twilioExtendedApi: {
				authType: 'authToken',
				accountSid,
				authToken: 'a token',
				region: 'custom',
				baseUrl: server.baseUrl,
			},
		},
		settings: { timezone: 'UTC' },
	});
	if (error) throw new Error(`${error.message} ${error.description ?? ''}`);
	if (!usersOwnRequests.has(resource)) expect(server.requests.flatMap(problemsOf)).toEqual([]);
	expect(server.requests.length).toBeGreaterThan(0);
	return { requests: server.requests.map(asText).join('\n'), result: outputs };
}

function problemsOf(request: WireRequest): string[] {
	const described = describeRequest(request);
	const problems = 'problems' in described ? described.problems : [];
	return problems.filter((problem) => problem !== `Unknown parameter ${sentinelParameter}`);
}

function asText({ method, product, path, query, form, body, headers }: WireRequest): string {
	const pairs = [...query, ...form].map(([name, value]) => `&${name}=${value}`).join('');
	const json = form.length > 0 ? '' : body;
	return `${method} ${product}${decodeURIComponent(path)}${pairs} ${json} headers: ${headers.headers ?? ''}`;
}

/** All combinations of the values that decide which other fields are shown. */
function scenariosOf(fields: Fields): INodeParameters[] {
	const deciding = new Set(fields.flatMap(({ displayOptions }) => Object.keys(displayOptions?.show ?? {})));
	return fields
		.filter(({ name }) => deciding.has(name))
		.reduce<INodeParameters[]>(
			(scenarios, field) =>
				scenarios.flatMap((scenario) => valuesOf(field).map((value) => ({ ...scenario, [field.name]: value }))),
			[{}],
		);
}

function valuesOf({ type, options }: Field): Array<string | boolean> {
	return type === 'boolean' ? [false, true] : (options as ReadonlyArray<{ value: string }>).map(({ value }) => value);
}

function isShown({ displayOptions }: Field, scenario: INodeParameters): boolean {
	return Object.entries(displayOptions?.show ?? {}).every(([name, values]) =>
		(values as unknown[]).includes(scenario[name]),
	);
}

const isCollection = ({ type }: Field) => type === 'collection';

/** What a scenario sends when every field that is shown has its first sentinel, and no option is added. */
function baseOf(operation: string, fields: Fields, scenario: INodeParameters): INodeParameters {
	const base: INodeParameters = { ...scenario };
	for (const field of fields) {
		if (field.name in scenario || isCollection(field) || !isShown(field, scenario)) continue;
		const sentinel = sentinelOf(operation, field, 1);
		if (sentinel.wire !== undefined) base[field.name] = sentinel.value;
	}
	return base;
}

describe.each(resources.flatMap((resource) => resource.operations.map((operation) => ({ resource, operation }))))(
	'$resource.value: $operation.value',
	({ resource, operation }) => {
		const fields = fieldsOf(operation);
		const path = `${resource.value}.${operation.value}`;

		it('makes every field matter, in requests that Twilio allows', async () => {
			const unvisited = new Map<string, string>();
			const leaves = fields.flatMap((field) =>
				isCollection(field) ? (field.options as Fields).map((option) => `${field.name}.${option.name}`) : [field.name],
			);
			for (const leaf of leaves) unvisited.set(leaf, 'no scenario shows it');
			for (const name of measuredElsewhere) unvisited.delete(`options.${name}`);

			for (const scenario of scenariosOf(fields)) {
				const base = baseOf(path, fields, scenario);
				const before = await observe(resource.value, operation.value, base);

				const visit = async (leaf: string, changed: INodeParameters, wire = '') => {
					// Another scenario may take what this one refuses.
					const after = await observe(resource.value, operation.value, changed).catch((error: Error) => error);
					if (after instanceof Error) unvisited.set(leaf, after.message);
					else if (isDeepStrictEqual(after, before)) unvisited.set(leaf, 'it changes nothing');
					else if (!after.requests.includes(wire)) unvisited.set(leaf, `${wire} is not in ${after.requests}`);
					else unvisited.delete(leaf);
				};

				for (const field of fields.filter((each) => isShown(each, scenario))) {
					if (isCollection(field)) {
						for (const option of field.options as Fields) {
							const leaf = `${field.name}.${option.name}`;
							if (!unvisited.has(leaf)) continue;
							const sentinel = sentinelOf(path, option, 2);
							const collection = { [option.name]: sentinel.value, ...sentinel.with } as INodeParameters;
							await visit(leaf, { ...base, ...sentinel.outside, [field.name]: collection }, sentinel.wire);
						}
					} else if (unvisited.has(field.name)) {
						if (field.name in scenario) {
							// Its other values are scenarios of their own; they must not all send the same.
							const others = scenariosOf(fields).filter((other) => other[field.name] !== scenario[field.name]);
							for (const other of others) await visit(field.name, baseOf(path, fields, other));
						} else {
							const sentinel = sentinelOf(path, field, 2);
							await visit(field.name, { ...base, [field.name]: sentinel.value }, sentinel.wire);
						}
					}
				}
			}
			expect(Object.fromEntries(unvisited)).toEqual({});
		});
	},
);
