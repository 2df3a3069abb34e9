import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import { documentOf } from '../simulator/documents';

interface Schema {
	$ref?: string;
	type?: string;
	format?: string;
	enum?: string[];
	properties?: Record<string, Schema>;
	items?: Schema;
	allOf?: Schema[];
}

interface OpenApiDocument {
	paths: Record<
		string,
		Record<string, { responses: Record<string, { content?: Record<string, { schema: Schema }> }> }>
	>;
	components: { schemas: Record<string, Schema> };
}

const folder = path.join(path.dirname(require.resolve('@twilio-alpha/mcp/package.json')), 'twilio-oai/spec/json');
const documents = new Map<string, OpenApiDocument>();

function load(product: string, urlPath: string): OpenApiDocument {
	const name = documentOf(product, urlPath);
	if (!name) throw new Error(`Twilio's OpenAPI files do not know ${product} ${urlPath}`);
	const loaded = documents.get(name);
	if (loaded) return loaded;
	const document = JSON.parse(readFileSync(path.join(folder, `twilio_${name}.json`), 'utf8')) as OpenApiDocument;
	documents.set(name, document);
	return document;
}

/** An answer of Twilio's as its OpenAPI file describes it: every field is there, with a value of its type. */
export function sampleAnswer(method: string, product: string, urlPath: string): IDataObject {
	const document = load(product, urlPath);
	const template = Object.keys(document.paths).find((candidate) =>
		new RegExp(`^${candidate.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}$`).test(urlPath),
	);
	const responses = Object.values(document.paths[template ?? '']?.[method.toLowerCase()]?.responses ?? {});
	const schema = responses[0]?.content?.['application/json']?.schema;
	if (!schema) throw new Error(`Twilio's OpenAPI files describe no answer to ${method} ${product} ${urlPath}`);
	const preferred = urlPath.includes('/Recordings/') ? 'completed' : 'in-progress';
	return sample(document, schema, preferred) as IDataObject;
}

function sample(document: OpenApiDocument, schema: Schema, preferred: string): unknown {
	if (schema.$ref) {
		return sample(document, document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, preferred);
	}
	if (schema.enum) return schema.enum.includes(preferred) ? preferred : schema.enum[0];
	if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => sample(document, part, preferred)));
	switch (schema.type) {
		case 'array':
			return [sample(document, schema.items ?? {}, preferred)];
		case 'boolean':
			return true;
		case 'integer':
			return 1;
		case 'number':
			return 1.5;
		case 'string':
			return 'text';
		default:
			return Object.fromEntries(
				Object.entries(schema.properties ?? {}).map(([name, property]) => [
					name,
					sample(document, property, preferred),
				]),
			);
	}
}
