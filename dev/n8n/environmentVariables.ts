import path from 'node:path';

import { nodeBinary } from './paths';

/** What one n8n is started with. */
export interface N8nSettings {
	readonly port: number;
	readonly brokerPort: number;
	readonly dataDir: string;
	/** Variables of the caller; they win. */
	readonly env?: Readonly<Record<string, string>>;
}

/** The same key for every start, so that credentials outlive a restart and a copied data folder. Protects test data only. */
const encryptionKey = 'development only';

/** Features of n8n that ask servers on the internet, show news, or start services nothing here needs. */
const quiet = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_AI_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	N8N_PYTHON_ENABLED: 'false',
	N8N_DISABLED_MODULES: 'mcp-registry,instance-ai',
	N8N_SENTRY_DSN: '',
	N8N_FRONTEND_SENTRY_DSN: '',
};

/** Everything an execution did can be looked at afterwards, so tests can assert on it. */
const keepExecutions = {
	EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all',
	EXECUTIONS_DATA_SAVE_ON_ERROR: 'all',
	EXECUTIONS_DATA_SAVE_MANUAL_EXECUTIONS: 'true',
	EXECUTIONS_DATA_PRUNE: 'false',
};

/**
 * The variables n8n starts with. Of the caller's own only a few that every program needs are passed on: a proxy, an N8N_…
 * setting or jest's NODE_ENV would change what n8n does.
 */
export function environmentVariables({ port, brokerPort, dataDir, env }: N8nSettings): Record<string, string> {
	return {
		...passedOn([
			'LANG',
			'LC_ALL',
			'TMPDIR',
			'TEMP',
			'TMP',
			'SystemRoot',
			'USER',
			'SSL_CERT_FILE',
			'NODE_EXTRA_CA_CERTS',
		]),
		PATH: [path.dirname(nodeBinary), process.env.PATH ?? ''].join(path.delimiter),
		HOME: dataDir,
		N8N_USER_FOLDER: dataDir,
		N8N_ENCRYPTION_KEY: encryptionKey,
		N8N_HOST: 'localhost',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_SECURE_COOKIE: 'false',
		N8N_LOG_LEVEL: 'info',
		GENERIC_TIMEZONE: 'UTC',
		...quiet,
		...keepExecutions,
		...env,
	};
}

function passedOn(names: readonly string[]): Record<string, string> {
	return Object.fromEntries(
		names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
	);
}
