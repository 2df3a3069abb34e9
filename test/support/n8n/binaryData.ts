import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';
import type * as Di from '@n8n/di';

// n8n-core's own copy: a container of another version of the package would hold other services.
const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as typeof Di;

/**
 * From now on n8n keeps binary data in files, as an installed n8n does by default, instead of as base64 in the item.
 * Returns the function that goes back; call it in `afterAll`.
 */
export async function keepBinaryDataInFiles(): Promise<() => Promise<void>> {
	const folder = await mkdtemp(join(process.env.N8N_USER_FOLDER ?? '', 'binary-'));
	const config = Container.get(BinaryDataConfig);
	const service = Container.get(BinaryDataService);
	Object.assign(config, { mode: 'filesystem', localStoragePath: folder });
	await service.init();
	return async () => {
		(service as unknown as { managers: object }).managers = {};
		await rm(folder, { recursive: true, force: true });
	};
}

/** The content of a file that a node put into an item, wherever n8n keeps it. */
export async function readBinaryData(binaryData: IBinaryData | undefined): Promise<Buffer> {
	if (!binaryData) throw new Error('The item has no such file');
	return await Container.get(BinaryDataService).getAsBuffer(binaryData);
}
