/** The n8n that all specs of one jest run share, as `startSharedN8n` hands it to the spec files. */
export interface SharedN8n {
	readonly url: string;
	/** The owner's session, for `N8nClient`. */
	readonly session: string | undefined;
	/** The process id of n8n. */
	readonly pid: number;
	/** n8n's user folder. */
	readonly dataDir: string;
	/** What was packed and put into n8n. */
	readonly tarball: string;
}

// The environment is the one thing of jest's global setup that the spec files can see.
const variable = 'N8N_NODES_TWILIO_E2E';

/** Makes the shared n8n known to the spec files. */
export function announceSharedN8n(n8n: SharedN8n): void {
	process.env[variable] = JSON.stringify(n8n);
}

/** Finds the shared n8n. */
export function sharedN8n(): SharedN8n {
	const announced = process.env[variable];
	if (announced === undefined) {
		throw new Error('No n8n was started: run the end-to-end tests with jest.e2e.config.js (npm run test:e2e)');
	}
	return JSON.parse(announced) as SharedN8n;
}
