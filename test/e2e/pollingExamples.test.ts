import { readFileSync } from 'node:fs';
import path from 'node:path';

import {
	errorOf,
	itemsOf,
	jsonOf,
	packageName,
	type CredentialReference,
	type Execution,
	type WorkflowJson,
} from '../../dev/n8n';
import { useEnvironment } from './environment';
import { startSmtpServer, type SmtpServer } from './smtpServer';

/**
 * The templates that start with the polling trigger, as a user would set them up: import, choose the credential, publish.
 * n8n polls when a workflow is activated, and the trigger goes on where it stopped: activating it twice, with something
 * happening in between, runs the template without waiting for the minute.
 */
const e2e = useEnvironment();

const anna = '+14155550123';
let smtp: SmtpServer;

beforeAll(async () => {
	smtp = await startSmtpServer();
});
afterAll(async () => await smtp?.close());

async function runTemplate(
	file: string,
	happen: () => void,
	others: Readonly<Record<string, CredentialReference>> = {},
): Promise<Execution> {
	const template = JSON.parse(readFileSync(path.resolve(__dirname, '../../examples', file), 'utf8')) as WorkflowJson;
	const nodes = template.nodes.map((node) => {
		if (String(node.type).startsWith(`${packageName}.`)) return { ...node, credentials: e2e.credentials() };
		return node.credentials ? { ...node, credentials: others } : node;
	});
	const workflow = await e2e.n8n.createWorkflow({ ...template, nodes });
	await e2e.n8n.activate(workflow);
	await e2e.n8n.deactivate(workflow);
	happen();
	await e2e.n8n.activate(workflow);
	const [summary] = await e2e.n8n.waitForExecutions(workflow.id, 1);
	await e2e.n8n.deactivate(workflow);
	const execution = await e2e.n8n.getExecution(summary?.id ?? '');
	expect(errorOf(execution)).toBeUndefined();
	return execution;
}

const ours = () => e2e.simulator.state.phoneNumbers[0]?.phone_number ?? '';

test('a missed call is answered with a text, others are not', async () => {
	const execution = await runTemplate('text-back-after-a-missed-call.json', () => {
		e2e.simulator.call({ from: anna, to: ours(), status: 'no-answer' });
		e2e.simulator.call({ from: '+14155550124', to: ours() });
		e2e.simulator.call({ from: ours(), to: '+14155550125', direction: 'outbound-api', status: 'no-answer' });
	});

	expect(jsonOf(execution, 'Not Sent')).toEqual([]);
	expect(e2e.simulator.state.messages).toEqual([
		expect.objectContaining({ from: ours(), to: anna, body: expect.stringContaining('missed your call') }),
	]);
});

test('a new recording becomes a file', async () => {
	let sid = '';
	const execution = await runTemplate('new-recordings-as-files.json', () => {
		({ sid } = e2e.simulator.record());
		e2e.simulator.record({ status: 'absent' });
	});

	expect(jsonOf(execution, 'Not Downloaded')).toEqual([]);
	const files = itemsOf(execution, 'Files');
	expect(files.map(({ json }) => json.sid)).toEqual([sid]);
	const content = await e2e.n8n.binaryData(files[0]?.binary?.data?.id ?? '');
	expect(content.length).toBe(files[0]?.json.fileSize);
	expect(content.length).toBeGreaterThan(0);
});

test('an alert becomes an e-mail', async () => {
	const credential = await e2e.n8n.createCredential('smtp', 'Mail', {
		host: '127.0.0.1',
		port: smtp.port,
		secure: false,
		disableStartTls: true,
	});
	await runTemplate('alerts-by-email.json', () => void e2e.simulator.alert({ errorCode: 11200 }), {
		smtp: { id: credential.id, name: credential.name },
	});

	expect(smtp.mails).toHaveLength(1);
	expect(smtp.mails[0]).toContain('Subject: Twilio error 11200');
	expect(smtp.mails[0]).toContain('HTTP retrieval failure');
	expect(smtp.mails[0]).toContain('To: you@example.com');
});

test('an ended call becomes a row of a table, which is there the second time', async () => {
	for (const status of ['completed', 'busy'] as const) {
		let sid = '';
		const execution = await runTemplate('ended-calls-in-a-table.json', () => {
			({ sid } = e2e.simulator.call({ from: anna, to: ours(), status }));
		});
		expect(jsonOf(execution, 'Row')).toEqual([
			expect.objectContaining({ sid, caller: anna, called: ours(), status, seconds: status === 'busy' ? 0 : 30 }),
		]);
	}
});
