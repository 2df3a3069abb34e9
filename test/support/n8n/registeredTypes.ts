import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import packageJson from '../../../package.json';

/** The root of this repository. */
export const repositoryRoot = resolve(__dirname, '../../..');

/** A class that package.json registers with n8n, created from its TypeScript source. */
export interface Registered<T> {
	/** Path of the source file, relative to the repository. */
	source: string;
	className: string;
	instance: T;
}

function load<T>(compiled: string): Array<Registered<T>> {
	const source = compiled.replace(/^dist\//, '').replace(/\.js$/, '.ts');
	const path = resolve(repositoryRoot, source);
	if (!existsSync(path)) throw new Error(`package.json registers ${compiled}, but ${source} does not exist`);
	const className = basename(source).split('.')[0] ?? '';
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- which files to load is only known from package.json
	const exported = (require(path) as Record<string, new () => T>)[className];
	if (!exported) throw new Error(`${source} does not export the class ${className}`);
	return [{ source, className, instance: new exported() }];
}

/** The nodes that package.json registers, in its order. */
export function registeredNodes(): Array<Registered<INodeType>> {
	return packageJson.n8n.nodes.flatMap((path) => load<INodeType>(path));
}

/** The credentials that package.json registers, in its order. */
export function registeredCredentials(): Array<Registered<ICredentialType>> {
	return packageJson.n8n.credentials.flatMap((path) => load<ICredentialType>(path));
}
