import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { schemaFiles, schemaFolder } from './files';

async function main(): Promise<void> {
	rmSync(schemaFolder, { recursive: true, force: true });
	for (const [file, content] of await schemaFiles()) {
		mkdirSync(path.dirname(path.join(schemaFolder, file)), { recursive: true });
		writeFileSync(path.join(schemaFolder, file), content);
	}
}

void main();
