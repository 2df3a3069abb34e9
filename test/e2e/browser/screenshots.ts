import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';

const repositoryFolder = path.resolve(__dirname, '..', '..', '..');

/** `npm run screenshots` names the folder that the README shows; without it pictures go where Git does not look. */
const { screenshots = 'test/e2e/screenshots' } = globalThis as { screenshots?: string };

/** Saves what the page shows. */
export async function takePicture(page: Page, name: string): Promise<void> {
	await takePictureFor(page, name, screenshots);
}

/** Saves what the page shows when a test fails; never among the README's pictures. */
export async function takeEvidence(page: Page, name: string): Promise<void> {
	await takePictureFor(page, `failed ${name}`.replace(/[^a-z0-9]+/gi, '-'), 'test/e2e/screenshots');
}

async function takePictureFor(page: Page, name: string, folder: string): Promise<void> {
	const target = path.join(repositoryFolder, folder);
	await mkdir(target, { recursive: true });
	await page.screenshot({ path: path.join(target, `${name}.png`), animations: 'disabled', caret: 'hide' });
}
