import type { World } from '../resource';
import { magicCallers, magicCallRecipients } from './magicNumbers';
import { isCallable } from './messageRules';

/** The form of POST Calls, as far as rules and rows look at it. */
export interface CallForm {
	To?: string;
	From?: string;
	Url?: string;
	Twiml?: string;
	ApplicationSid?: string;
	StatusCallback?: string;
	StatusCallbackMethod?: string;
	StatusCallbackEvent?: string[];
	SendDigits?: string;
	Timeout?: number;
	TimeLimit?: number;
	Record?: boolean;
	RecordingChannels?: string;
	RecordingTrack?: string;
	RecordingStatusCallback?: string;
	RecordingStatusCallbackMethod?: string;
	RecordingStatusCallbackEvent?: string[];
	Trim?: string;
	MachineDetection?: string;
	MachineDetectionSpeechThreshold?: number;
	MachineDetectionSpeechEndThreshold?: number;
	MachineDetectionSilenceTimeout?: number;
	AsyncAmd?: string;
	AsyncAmdStatusCallback?: string;
	AsyncAmdStatusCallbackMethod?: string;
}

/** A reason to refuse a call. */
export interface CallRule {
	code: number;
	/** Parameter the error is about. */
	parameter: string;
	/** Instead of the usual text. */
	message?: string;
	broken(form: CallForm, world: World): boolean;
}

const e164 = /^\+?[1-9]\d{6,14}$/;
const isPhone = (address: string) => e164.test(address);
const isOther = (address: string) => /^(sip:[^@\s]+@\S+|client:\S+)$/.test(address);

/** Parameters that the OpenAPI file takes for any text, with the values Twilio's documentation lists. */
const enumerations: Array<[keyof CallForm, string[]]> = [
	['StatusCallbackEvent', ['initiated', 'ringing', 'answered', 'completed']],
	['RecordingStatusCallbackEvent', ['in-progress', 'completed', 'absent']],
	['RecordingChannels', ['mono', 'dual']],
	['RecordingTrack', ['inbound', 'outbound', 'both']],
	['Trim', ['trim-silence', 'do-not-trim']],
	['MachineDetection', ['Enable', 'DetectMessageEnd']],
	['AsyncAmd', ['true', 'false']],
];

const ranges: Array<[keyof CallForm, number, number]> = [
	['Timeout', 0, 600],
	['TimeLimit', 1, Number.MAX_SAFE_INTEGER],
	['MachineDetectionSpeechThreshold', 1000, 6000],
	['MachineDetectionSpeechEndThreshold', 500, 5000],
	['MachineDetectionSilenceTimeout', 2000, 10_000],
];

function ownsCaller({ state }: World, from: string): boolean {
	return (
		state.phoneNumbers.some((row) => row.phone_number === from && row.capabilities.voice) ||
		state.outgoingCallerIds.some((row) => row.phone_number === from)
	);
}

const instructionsOf = ({ Url, Twiml, ApplicationSid }: CallForm) =>
	[Url, Twiml, ApplicationSid].filter((value) => value !== undefined && value !== '');

/**
 * Why Twilio refuses a call at once; the first broken rule decides. Lines that are busy or do not answer are no HTTP errors.
 * @see https://www.twilio.com/docs/voice/api/call-resource#create-a-call
 */
export const callRules: CallRule[] = [
	{ code: 21201, parameter: 'To', broken: ({ To }) => !To },
	{ code: 21213, parameter: 'From', broken: ({ From }) => !From },
	{ code: 21205, parameter: 'Url', broken: (form) => instructionsOf(form).length === 0 },
	{
		// Twilio takes Url and ignores Twiml; nobody can want that.
		code: 20001,
		parameter: 'Url',
		message: 'Only one of Url, Twiml and ApplicationSid may be given',
		broken: (form) => instructionsOf(form).length > 1,
	},
	{ code: 21205, parameter: 'Url', broken: ({ Url }) => !!Url && !isCallable(Url) },
	{ code: 20001, parameter: 'Twiml', broken: ({ Twiml = '' }) => Twiml.length > 4000 },
	{
		code: 21218,
		parameter: 'ApplicationSid',
		broken: ({ ApplicationSid }, { state }) =>
			!!ApplicationSid && !state.applications.some(({ sid }) => sid === ApplicationSid),
	},
	{
		code: 21609,
		parameter: 'StatusCallback',
		broken: ({ StatusCallback }) => !!StatusCallback && !isCallable(StatusCallback),
	},
	{
		code: 20001,
		parameter: 'RecordingStatusCallback',
		broken: ({ RecordingStatusCallback: url }) => !!url && !isCallable(url),
	},
	{
		code: 20001,
		parameter: 'AsyncAmdStatusCallback',
		broken: ({ AsyncAmdStatusCallback: url }) => !!url && !isCallable(url),
	},
	...enumerations.map(([parameter, allowed]) => ({
		code: 20001,
		parameter,
		message: `Invalid parameter ${parameter}: must be one of ${allowed.join(', ')}`,
		broken: (form: CallForm) =>
			[form[parameter] ?? []]
				.flat()
				.flatMap((value) => String(value).split(' '))
				.some((value) => !allowed.includes(value)),
	})),
	...ranges.map(([parameter, least, most]) => ({
		code: 20001,
		parameter,
		message: `Invalid parameter ${parameter}: must be from ${least} to ${most}`,
		broken: (form: CallForm) => {
			const value = form[parameter] as number | undefined;
			return value !== undefined && (value < least || value > most);
		},
	})),
	{
		code: 20001,
		parameter: 'SendDigits',
		message: 'Invalid parameter SendDigits: at most 32 of 0-9, A-D, #, *, w, W, and only to a phone number',
		broken: ({ SendDigits, To = '' }) =>
			SendDigits !== undefined && (!/^[0-9A-Da-d#*wW]{0,32}$/.test(SendDigits) || isOther(To)),
	},

	...magicRules('From', magicCallers),
	...magicRules('To', magicCallRecipients),
	{ code: 21211, parameter: 'To', broken: ({ To = '' }) => !isPhone(To) && !isOther(To) },
	// A phone sees the number of a phone; SIP endpoints and clients may see any name.
	{ code: 21212, parameter: 'From', broken: ({ From = '', To = '' }) => isPhone(To) && !isPhone(From) },
	{
		code: 21210,
		parameter: 'From',
		broken: ({ From = '', To = '' }, world) => isPhone(To) && !ownsCaller(world, From),
	},
];

function magicRules(parameter: 'From' | 'To', codes: Partial<Record<string, number>>): CallRule[] {
	return [...new Set(Object.values(codes))].map((code) => ({
		code: code!,
		parameter,
		broken: (form: CallForm) => codes[form[parameter] ?? ''] === code,
	}));
}
