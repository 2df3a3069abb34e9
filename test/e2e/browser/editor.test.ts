import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { Browser } from 'playwright-core';

import type { WorkflowJson } from '../../../dev/n8n';
import { credentialType, useEnvironment } from '../environment';
import { sharedN8n } from '../sharedN8n';
import { post } from '../statusTrigger';
import { launchChromium } from './chromium';
import { Editor } from './editor';
import { takeEvidence, takePicture } from './screenshots';

const e2e = useEnvironment();

/** Other spec files have credentials too; this one's name is its own. */
const credentialName = 'My Twilio account';
const recipient = '+14155550123';
const trackingTemplate = path.resolve(__dirname, '../../../examples/track-the-delivery-of-texts.json');
const text = 'Your order has been shipped.';

let browser: Browser;
let editor: Editor;

beforeAll(async () => {
	await e2e.n8n.createCredential(credentialType, credentialName, e2e.authTokenData());
	browser = await launchChromium();
	editor = await Editor.open(browser, sharedN8n().url);
});

afterAll(async () => {
	await browser?.close();
});

/** A test in a new workflow; leaves a picture of the page when it fails. */
function story(name: string, tell: () => Promise<void>): void {
	test(name, async () => {
		try {
			await editor.newWorkflow();
			await tell();
		} catch (error) {
			await takeEvidence(editor.page, name);
			throw error;
		}
	});
}

/** Fills in everything but the recipient. */
async function fillSendForm(): Promise<void> {
	await editor.addTwilio('Send a message');
	await editor.chooseCredential(credentialName);
	await editor.openList('from');
	await editor.searchAndChoose('Francisco', '+14155550100');
	await editor.fill('body', text);
}

describe('A person in the editor', () => {
	story("finds the node beside n8n's own, with its actions", async () => {
		await editor.searchNextNode('Twilio');
		await editor.nodeNamed('Twilio').waitFor();
		await editor.nodeNamed('Twilio Extended').waitFor();
		await editor.tidyUp();
		await takePicture(editor.page, 'node-panel');

		await editor.nodeNamed('Twilio Extended').click();
		await editor.nodeNamed('Send a message').scrollIntoViewIfNeeded();
		await takePicture(editor.page, 'actions');
		const actions = await editor.part('node-creator-item-name').allInnerTexts();
		expect(actions).toEqual(expect.arrayContaining(['Send a message', 'Get many messages', 'Download a media file']));
	});

	story('is offered the numbers that can text', async () => {
		await editor.addTwilio('Send a message');
		await editor.chooseCredential(credentialName);
		await editor.openList('from');
		await takePicture(editor.page, 'numbers');

		const offered = await editor.part('rlc-item').allInnerTexts();
		const canText = e2e.simulator.state.phoneNumbers.filter(({ capabilities }) => capabilities.sms);
		expect(offered.map((entry) => entry.trim()).sort()).toEqual(
			canText.map((number) => `${number.phone_number} (${number.friendly_name})`).sort(),
		);
	});

	story('sends a message and sees it in the output', async () => {
		await fillSendForm();
		await editor.fill('to', recipient);
		await editor.executeStep('success');

		const fields = await editor.showOutputFields();
		expect(e2e.simulator.state.messages).toMatchObject([{ from: '+14155550100', to: recipient, body: text }]);
		await fields.getByText(e2e.simulator.state.messages[0]!.sid, { exact: true }).waitFor();
		await fields.getByText('queued', { exact: true }).waitFor();
		await editor.tidyUp();
		await takePicture(editor.page, 'send-message');
	});

	story("is told Twilio's code and what to do when the number is wrong", async () => {
		await fillSendForm();
		// The number that Twilio's own test credentials take for invalid.
		await editor.fill('to', '+15005550001');
		await editor.executeStep('danger');

		expect(await editor.part('node-error-message').innerText()).toBe("Invalid 'To' Phone Number");
		const advice = await editor.part('node-error-description').innerText();
		expect(advice).toContain('21211');
		expect(advice).toContain('country code');
		expect(e2e.simulator.state.messages).toHaveLength(0);
		await editor.tidyUp();
		await takePicture(editor.page, 'error');
	});

	story('sees why a text was not delivered', async () => {
		const webhookId = randomUUID();
		const template = JSON.parse(readFileSync(trackingTemplate, 'utf8')) as WorkflowJson;
		const nodes = template.nodes.map((node) =>
			'webhookId' in node ? { ...node, webhookId, credentials: e2e.credentials() } : node,
		);
		const workflow = await e2e.n8n.createWorkflow({ ...template, nodes });
		await e2e.n8n.activate(workflow);
		const { accountSid, authToken } = e2e.simulator.account;
		const status = {
			MessageSid: `SM${'1'.repeat(32)}`,
			MessageStatus: 'undelivered',
			ErrorCode: '30005',
			To: recipient,
		};
		const url = `${e2e.n8n.url}/webhook/${webhookId}/webhook`;
		expect(await post(url, { AccountSid: accountSid, ...status }, { authToken })).toMatchObject({ status: 204 });
		const [execution] = await e2e.n8n.waitForExecutions(workflow.id, 1);

		await editor.openExecution(workflow.id, execution!.id);
		await editor.page.getByText('Not Delivered', { exact: true }).first().waitFor();
		await editor.tidyUp();
		await takePicture(editor.page, 'delivery-tracking');
	});

	story('sees that the credential works', async () => {
		await editor.addTwilio('Send a message');
		await editor.chooseCredential(credentialName);
		const form = await editor.openCredential();
		await editor.part('credentials-config-container-test-success', form).waitFor();
		await takePicture(editor.page, 'credential');

		expect(await editor.part('accountSid', form).locator('input').inputValue()).toBe(e2e.simulator.account.accountSid);
		// n8n never sends a stored secret to the browser.
		expect(await form.locator('input[type=password]').first().inputValue()).not.toBe(e2e.simulator.account.authToken);
	});
});
