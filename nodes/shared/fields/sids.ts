import type { Field } from './field';
import { sidLocator } from './sidLocator';

export const applicationSid = sidLocator({
	displayName: 'Application',
	name: 'applicationSid',
	description: 'A TwiML application of the account',
	choice: 'an application',
	searchListMethod: 'searchApplications',
});

/** A call, for filters. */
export const callLocator = sidLocator({
	displayName: 'Call',
	name: 'callSid',
	description: 'The call, chosen among the newest ones or given by its SID',
	choice: 'a call',
	searchListMethod: 'searchCalls',
});

/** The call that an operation works on. */
export const callSid = { ...callLocator, required: true } as const satisfies Field;

export const contentSid = sidLocator({
	displayName: 'Content Template',
	name: 'contentSid',
	description:
		"A template of Twilio's Content Template Builder. WhatsApp needs an approved one to start a conversation.",
	choice: 'a template',
	searchListMethod: 'searchContentTemplates',
	required: true,
});

export const mediaSid = {
	displayName: 'Media SID',
	name: 'mediaSid',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. MExxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
	description: "The SID of the media file, as 'Media: Get Many' gives it",
} as const satisfies Field;

export const messageSid = sidLocator({
	displayName: 'Message',
	name: 'messageSid',
	description: 'The message, chosen among the newest ones or given by its SID',
	choice: 'a message',
	searchListMethod: 'searchMessages',
	required: true,
});

export const messagingServiceSid = sidLocator({
	displayName: 'Messaging Service',
	name: 'messagingServiceSid',
	description:
		'Picks the best sender of its pool for each recipient. Needed to schedule messages and to shorten links.',
	choice: 'a Messaging Service',
	searchListMethod: 'searchMessagingServices',
	required: true,
});

export const phoneNumberSid = sidLocator({
	displayName: 'Phone Number',
	name: 'phoneNumberSid',
	description: 'A number of the account',
	choice: 'a number',
	searchListMethod: 'searchPhoneNumbers',
	required: true,
});

/** A recording, for filters. */
export const recordingLocator = sidLocator({
	displayName: 'Recording',
	name: 'recordingSid',
	description: 'The recording, chosen among the newest ones or given by its SID',
	choice: 'a recording',
	searchListMethod: 'searchRecordings',
});

/** The recording that an operation works on. */
export const recordingSid = { ...recordingLocator, required: true } as const satisfies Field;

export const verifyServiceSid = sidLocator({
	displayName: 'Verify Service',
	name: 'verifyServiceSid',
	description: 'The service whose settings and name the code is sent with, from the Console under Verify',
	choice: 'a Verify service',
	searchListMethod: 'searchVerifyServices',
	required: true,
});
