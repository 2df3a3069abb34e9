import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { DateTime } from 'luxon';

import { errorOf, jsonOf, type WorkflowJson } from '../../dev/n8n';
import { credentialType, twilioType, useEnvironment } from './environment';

/** The workflow templates, imported and run as they are. */
const folder = path.resolve(__dirname, '../../examples');
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

const environment = useEnvironment();

/** What must be there before a template runs, and what must be true afterwards. */
interface Case {
	arrange?(): void;
	assert(itemsOf: (node: string, output?: number) => Array<Record<string, unknown>>): void;
}

const daysAgo = (days: number) => DateTime.utc().minus({ days }).toRFC2822() ?? '';

const cases: Record<string, Case> = {
	'text-everyone-in-a-list.json': {
		assert(itemsOf) {
			expect(itemsOf('Sent').map(({ to }) => to)).toEqual(['+14155550123', '+14155550124', '+14155550125']);
			expect(itemsOf('Not Sent')).toEqual([
				expect.objectContaining({ name: 'Landline', phone: '+15005550009', twilioCode: 21614 }),
			]);
			expect(environment.simulator.state.messages).toHaveLength(3);
		},
	},
	'schedule-and-cancel-a-text.json': {
		assert(itemsOf) {
			expect(itemsOf('Schedule a Reminder')[0]?.status).toBe('scheduled');
			expect(itemsOf('Cancel It')[0]?.status).toBe('canceled');
		},
	},
	'send-a-whatsapp-template.json': {
		assert() {
			expect(environment.simulator.state.messages).toEqual([
				expect.objectContaining({
					from: 'whatsapp:+14155550100',
					to: 'whatsapp:+14155550123',
					body: 'Your order A-1002 is on its way.',
				}),
			]);
		},
	},
	'redact-old-messages.json': {
		arrange() {
			for (const days of [40, 31, 29]) {
				const row = environment.simulator.receive({
					from: '+14155550123',
					to: '+15005550006',
					body: `${days} days old`,
				});
				row.date_sent = daysAgo(days);
			}
		},
		assert() {
			expect(environment.simulator.state.messages.map(({ body }) => body)).toEqual(['', '', '29 days old']);
		},
	},
};

it('has a case for every template', () => {
	expect(Object.keys(cases).sort()).toEqual([...files].sort());
});

it.each(files)('%s imports and runs', async (file) => {
	cases[file]?.arrange?.();
	const template = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as WorkflowJson;
	const nodes = template.nodes.map((node) =>
		node.type === twilioType
			? { ...node, credentials: { [credentialType]: environment.credentials()[credentialType] } }
			: node,
	);
	const workflow = await environment.n8n.createWorkflow({ ...template, nodes } as WorkflowJson);
	const execution = await environment.n8n.runWorkflow(workflow.id);

	expect(errorOf(execution)).toBeUndefined();
	cases[file]?.assert((node, output) => jsonOf(execution, node, output));
});
