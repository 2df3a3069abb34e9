import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import lockFile from '../../package-lock.json';
import packageJson from '../../package.json';
import { repositoryRoot } from '../support/n8n/registeredTypes';

const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8');

function filesIn(folder: string, ending: string): string[] {
	return readdirSync(join(repositoryRoot, folder), { recursive: true, encoding: 'utf8' })
		.map((path) => `${folder}/${path.replace(/\\/g, '/')}`)
		.filter((path) => path.endsWith(ending))
		.sort();
}

const compiled = (path: string) => `dist/${path.replace(/\.ts$/, '.js')}`;

describe('package.json', () => {
	const entries = packageJson as unknown as Record<string, unknown>;

	it('has no dependencies at run time but n8n', () => {
		for (const key of ['dependencies', 'optionalDependencies', 'bundledDependencies', 'overrides', 'resolutions']) {
			expect(entries[key]).toBeUndefined();
		}
		expect(packageJson.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('publishes the compiled package only', () => {
		expect(packageJson.files).toEqual(['dist', 'CHANGELOG.md']);
		expect(entries.private).toBeUndefined();
	});

	it('runs nothing on the machine of a user who installs it', () => {
		const forbidden = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];
		expect(Object.keys(packageJson.scripts).filter((name) => forbidden.includes(name))).toEqual([]);
	});

	it('says what n8n and npm look for', () => {
		expect(packageJson.name).toMatch(/^n8n-nodes-[a-z0-9-]+$/);
		expect(packageJson.keywords).toContain('n8n-community-node-package');
		expect(packageJson.n8n.n8nNodesApiVersion).toBe(1);
		expect(packageJson.repository.url).toMatch(/^git\+https:\/\/github\.com\//);
		expect(packageJson.author).toEqual({ name: expect.any(String), email: expect.stringContaining('@') });
	});

	it('has the licence it names', () => {
		expect(packageJson.license).toBe('MIT');
		expect(read('LICENSE')).toMatch(/^MIT License/);
	});

	it('registers every node and every credential', () => {
		expect([...packageJson.n8n.nodes].sort()).toEqual(filesIn('nodes', '.node.ts').map(compiled));
		expect([...packageJson.n8n.credentials].sort()).toEqual(filesIn('credentials', '.credentials.ts').map(compiled));
	});
});

describe('package-lock.json', () => {
	it('belongs to package.json and names no registry', () => {
		expect(lockFile.packages['']).toMatchObject({
			version: packageJson.version,
			devDependencies: packageJson.devDependencies,
		});
		expect(read('package-lock.json')).not.toContain('"resolved"');
	});
});
