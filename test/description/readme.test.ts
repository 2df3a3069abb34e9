import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { withGeneratedTables } from '../../dev/readme/generatedTables';

const root = path.resolve(__dirname, '../..');
const documents = ['README.md', 'CONTRIBUTING.md'];

it('has tables that say what the nodes can do; `npm run readme` writes them anew', () => {
	const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
	expect(readme).toBe(withGeneratedTables(readme));
});

it.each(documents)('%s links to files that are there', (document) => {
	const text = readFileSync(path.join(root, document), 'utf8');
	const targets = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)].map(([, target]) => target ?? '');
	expect(targets.length).toBeGreaterThan(0);
	expect(targets.filter((target) => !existsSync(path.join(root, target)))).toEqual([]);
});

it.each(documents)('%s names npm scripts that are there', (document) => {
	const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { scripts: object };
	const text = readFileSync(path.join(root, document), 'utf8');
	const named = [...text.matchAll(/npm (?:run )?([a-z:0-9]+)\b/g)].map(([, name]) => name ?? '');
	const npmItself = new Set(['ci', 'pack', 'install', 'publish', 'comes', 'run', 'view']);
	expect(named.filter((name) => !npmItself.has(name) && !(name in scripts))).toEqual([]);
});
