import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { testTwilioCredential } from '../shared/api/testTwilioCredential';
import * as listSearch from '../shared/dropdowns';
import { runOperations } from './operation/runOperations';
import { toProperties } from './operation/toProperties';
import { resources } from './resources';

/** The action node: what it can do is in `resources/`, one file for each operation. */
export class Twilio implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Twilio Extended',
		name: 'twilio',
		icon: { light: 'file:../../icons/twilio.svg', dark: 'file:../../icons/twilio.dark.svg' },
		group: ['output'],
		version: [1],
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send messages, make calls, fetch recordings, look up and verify numbers with Twilio',
		defaults: { name: 'Twilio Extended' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'twilioExtendedApi', required: true, testedBy: 'testTwilioCredential' }],
		properties: toProperties(resources),
	};

	methods = { credentialTest: { testTwilioCredential }, listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runOperations(this, resources, { continueOnFail: this.continueOnFail() })];
	}
}
