import type { Account } from './account';
import { seedAccount } from './resources/accounts';
import { seedApplications } from './resources/applications';
import { seedChannelSenders } from './resources/channelSenders';
import { seedContentTemplates } from './resources/contentTemplates';
import type { MediaContent, MediaRow } from './resources/media';
import type { DeliveryFailure, MessageRow, MessageSettings } from './resources/messages';
import { seedMessagingServices } from './resources/messagingServices';
import { seedOutgoingCallerIds } from './resources/outgoingCallerIds';
import { seedPhoneNumbers } from './resources/phoneNumbers';

/** What a seed may refer to. */
export interface Seed extends Account {
	/** Time of creation of seeded rows. */
	now: Date;
}

/**
 * All rows of a fresh account, in the order they came; a list sorts them itself. Tests may read and change anything.
 * Adding a resource is one line here (its rows) and one in `resources/index.ts` (its operations).
 */
export function createState(seed: Seed) {
	return {
		accounts: seedAccount(seed),
		messages: [] as MessageRow[],
		/** What was asked for a message and is not part of its row; by SID. */
		messageSettings: new Map<string, MessageSettings>(),
		/** Recipients whose messages fail after they were accepted, by `To`. */
		deliveryFailures: new Map<string, DeliveryFailure>(),
		/** Recipients that answered STOP: 21610. */
		optedOut: new Set<string>(),
		media: [] as MediaRow[],
		/** The files, by SID of the media row. */
		mediaContent: new Map<string, MediaContent>(),
		phoneNumbers: seedPhoneNumbers(seed),
		outgoingCallerIds: seedOutgoingCallerIds(seed),
		applications: seedApplications(seed),
		messagingServices: seedMessagingServices(seed),
		channelSenders: seedChannelSenders(),
		contentTemplates: seedContentTemplates(seed),
	};
}

/** Everything a simulator remembers. */
export type State = ReturnType<typeof createState>;
