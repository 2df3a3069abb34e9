import type {
	IHookFunctions,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';

import { hasCustomBaseUrl } from '../shared/api/hosts';
import { testTwilioCredential } from '../shared/api/testTwilioCredential';
import { assertAuthToken, readCredentials } from '../shared/webhook/authTokens';
import { fields, readStatusParameters } from './parameters';
import { receiveStatus } from './receiveStatus';

/** The webhook trigger: starts a workflow when Twilio reports a status. Its events are in `events/`, one file for each. */
export class TwilioStatusWebhookTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Twilio Extended Status Trigger',
		name: 'twilioStatusWebhookTrigger',
		icon: { light: 'file:../../icons/twilio.svg', dark: 'file:../../icons/twilio.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: '={{ $parameter["event"] }}',
		description:
			'Starts the workflow when Twilio reports the status of a message, call or recording, or who answered a call',
		eventTriggerDescription: 'Waiting for Twilio to call the test URL',
		activationMessage: 'You can now give the production URL to Twilio as status callback.',
		defaults: { name: 'Twilio Extended Status Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'twilioExtendedApi', required: true, testedBy: 'testTwilioCredential' }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'webhook',
				responseMode: 'onReceived',
				responseCode: '={{ 204 }}',
				responseData: 'noData',
			},
		],
		triggerPanel: {
			header: '',
			executionsHelp: {
				inactive:
					"<b>While you build the workflow</b>, click the 'listen' button and send a text with the test URL as status callback. The execution shows up in this editor.<br /><br /><b>To run it for every status</b>, publish the workflow and give the production URL to Twilio.",
				active:
					'<b>While you build the workflow</b>, click the \'listen\' button and send a text with the test URL as status callback. The execution shows up in this editor.<br /><br /><b>The workflow is published</b>: it runs for every status that Twilio reports to the production URL. You find these runs in the <a data-key="executions">list of executions</a>.',
			},
			activationHint: 'Once the workflow is published, Twilio starts it at the production URL.',
		},
		properties: structuredClone(fields) as INodeProperties[],
	};

	methods = { credentialTest: { testTwilioCredential } };

	/** There is nothing to register at Twilio: each message and call brings its URL along. */
	webhookMethods = {
		default: {
			/** Stops the workflow from being published when no callback could be checked. */
			async checkExists(this: IHookFunctions): Promise<boolean> {
				try {
					const credentials = await readCredentials(this);
					assertAuthToken(credentials);
					readStatusParameters(this, hasCustomBaseUrl(credentials));
				} catch (error) {
					const { description } = error as Error & { description?: string };
					throw new NodeOperationError(this.getNode(), error as Error, { description });
				}
				return true;
			},

			async create(this: IHookFunctions): Promise<boolean> {
				return true;
			},

			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveStatus(this);
	}
}
