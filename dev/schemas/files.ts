import path from 'node:path';

import { resources } from '../../nodes/Twilio/resources';
import { outputSchema } from './outputSchema';

/** Where n8n looks for the output schemas of version 1 of the node. */
export const schemaFolder = path.resolve(__dirname, '../../nodes/Twilio/__schema__/v1.0.0');

/** The schema files as they should be: path below {@link schemaFolder}, and content. */
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
