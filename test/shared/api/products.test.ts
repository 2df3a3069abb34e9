import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { products } from '../../../nodes/shared/api/products';

/** An OpenAPI document, or a part of it, that may name servers of its own. */
interface Servers {
	servers?: Array<{ url: string }>;
}

interface OpenApiDocument extends Servers {
	paths: Record<string, Servers & Record<string, Servers>>;
}

const folderOf = (packageName: string, folder: string) =>
	path.join(path.dirname(require.resolve(`${packageName}/package.json`)), folder);

const filesOf = (folder: string, ending: string) =>
	readdirSync(folder)
		.filter((name) => name.endsWith(ending))
		.map((name) => readFileSync(path.join(folder, name), 'utf8'));

/** The hosts of Twilio's OpenAPI files: of the documents, their paths and their operations. */
function openApiHosts(): string[] {
	const documents = filesOf(folderOf('@twilio-alpha/mcp', 'twilio-oai/spec/json'), '.json').map(
		(text) => JSON.parse(text) as OpenApiDocument,
	);
	const parts = documents.flatMap((document): Servers[] => [
		document,
		...Object.values(document.paths).flatMap((item) => [item, ...Object.values(item)]),
	]);
	return parts.flatMap(({ servers = [] }) => servers.map(({ url }) => new URL(url).host));
}

/** The hosts that Twilio's own library has a class for. */
const libraryHosts = () =>
	filesOf(folderOf('twilio', 'lib/rest'), 'Base.js').map(
		(code) => /super\(twilio, "https:\/\/([^"]+)"\)/.exec(code)?.[1],
	);

const hosts = new Set<unknown>(products.map((product) => `${product}.twilio.com`));

it("are all that Twilio's OpenAPI files and its own library send requests to, and no others", () => {
	const openApi = new Set<unknown>(openApiHosts());
	const library = new Set<unknown>(libraryHosts());
	expect(openApi.size).toBeGreaterThan(30);
	expect(library.size).toBeGreaterThan(30);
	expect(hosts).toEqual(new Set([...openApi, ...library]));
});

it('are each named once', () => {
	expect(hosts.size).toBe(products.length);
});
