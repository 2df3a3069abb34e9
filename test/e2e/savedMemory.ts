import type { N8nClient, StoredWorkflow } from '../../dev/n8n';

/** What a trigger remembers, as far as tests look at it. */
interface Memory {
	readonly name: string;
	readonly recentRequests?: { keys: string[] };
	readonly cursor?: { revision: number };
}

/** What n8n's database has of the trigger with a name. */
export async function savedMemory(
	client: N8nClient,
	{ id }: Pick<StoredWorkflow, 'id'>,
	name: string,
): Promise<Memory | undefined> {
	const { staticData } = (await client.getWorkflow(id)) as {
		staticData?: { global?: { twilioExtended?: { memories: Record<string, Memory> } } };
	};
	const memories = Object.values(staticData?.global?.twilioExtended?.memories ?? {});
	return memories.find((memory) => memory.name === name);
}
