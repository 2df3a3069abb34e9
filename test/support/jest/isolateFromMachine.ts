import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Runs before each test file, and so before n8n-core, which reads all of this while it is being loaded. */
const folder = join(process.env.N8N_TEST_FOLDER ?? '', `worker-${process.env.JEST_WORKER_ID ?? '1'}`);
mkdirSync(folder, { recursive: true });

process.env.N8N_USER_FOLDER = folder;
process.env.N8N_ENCRYPTION_KEY = 'only-for-tests';
process.env.N8N_LOG_LEVEL = 'silent';

// A proxy of the machine would swallow requests that are meant for a loopback server or for nock.
for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy']) {
	delete process.env[name];
}
