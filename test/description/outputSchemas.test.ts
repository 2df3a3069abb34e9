import { schemaFiles } from '../../dev/schemas/files';
import { resources } from '../../nodes/Twilio/resources';

const operations = resources.flatMap(({ value: resource, operations: all }) =>
	all.map(({ value: operation }) => `${resource}/${operation}.json`),
);

it('has an output schema with fields for every operation', async () => {
	const files = await schemaFiles();
	expect([...files.keys()].sort()).toEqual([...operations].sort());
	for (const [file, content] of files) {
		const { type, properties } = JSON.parse(content) as { type: string; properties: object };
		expect([file, type]).toEqual([file, 'object']);
		expect([file, Object.keys(properties)]).not.toEqual([file, []]);
	}
});
