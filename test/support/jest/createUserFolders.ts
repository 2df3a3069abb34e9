import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Before a run: a folder that takes the place of every n8n user folder the tests touch. */
export default function createUserFolders(): void {
	process.env.N8N_TEST_FOLDER = mkdtempSync(join(tmpdir(), 'n8n-nodes-twilio-test-'));
}
