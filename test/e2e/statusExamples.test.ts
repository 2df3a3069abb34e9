import { readFileSync } from 'node:fs';
import path from 'node:path';

import { errorOf, jsonOf, packageName, type StoredWorkflow, type WorkflowJson } from '../../dev/n8n';
import { useEnvironment } from './environment';

/** The pair of templates that works together, as a user would set it up: import, publish, copy the URL. */
const e2e = useEnvironment();

const readTemplate = (file: string) =>
	JSON.parse(readFileSync(path.resolve(__dirname, '../../examples', file), 'utf8')) as WorkflowJson;

/** Imports a template with the credential chosen, and nothing else changed but what `change` does to its nodes. */
async function importTemplate(
	template: WorkflowJson,
	change: (node: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>> = (node) => node,
): Promise<StoredWorkflow> {
	const nodes = template.nodes
		.map((node) =>
			String(node.type).startsWith(`${packageName}.`) ? { ...node, credentials: e2e.credentials() } : node,
		)
		.map(change);
	return await e2e.n8n.createWorkflow({ ...template, nodes });
}

test('a text is sent by one template, and its fate arrives in the other', async () => {
	const receiving = readTemplate('track-the-delivery-of-texts.json');
	const receiver = await importTemplate(receiving);
	await e2e.n8n.activate(receiver);
	const webhookId = receiving.nodes.find(({ name }) => name === 'Status of a Text')?.webhookId;
	const url = `${e2e.n8n.url}/webhook/${String(webhookId)}/webhook`;

	const sending = readTemplate('send-a-text-and-track-its-delivery.json');
	const shownUrl = `https://n8n.example.com/webhook/${String(webhookId)}/webhook`;
	expect(JSON.stringify(sending)).toContain(shownUrl);
	const sender = await importTemplate(
		sending,
		(node) => JSON.parse(JSON.stringify(node).replace(shownUrl, url)) as Record<string, unknown>,
	);

	const sendOne = async () => {
		expect(errorOf(await e2e.n8n.runWorkflow(sender.id))).toBeUndefined();
		for (let step = 0; step < 3; step++) await e2e.simulator.advance();
	};
	await sendOne();
	e2e.simulator.state.deliveryFailures.set('+14155550123', {
		status: 'undelivered',
		errorCode: 30005,
		errorMessage: 'Unknown destination handset',
	});
	await sendOne();

	const summaries = await e2e.n8n.waitForExecutions(receiver.id, 2);
	const executions = await Promise.all(summaries.map(async ({ id }) => await e2e.n8n.getExecution(id)));
	expect(executions.map(errorOf)).toEqual([undefined, undefined]);
	const [to, arrived, lost] = ['+14155550123', ...e2e.simulator.state.messages.map(({ sid }) => sid)];
	expect(executions.flatMap((execution) => jsonOf(execution, 'Delivered'))).toEqual([{ sid: arrived, to }]);
	expect(executions.flatMap((execution) => jsonOf(execution, 'Not Delivered'))).toEqual([
		{
			sid: lost,
			to,
			status: 'undelivered',
			reason: expect.stringContaining('The number is unknown'),
			help: 'https://www.twilio.com/docs/errors/30005',
		},
	]);
});
