import { resources } from '../../nodes/Twilio/resources';
import { outputSchema } from './outputSchema';

/** The files with the output schemas of the action node: path below the folder of its version, and content. */
export async function schemaFiles(): Promise<Map<string, string>> {
	const files = new Map<string, string>();
	for (const { value: resource, operations } of resources) {
		for (const operation of operations) {
			const schema = await outputSchema(operation);
			files.set(`${resource}/${operation.value}.json`, `${JSON.stringify(schema, undefined, '\t')}\n`);
		}
	}
	return files;
}
