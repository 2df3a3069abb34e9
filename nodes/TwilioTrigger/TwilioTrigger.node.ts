import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { testTwilioCredential } from '../shared/api/testTwilioCredential';
import { searchCalls } from '../shared/dropdowns';
import { emitNewRows } from './emitNewRows';
import { sources } from './sources';
import { toProperties } from './toProperties';

/** The polling trigger: what it can watch is in `sources/`, one file for each event. */
export class TwilioTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Twilio Extended Trigger',
		name: 'twilioTrigger',
		icon: { light: 'file:../../icons/twilio.svg', dark: 'file:../../icons/twilio.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: '={{ $parameter["event"] }}',
		description: 'Starts the workflow on new messages, calls, recordings, transcriptions, alerts and numbers of Twilio',
		defaults: { name: 'Twilio Extended Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'twilioExtendedApi', required: true, testedBy: 'testTwilioCredential' }],
		properties: toProperties(sources),
	};

	methods = { credentialTest: { testTwilioCredential }, listSearch: { searchCalls } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await emitNewRows(this, sources);
	}
}
