import { rmSync } from 'node:fs';

/** After a run: removes what {@link createUserFolders} made. */
export default function removeUserFolders(): void {
	const folder = process.env.N8N_TEST_FOLDER;
	if (folder) rmSync(folder, { recursive: true, force: true });
}
