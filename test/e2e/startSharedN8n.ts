import { installN8n, N8nClient, packPackage, startN8n, type RunningN8n } from '../../dev/n8n';
import { announceSharedN8n } from './sharedN8n';

/** Where `stopSharedN8n` finds what this started: jest runs both in the same process. */
export interface GlobalWithN8n {
	e2eN8n?: RunningN8n;
}

/** Every address but this machine's leads nowhere, so that no test can reach Twilio or anybody else. */
const noOutsideNetwork = {
	HTTP_PROXY: 'http://127.0.0.1:9',
	HTTPS_PROXY: 'http://127.0.0.1:9',
	NO_PROXY: 'localhost,127.0.0.1',
};

/** jest's `globalSetup`: one n8n, with the package as it would be published and an owner, for all spec files. */
export default async function startSharedN8n(): Promise<void> {
	const startedAt = Date.now();
	const log = (line: string) => {
		process.stderr.write(`${line}\n`);
	};
	await installN8n({ log });
	const tarball = await packPackage({ log });
	const n8n = await startN8n({ tarball, env: noOutsideNetwork });
	(globalThis as GlobalWithN8n).e2eN8n = n8n;

	const client = new N8nClient(n8n.url);
	await client.ownerSetup();
	announceSharedN8n({
		url: n8n.url,
		session: client.session,
		pid: n8n.pid ?? 0,
		dataDir: n8n.dataDir,
		tarball,
	});
	log(`n8n: ready at ${n8n.url} (${Math.round((Date.now() - startedAt) / 1000)} s)`);
}
