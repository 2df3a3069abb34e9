import { readFileSync } from 'node:fs';
import { defineConfig } from 'rolldown';

/** What n8n loads, as package.json names it. Code that several of these need is in files of its own. */
const { n8n } = JSON.parse(readFileSync('package.json', 'utf8'));
const entries = [...n8n.credentials, ...n8n.nodes].map((file) => file.replace(/^dist\/|\.js$/g, ''));

/**
 * Few files instead of one for each module, since n8n reads them all whenever it starts: `npm run bench -- load-time`.
 * The code stays readable, as n8n's verification wants it.
 */
export default defineConfig({
	input: Object.fromEntries(entries.map((entry) => [entry, `./${entry}.ts`])),
	platform: 'node',
	// What n8n brings along, and Node's own modules.
	external: /^(?!\.|\/)/,
	transform: { target: 'es2022' },
	output: {
		dir: 'dist',
		format: 'cjs',
		entryFileNames: '[name].js',
		chunkFileNames: '[name].js',
		codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] },
		strict: true,
	},
});
