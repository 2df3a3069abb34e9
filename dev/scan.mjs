/**
 * What n8n's scanner checks before it verifies a package, without the registry: the sources and the compiled package,
 * with every eslint-disable comment ignored. `npm run scan` after `npm run build`.
 *
 * The scanner's rules only see parameters that are written out, but our nodes derive theirs. So the descriptions are
 * checked a second time as n8n gets them, written out in full.
 */
import { existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);

if (!existsSync(join(root, 'dist'))) {
	console.error('dist/ is missing: run "npm run build" first');
	process.exit(2);
}

/** A source file that spells out all parameters. The rules recognise a parameter by keys without quotes. */
function writtenOut(description) {
	return `import type { INodeProperties } from 'n8n-workflow';\n\nexport const properties: INodeProperties[] = ${JSON.stringify(
		description.properties,
		null,
		'\t',
	).replace(/^(\t+)"([A-Za-z]\w*)":/gm, '$1$2:')};\n`;
}

/** A package that consists of nothing but the derived parameters, for the scanner to look at. */
function packageOfDescriptions() {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-twilio-scan-'));
	writeFileSync(join(folder, 'package.json'), readFileSync(join(root, 'package.json')));
	for (const path of JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).n8n.nodes) {
		const className = basename(path).split('.')[0];
		const node = new (require(join(root, path))[className])();
		mkdirSync(join(folder, 'nodes', className), { recursive: true });
		writeFileSync(join(folder, 'nodes', className, `${className}Description.ts`), writtenOut(node.description));
	}
	return folder;
}

async function scan(part, folder, patterns) {
	const { passed, message, details } = await analyzePackage(folder, patterns);
	console.log(`${passed ? 'passed' : 'FAILED'}: ${part}${message ? ` (${message})` : ''}`);
	if (details) console.log(details);
	if (!passed) process.exitCode = 1;
}

await scan('source', root, SOURCE_FILE_PATTERNS);
await scan('compiled package', root, ['dist/**/*.js', 'package.json']);

const descriptions = packageOfDescriptions();
try {
	await scan('parameters as n8n gets them', descriptions, ['nodes/**/*.ts']);
} finally {
	rmSync(descriptions, { recursive: true, force: true });
}
