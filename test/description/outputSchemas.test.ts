import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { schemaFiles, schemaFolder } from '../../dev/schemas/files';

it('has an output schema for every operation; `npm run schemas` writes them anew', async () => {
	const expected = await schemaFiles();
	const found = readdirSync(schemaFolder, { recursive: true, encoding: 'utf8' }).filter((file) =>
		file.endsWith('.json'),
	);
	expect([...found].sort()).toEqual([...expected.keys()].sort());
	for (const [file, content] of expected) {
		expect([file, readFileSync(path.join(schemaFolder, file), 'utf8')]).toEqual([file, content]);
	}
});
