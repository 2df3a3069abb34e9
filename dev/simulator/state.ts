import type { Account } from './account';
import type { FileContent } from './content';
import { seedAccount } from './resources/accounts';
import type { AlertRow } from './resources/alerts';
import { seedApplications } from './resources/applications';
import type { CallRow, CallSettings } from './resources/calls';
import type { CallFailure } from './resources/callStatus';
import { seedChannelSenders } from './resources/channelSenders';
import { seedContentTemplates } from './resources/contentTemplates';
import type { MediaContent, MediaRow } from './resources/media';
import type { DeliveryFailure, MessageRow, MessageSettings } from './resources/messages';
import { seedMessagingServices } from './resources/messagingServices';
import { seedOutgoingCallerIds } from './resources/outgoingCallerIds';
import { seedPhoneNumbers } from './resources/phoneNumbers';
import type { RecordingRow } from './resources/recordings';
import type { TranscriptionRow } from './resources/transcriptions';
import { seedVerifyServices, type VerificationRow, type VerificationSecret } from './resources/verifications';

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
		calls: [] as CallRow[],
		/** What was asked for a call and is not part of its row; by SID. */
		callSettings: new Map<string, CallSettings>(),
		/** Who is called in vain, by `To`. */
		callFailures: new Map<string, CallFailure>(),
		/** Who is found to answer a call with machine detection, by `To`; a human where nothing is said. */
		answerers: new Map<string, string>(),
		recordings: [] as RecordingRow[],
		/** What is served instead of a made-up tone, by SID: bytes, or how many. */
		recordingContent: new Map<string, FileContent>(),
		transcriptions: [] as TranscriptionRow[],
		/** What will be read in a transcription that is in progress, by SID. */
		transcribedTexts: new Map<string, string>(),
		alerts: [] as AlertRow[],
		phoneNumbers: seedPhoneNumbers(seed),
		outgoingCallerIds: seedOutgoingCallerIds(seed),
		applications: seedApplications(seed),
		messagingServices: seedMessagingServices(seed),
		channelSenders: seedChannelSenders(),
		contentTemplates: seedContentTemplates(seed),
		/** Numbers in E.164 whose lookup fails, with the error code, for example 20404. */
		lookupErrors: new Map<string, number>(),
		verifyServices: seedVerifyServices(seed),
		verifications: [] as VerificationRow[],
		/** The code of a verification, by SID. */
		verificationSecrets: new Map<string, VerificationSecret>(),
	};
}

/** Everything a simulator remembers. */
export type State = ReturnType<typeof createState>;
