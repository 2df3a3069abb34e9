import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { Themed } from 'n8n-workflow';
import { repositoryRoot } from '../support/n8n/registeredTypes';

/** Paths to objects inside a value that nobody can change any more. n8n does change descriptions when it loads them. */
export function frozenParts(value: unknown, path = ''): string[] {
	if (typeof value !== 'object' || value === null) return [];
	return [
		...(Object.isExtensible(value) ? [] : [path || 'all of it']),
		...Object.entries(value).flatMap(([key, part]) => frozenParts(part, `${path}.${key}`)),
	];
}

/** Icon files that do not exist, or that lie outside this package. `source` is the file that names them. */
export function missingIcons(icon: Themed<string> | undefined, source: string): string[] {
	const files = typeof icon === 'object' ? [icon.light, icon.dark] : [icon ?? 'none'];
	return files.filter((file) => {
		const path = resolve(repositoryRoot, dirname(source), file.replace(/^file:/, ''));
		return relative(repositoryRoot, path).startsWith('..') || !existsSync(path);
	});
}
