import { applications } from '../lists/applications';
import { calls } from '../lists/calls';
import { contentTemplates } from '../lists/contentTemplates';
import { messages } from '../lists/messages';
import { messagingServices } from '../lists/messagingServices';
import { phoneNumbers } from '../lists/phoneNumbers';
import { recordings } from '../lists/recordings';
import { verifyServices } from '../lists/verifyServices';
import { searchList } from './dropdown';

/** The methods that fill dropdowns, under the names by which fields ask for them (`searchListMethod`). */
export const searchApplications = searchList(applications);
export const searchCalls = searchList(calls);
export const searchContentTemplates = searchList(contentTemplates);
export const searchMessages = searchList(messages);
export const searchMessagingServices = searchList(messagingServices);
export const searchPhoneNumbers = searchList(phoneNumbers);
export const searchRecordings = searchList(recordings);
export const searchVerifyServices = searchList(verifyServices);
export { searchCallerIds } from './searchCallerIds';
export { searchSenders } from './searchSenders';
