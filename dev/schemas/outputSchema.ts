import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { TwilioClient } from '../../nodes/shared/api/client';
import { readPage } from '../../nodes/shared/api/pages';
import type { Field, Fields, ParametersOf } from '../../nodes/shared/fields/field';
import type { Operation, ParameterReader } from '../../nodes/Twilio/operation/defineOperation';
import { sampleAnswer } from './sampleAnswer';

/** The shape of an output item, as n8n shows it before a node has run. */
export interface OutputSchema {
	type: string;
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
	version?: number;
}

/**
 * What one item of an operation looks like: the operation itself runs on answers made up from Twilio's OpenAPI files, so
 * that simplified rows and results of our own come out as they are.
 *
 * @see https://docs.n8n.io/integrations/creating-nodes/overview/
 */
export async function outputSchema(operation: Operation): Promise<OutputSchema> {
	const { execute } = operation.prepare(sampleReader, { twilio: sampleClient, anyHost: true });
	const result = await execute({ twilio: sampleClient, context: sampleContext });
	const [row] = Array.isArray(result) ? result : [result];
	const json = row && 'json' in row && 'binary' in row ? row.json : row;
	return { ...schemaOf(json), version: 1 };
}

/** Every field that is shown without a choice has a value, and no option is added. */
const sampleReader: ParameterReader = {
	fields: <const F extends Fields>(fields: F) =>
		Object.fromEntries([
			['body', 'text'],
			...fields
				.filter(({ displayOptions, name }) => displayOptions === undefined || name === 'url')
				.map((field) => [field.name, sampleValue(field)]),
		]) as ParametersOf<F>,
	collection: () => ({}),
};

function sampleValue({ name, type, default: fallback, required }: Field): unknown {
	if (type === 'fixedCollection') return {};
	if (type === 'multiOptions') return [];
	if (name === 'url') return fallback || 'https://example.com/';
	return type === 'string' && !fallback && required ? 'text' : fallback instanceof Object ? 'text' : fallback;
}

const accountPath = '/2010-04-01/Accounts/AC/';
const urlOf = (product: string, path: string) => `https://${product}.twilio.com${path}`;

function answer(method: string, url: string): IDataObject {
	const { hostname, pathname } = new URL(url);
	return sampleAnswer(method, hostname.split('.')[0] ?? '', pathname);
}

const file = { mimeType: 'text', bytes: 1, fileExtension: 'text' };

/** Twilio, as its OpenAPI files have it. */
const sampleClient = {
	account: (path) => urlOf('api', `${accountPath}${path}`),
	product: (product, path) => urlOf(product, `/${path}`),
	resolve: (input) => urlOf('api', `/${input.replace('{accountSid}', 'AC')}`),
	get: async (url) => answer('GET', url),
	post: async (url) => answer('POST', url),
	delete: async () => {},
	list: async (url) =>
		readPage(url, { ...answer('GET', url), next_page_uri: null, meta: metaOf(answer('GET', url)) }).rows,
	download: async <T>(url: string, { save }: { save(...content: unknown[]): Promise<T> }) =>
		url.endsWith('.json')
			? (answer('GET', url) as T)
			: await save(undefined, 'application/octet-stream', { status: 200 }),
} satisfies Partial<TwilioClient> as unknown as TwilioClient;

/** The sample of `meta` names no array; there is only one. */
function metaOf(list: IDataObject): object | undefined {
	return list.meta ? { key: Object.keys(list).find((key) => Array.isArray(list[key])) } : undefined;
}

const sampleContext = { helpers: { prepareBinaryData: async () => file } } as unknown as IExecuteFunctions;

function schemaOf(value: unknown): OutputSchema {
	if (Array.isArray(value)) return { type: 'array', ...(value.length > 0 && { items: schemaOf(value[0]) }) };
	if (typeof value === 'object' && value !== null) {
		const properties = Object.entries(value).map(([name, property]) => [name, schemaOf(property)] as const);
		return { type: 'object', properties: Object.fromEntries(properties) };
	}
	if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number' };
	return { type: value === null ? 'null' : typeof value };
}
