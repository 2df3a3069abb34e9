import { WebhookContext } from 'n8n-core';
import type { INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

import { answer } from '../../../nodes/shared/webhook/answer';
import { checkRequest } from '../../../nodes/shared/webhook/checkRequest';
import { claimRequest } from '../../../nodes/shared/webhook/claimRequest';
import { publicUrl } from '../../../nodes/shared/webhook/publicUrl';
import { WebhookWorkflow } from '../../support/n8n';

/* A trigger that has nothing of the status trigger: what nodes/shared/webhook gives is enough to let only Twilio in. */

class AnyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Any Trigger',
		name: 'anyTrigger',
		group: ['trigger'],
		version: [1],
		description: 'Starts the workflow for each request of Twilio',
		defaults: { name: 'Any Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'twilioExtendedApi', required: true }],
		webhooks: [{ name: 'default', httpMethod: 'POST', path: 'webhook', responseMode: 'onReceived' }],
		properties: [{ displayName: 'Options', name: 'options', type: 'collection', default: {}, options: [publicUrl] }],
	};

	webhookMethods = {
		default: { checkExists: async () => true, create: async () => true, delete: async () => true },
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const request = await checkRequest(this);
		if ('refusedWith' in request) return answer(this, request.refusedWith);
		if (claimRequest(this, String(this.getHeaderData()['i-twilio-idempotency-token'])) !== 'first')
			return answer(this, 204);
		return { workflowData: [[{ json: request.parameters }]] };
	}
}

const authToken = '0123456789abcdef0123456789abcdef';
const form = { From: '+14155550123', Body: 'Hello', Tag: ['b', 'a'] };

const trigger = new WebhookWorkflow({
	node: new AnyTrigger(),
	credentials: { twilioExtendedApi: { authType: 'authToken', accountSid: `AC${'a'.repeat(32)}`, authToken } },
});

async function post(token: string, signedWith: string) {
	const signature = getExpectedTwilioSignature(signedWith, trigger.url(), form);
	const headers = { 'X-Twilio-Signature': signature, 'I-Twilio-Idempotency-Token': token };
	const { response, items } = await trigger.call({ form, headers });
	return { status: response.status, items };
}

beforeEach(() => {
	jest.spyOn(WebhookContext.prototype, 'logger', 'get').mockReturnValue({ warn: () => {} } as never);
});

afterEach(() => {
	jest.restoreAllMocks();
});

it('lets a request of Twilio in, with what it says', async () => {
	expect(await post('one', authToken)).toMatchObject({ items: [{ json: form }] });
});

it('refuses what others have signed, which counts as no first one', async () => {
	expect(await post('two', 'forged')).toEqual({ status: 403, items: undefined });
	expect((await post('two', authToken)).items).toHaveLength(1);
});

it('knows a repeat by what the trigger recognizes it by', async () => {
	expect((await post('three', authToken)).items).toHaveLength(1);
	expect(await post('three', authToken)).toEqual({ status: 204, items: undefined });
	expect((await post('four', authToken)).items).toHaveLength(1);
});
