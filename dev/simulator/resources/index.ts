import type { Resource } from '../resource';
import { accounts } from './accounts';
import { applications } from './applications';
import { channelSenders } from './channelSenders';
import { contentTemplates, contentTemplatesV2 } from './contentTemplates';
import { media } from './media';
import { messages } from './messages';
import { messagingServices } from './messagingServices';
import { outgoingCallerIds } from './outgoingCallerIds';
import { phoneNumbers } from './phoneNumbers';

/** Table of contents: what the simulator can answer. */
export const resources: Resource[] = [
	accounts,
	messages,
	media,
	phoneNumbers,
	outgoingCallerIds,
	applications,
	messagingServices,
	channelSenders,
	contentTemplates,
	contentTemplatesV2,
];
