/**
 * What n8n's scanner checks before it verifies a package, without the registry: the sources and the compiled package,
 * with every eslint-disable comment ignored. `npm run scan` after `npm run build`.
 */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

if (!existsSync(`${root}/dist`)) {
	console.error('dist/ is missing: run "npm run build" first');
	process.exit(2);
}

const parts = { source: SOURCE_FILE_PATTERNS, 'compiled package': ['dist/**/*.js', 'package.json'] };

for (const [part, patterns] of Object.entries(parts)) {
	const { passed, message, details } = await analyzePackage(root, patterns);
	console.log(`${passed ? 'passed' : 'FAILED'}: ${part}${message ? ` (${message})` : ''}`);
	if (details) console.log(details);
	if (!passed) process.exitCode = 1;
}
