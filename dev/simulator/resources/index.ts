import type { Resource } from '../resource';
import { accounts } from './accounts';
import { alerts } from './alerts';
import { applications } from './applications';
import { availablePhoneNumbers } from './availablePhoneNumbers';
import { calls } from './calls';
import { channelSenders } from './channelSenders';
import { contentTemplates, contentTemplatesV2 } from './contentTemplates';
import { lookups } from './lookups';
import { media } from './media';
import { messages } from './messages';
import { messagingServices } from './messagingServices';
import { outgoingCallerIds } from './outgoingCallerIds';
import { phoneNumbers } from './phoneNumbers';
import { recordings } from './recordings';
import { transcriptions } from './transcriptions';
import { verifications } from './verifications';

/** Table of contents: what the simulator can answer. In this order they advance: a recording is processed a step after its call. */
export const resources: Resource[] = [
	accounts,
	messages,
	media,
	transcriptions,
	recordings,
	calls,
	alerts,
	phoneNumbers,
	availablePhoneNumbers,
	outgoingCallerIds,
	applications,
	messagingServices,
	channelSenders,
	contentTemplates,
	contentTemplatesV2,
	lookups,
	verifications,
];
