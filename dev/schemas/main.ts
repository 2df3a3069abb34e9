import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { schemaFiles } from './files';

/** Where n8n looks for the output schemas of version 1 of the node. */
const schemaFolder = path.resolve(__dirname, '../../dist/nodes/Twilio/__schema__/v1.0.0');

/** The last step of `npm run build`. */
async function main(): Promise<void> {
	for (const [file, content] of await schemaFiles()) {
		mkdirSync(path.dirname(path.join(schemaFolder, file)), { recursive: true });
		writeFileSync(path.join(schemaFolder, file), content);
	}
}

void main();
