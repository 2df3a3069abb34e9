import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

import { TwilioStatusWebhookTrigger } from '../../nodes/TwilioStatusWebhook/TwilioStatusWebhookTrigger.node';
import { WebhookWorkflow } from '../support/n8n';
import { savedCursor, useSimulatedTrigger, valuesOf } from '../TwilioTrigger/simulatedTrigger';

const trigger = useSimulatedTrigger();
const authToken = '0123456789abcdef0123456789abcdef';

const callback = (sid: string) => ({ MessageSid: sid.repeat(34).slice(0, 34), MessageStatus: 'delivered' });

/** The status trigger of the same workflow. Its answer to a signed callback: whether the workflow starts. */
async function starts(status: WebhookWorkflow, form: Record<string, string>): Promise<boolean> {
	const headers = { 'X-Twilio-Signature': getExpectedTwilioSignature(authToken, status.url(), form) };
	const { response, items } = await status.call({ form, headers });
	expect(response.status).toBe(204);
	return items !== undefined;
}

it('a callback never sets back the polling trigger of the same workflow', async () => {
	const polling = trigger.workflow({ event: 'newMessage' });
	const credentials = { twilioExtendedApi: { authToken, accountSid: `AC${'a'.repeat(32)}`, region: 'us1' } };
	const node = new TwilioStatusWebhookTrigger();

	// Alone in its workflow, the status trigger saves what it knows.
	const alone = new WebhookWorkflow({ node, credentials });
	expect(await starts(alone, callback('SM1'))).toBe(true);
	expect(alone.saved).not.toEqual({});

	await polling.activate();
	// n8n has loaded the workflow for a callback when the polling trigger finds a row.
	const status = new WebhookWorkflow({ node, credentials, saved: polling.saved });
	const before = status.saved;
	trigger.wait(60);
	const { sid } = trigger.simulator.receive({ from: '+14155550123', to: '+14155550100', body: 'Hello' });
	expect(valuesOf(await polling.poll())).toEqual([sid]);
	const cursor = savedCursor(polling);

	expect(await starts(status, callback('SM2'))).toBe(true);
	expect(await starts(status, callback('SM2'))).toBe(false);
	// Nothing was saved, so that n8n's database has what the poll has left.
	expect(status.saved).toEqual(before);
	expect(savedCursor(polling)).toEqual(cursor);
	expect(await polling.restart()).toBeNull();
});
