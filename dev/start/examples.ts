import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { packageName, type N8nClient, type StoredCredential, type WorkflowJson } from '../n8n';
import { repositoryFolder } from '../n8n/paths';

const examplesFolder = path.join(repositoryFolder, 'examples');

/** Names of examples, and the hash of the file each was last imported from. */
type Imported = Record<string, string>;

/**
 * Imports the workflows of `examples/`, with the credential filled in. One that is there already, by its name, is updated
 * when its file has changed since; otherwise it stays as it is, with whatever somebody tried out in it.
 *
 * @param dataDir n8n's user folder; keeps what was imported
 * @returns the names of all examples
 */
export async function importExamples(n8n: N8nClient, credential: StoredCredential, dataDir: string): Promise<string[]> {
	const memory = path.join(dataDir, 'imported-examples.json');
	const before = await readImported(memory);
	const imported: Imported = {};
	const stored = await n8n.listWorkflows();
	for (const file of await exampleFiles()) {
		const text = await readFile(file, 'utf8');
		const example = readExample(file, text, credential);
		const hash = createHash('sha256').update(text).update(credential.id).digest('hex');
		const existing = stored.find(({ name }) => name === example.name);
		if (existing === undefined) await n8n.createWorkflow(example);
		else if (before[example.name] !== hash) await n8n.updateWorkflow(await n8n.getWorkflow(existing.id), example);
		imported[example.name] = hash;
	}
	await writeFile(memory, JSON.stringify(imported, null, '\t'));
	return Object.keys(imported);
}

async function exampleFiles(): Promise<string[]> {
	const names = await readdir(examplesFolder).catch(() => []);
	return names
		.filter((name) => name.endsWith('.json'))
		.sort()
		.map((name) => path.join(examplesFolder, name));
}

async function readImported(memory: string): Promise<Imported> {
	try {
		return JSON.parse(await readFile(memory, 'utf8')) as Imported;
	} catch {
		return {};
	}
}

function readExample(file: string, text: string, credential: StoredCredential): WorkflowJson {
	try {
		const { name, nodes, connections, settings } = JSON.parse(text) as WorkflowJson;
		return { name, nodes: nodes.map((node) => withCredential(node, credential)), connections, settings };
	} catch (error) {
		throw new Error(`${path.relative(repositoryFolder, file)} is no workflow: ${String(error)}`);
	}
}

/** Every node of ours gets it, and every other that names a credential of this type. */
function withCredential(node: WorkflowJson['nodes'][number], { id, name, type }: StoredCredential) {
	const credentials = node.credentials as Record<string, unknown> | undefined;
	const isOurs = String(node.type).startsWith(`${packageName}.`);
	return isOurs || credentials?.[type] !== undefined
		? { ...node, credentials: { ...credentials, [type]: { id, name } } }
		: node;
}
