import path from 'node:path';

import type { Simulator } from '../../simulator';
import { createCertificate } from './certificate';
import { openTlsFront } from './tlsFront';

/** `https://api.twilio.com`, as one n8n sees it. */
export interface TwilioOverHttps {
	/** The variables that lead an n8n there. */
	readonly env: Readonly<Record<string, string>>;
	close(): Promise<void>;
}

const host = 'api.twilio.com';

/**
 * Makes a simulator answer as `https://api.twilio.com` for the processes that are started with `env`, and for nobody else:
 * n8n's built-in Twilio node speaks to no other address. Both ends do real TLS, with a certificate for that name.
 */
export async function openTwilioOverHttps(simulator: Simulator): Promise<TwilioOverHttps> {
	const certificate = await createCertificate(host);
	const front = await openTlsFront(certificate, simulator.port);
	return {
		env: {
			NODE_EXTRA_CA_CERTS: certificate.certFile,
			NODE_OPTIONS: `--require "${path.join(__dirname, 'rerouteHost.cjs')}"`,
			BENCH_REROUTED_HOST: host,
			BENCH_REROUTED_PORT: String(front.port),
		},
		async close() {
			await front.close();
			await certificate.remove();
		},
	};
}
