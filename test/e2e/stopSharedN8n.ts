import type { GlobalWithN8n } from './startSharedN8n';

/** jest's `globalTeardown`: ends the shared n8n and removes its data. */
export default async function stopSharedN8n(): Promise<void> {
	await (globalThis as GlobalWithN8n).e2eN8n?.close();
}
