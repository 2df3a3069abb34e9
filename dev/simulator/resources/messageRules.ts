import { parseUrl } from '../../../nodes/shared/api/parseUrl';
import { parseFilterTime } from '../times';
import type { World } from '../resource';
import { magicMessageRecipients, magicMessageSenders } from './magicNumbers';

/** The form of POST Messages, as far as rules look at it. */
export interface MessageForm {
	To?: string;
	From?: string;
	MessagingServiceSid?: string;
	ApplicationSid?: string;
	Body?: string;
	MediaUrl?: string[];
	ContentSid?: string;
	ContentVariables?: string;
	StatusCallback?: string;
	ValidityPeriod?: number;
	ShortenUrls?: boolean;
	ScheduleType?: string;
	SendAt?: string;
	ProvideFeedback?: boolean;
}

/** A reason to refuse a message. */
export interface MessageRule {
	code: number;
	/** Parameter the error is about. */
	parameter: string;
	broken(form: MessageForm, world: World): boolean;
}

const minute = 60_000;
/** Twilio's limits for SendAt: https://www.twilio.com/docs/api/errors/35114 */
const scheduling = { from: 5 * minute, to: 35 * 24 * 60 * minute };

const e164 = /^\+?[1-9]\d{6,14}$/;
const shortCode = /^\d{3,8}$/;
/** A sender that is a name: letters, digits, spaces; at least one letter. */
const alphanumeric = /^(?=.*[A-Za-z])[A-Za-z0-9 &_+-]{1,11}$/;
const channelAddress = /^(whatsapp|messenger|rcs):(.+)$/;

/** `sms` for a phone number, else the prefix: `whatsapp`. */
export function channelOf(address: string): string {
	return channelAddress.exec(address)?.[1] ?? 'sms';
}

const isRecipient = (to: string) =>
	channelAddress.exec(to)?.[1] === 'whatsapp'
		? e164.test(to.slice(9))
		: channelAddress.test(to) || e164.test(to) || shortCode.test(to);
const isSender = (from: string) =>
	e164.test(from) || shortCode.test(from) || alphanumeric.test(from) || channelAddress.test(from);

/** Whether a URL is one that Twilio would call. Twilio wants a public host; the simulator's users have `localhost`. */
export function isCallable(url: string): boolean {
	const { protocol = '', hostname = '' } = parseUrl(url) ?? {};
	return /^https?:$/.test(protocol) && !hostname.includes('_') && url.length <= 4000;
}

function isJsonObject(text: string): boolean {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value);
	} catch {
		return false;
	}
}

function isSchedulable(sendAt: string, now: Date): boolean {
	const time = /T.*(Z|[+-]\d\d:?\d\d)$/.test(sendAt) ? parseFilterTime(sendAt)?.time : undefined;
	if (time === undefined) return false;
	const ahead = time - now.getTime();
	return ahead >= scheduling.from && ahead <= scheduling.to;
}

function ownsSender({ state }: World, from: string): boolean {
	if (alphanumeric.test(from)) return true;
	return state.phoneNumbers.some((row) => row.phone_number === from && row.capabilities.sms);
}

/**
 * Why Twilio refuses a message at once; the first broken rule decides. What fails later (carrier, WhatsApp's window) is no HTTP error.
 * @see https://www.twilio.com/docs/messaging/api/message-resource#create-a-message
 */
export const messageRules: MessageRule[] = [
	{ code: 21604, parameter: 'To', broken: ({ To }) => !To },
	{ code: 21603, parameter: 'From', broken: ({ From, MessagingServiceSid }) => !From && !MessagingServiceSid },
	{
		code: 21602,
		parameter: 'Body',
		broken: ({ Body, MediaUrl, ContentSid }) => !Body && !MediaUrl?.length && !ContentSid,
	},
	{ code: 21617, parameter: 'Body', broken: ({ Body = '' }) => Body.length > 1600 },
	{ code: 21623, parameter: 'MediaUrl', broken: ({ MediaUrl = [] }) => MediaUrl.length > 10 },
	{ code: 21620, parameter: 'MediaUrl', broken: ({ MediaUrl = [] }) => !MediaUrl.every(isCallable) },
	{
		code: 21609,
		parameter: 'StatusCallback',
		broken: ({ StatusCallback }) => !!StatusCallback && !isCallable(StatusCallback),
	},
	{
		code: 20001,
		parameter: 'ValidityPeriod',
		broken: ({ ValidityPeriod: seconds = 1 }) => seconds < 1 || seconds > 36_000,
	},
	{
		code: 20001,
		parameter: 'ShortenUrls',
		broken: ({ ShortenUrls, MessagingServiceSid }) => !!ShortenUrls && !MessagingServiceSid,
	},

	{ code: 35111, parameter: 'SendAt', broken: ({ ScheduleType, SendAt }) => !!ScheduleType && !SendAt },
	{
		code: 35118,
		parameter: 'MessagingServiceSid',
		broken: ({ SendAt, MessagingServiceSid }) => !!SendAt && !MessagingServiceSid,
	},
	{ code: 35114, parameter: 'SendAt', broken: ({ SendAt }, { now }) => !!SendAt && !isSchedulable(SendAt, now()) },

	{
		code: 21654,
		parameter: 'ContentSid',
		broken: ({ ContentVariables, ContentSid }) => !!ContentVariables && !ContentSid,
	},
	{
		code: 21656,
		parameter: 'ContentVariables',
		broken: ({ ContentVariables }) => !!ContentVariables && !isJsonObject(ContentVariables),
	},
	{
		code: 21655,
		parameter: 'ContentSid',
		broken: ({ ContentSid }, { state }) =>
			!!ContentSid && !state.contentTemplates.some(({ sid }) => sid === ContentSid),
	},
	{
		code: 21701,
		parameter: 'MessagingServiceSid',
		broken: ({ MessagingServiceSid }, { state }) =>
			!!MessagingServiceSid && !state.messagingServices.some(({ sid }) => sid === MessagingServiceSid),
	},
	{
		code: 20404,
		parameter: 'ApplicationSid',
		broken: ({ ApplicationSid }, { state }) =>
			!!ApplicationSid && !state.applications.some(({ sid }) => sid === ApplicationSid),
	},

	...magicRules('From', magicMessageSenders),
	...magicRules('To', magicMessageRecipients),
	{ code: 21211, parameter: 'To', broken: ({ To = '' }) => !isRecipient(To) },
	{ code: 21212, parameter: 'From', broken: ({ From }) => !!From && !isSender(From) },
	{ code: 21910, parameter: 'From', broken: ({ From, To = '' }) => !!From && channelOf(From) !== channelOf(To) },
	{ code: 21266, parameter: 'To', broken: ({ From, To }) => From === To },
	{
		code: 63007,
		parameter: 'From',
		broken: ({ From = '' }, { state }) =>
			channelOf(From) !== 'sms' && !state.channelSenders.some((row) => row.sender_id === From),
	},
	{
		code: 21606,
		parameter: 'From',
		broken: ({ From }, world) => !!From && channelOf(From) === 'sms' && !ownsSender(world, From),
	},
	{ code: 21610, parameter: 'To', broken: ({ To = '' }, { state }) => state.optedOut.has(To) },
];

function magicRules(parameter: 'From' | 'To', codes: Partial<Record<string, number>>): MessageRule[] {
	return [...new Set(Object.values(codes))].map((code) => ({
		code: code!,
		parameter,
		broken: (form: MessageForm) => codes[form[parameter] ?? ''] === code,
	}));
}
