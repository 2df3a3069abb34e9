import path from 'node:path';

/** The folder that pins n8n: its package.json, its lock file and, once installed, its node_modules. */
export const n8nFolder = __dirname;

/** The Node.js that runs n8n: it needs a newer one than the one that runs our tools. */
export const nodeBinary = path.join(
	n8nFolder,
	'node_modules',
	'node',
	'bin',
	process.platform === 'win32' ? 'node.exe' : 'node',
);

/** n8n's own command line. */
export const n8nBinary = path.join(n8nFolder, 'node_modules', 'n8n', 'bin', 'n8n');

/** The root of this repository. */
export const repositoryFolder = path.resolve(n8nFolder, '..', '..');

/** The name of our package, which is also the first half of its node types. */
export const packageName = 'n8n-nodes-twilio';
