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
	'call-with-a-spoken-message.json': {
		assert(itemsOf) {
			expect(environment.simulator.state.calls).toEqual([
				expect.objectContaining({ from: '+14155550100', to: '+14155550123', direction: 'outbound-api' }),
			]);
			const [post] = environment.simulator.requests.filter(({ method }) => method === 'POST');
			expect(Object.fromEntries(post?.form ?? []).Twiml).toMatch(
				/^<Response><Say voice="[\w.-]+" language="en-US">Hello! .* 7 o&apos;clock\. .*<\/Say><\/Response>$/,
			);
			expect(itemsOf('How Is It Going')).toEqual([
				expect.objectContaining({ sid: environment.simulator.state.calls[0]?.sid, status: 'queued' }),
			]);
		},
	},
	'yesterdays-recordings-as-files.json': {
		arrange() {
			// The shared n8n is in UTC.
			const today = DateTime.utc().startOf('day');
			for (const [dateCreated, status] of [
				[today.minus({ days: 1, seconds: 1 }), 'completed'],
				[today.minus({ days: 1 }), 'completed'],
				[today.minus({ hours: 12 }), 'absent'],
				[today.minus({ seconds: 1 }), 'completed'],
				[today, 'completed'],
			] as const) {
				const content = Buffer.from(dateCreated.toISO());
				environment.simulator.record({ dateCreated: dateCreated.toJSDate(), status, content });
			}
		},
		assert(itemsOf) {
			const [, first, , second] = environment.simulator.state.recordings;
			expect(itemsOf('Files')).toEqual(
				[second, first].map((row) => ({
					sid: row?.sid,
					fileName: `${row?.sid}.mp3`,
					mimeType: 'audio/mpeg',
					fileSize: 24,
				})),
			);
			expect(itemsOf('Not Downloaded')).toEqual([]);
		},
	},
	'send-and-check-a-one-time-code.json': {
		arrange() {
			// Twilio makes up a code; this once it is the one in the template.
			const { verificationSecrets } = environment.simulator.state;
			const remember = verificationSecrets.set.bind(verificationSecrets);
			verificationSecrets.set = (sid, secret) => remember(sid, { ...secret, code: '123456' });
		},
		assert(itemsOf) {
			expect(itemsOf('Send a Code')).toEqual([expect.objectContaining({ to: '+14155550123', status: 'pending' })]);
			expect(itemsOf('Welcome')).toEqual([expect.objectContaining({ valid: true, status: 'approved' })]);
			expect(itemsOf('Try Again')).toEqual([]);
		},
	},
};

/** Templates that take more than a run by hand, and the spec that imports them. */
const inAnotherSpec: Record<string, string> = {
	'alerts-by-email.json': 'pollingExamples.test.ts',
	'ended-calls-in-a-table.json': 'pollingExamples.test.ts',
	'new-recordings-as-files.json': 'pollingExamples.test.ts',
	'text-back-after-a-missed-call.json': 'pollingExamples.test.ts',
	'send-a-text-and-track-its-delivery.json': 'statusExamples.test.ts',
	'track-the-delivery-of-texts.json': 'statusExamples.test.ts',
};

it('has a case for every template', () => {
	expect([...Object.keys(cases), ...Object.keys(inAnotherSpec)].sort()).toEqual([...files].sort());
	for (const [file, spec] of Object.entries(inAnotherSpec)) {
		expect(readFileSync(path.join(__dirname, spec), 'utf8')).toContain(`'${file}'`);
	}
});

it.each(Object.keys(cases))('%s imports and runs', async (file) => {
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
