/**
 * Prefixes of the SIDs that parameters of these names hold.
 *
 * @see https://www.twilio.com/docs/glossary/what-is-a-sid
 */
export const sidPrefixes = {
	addressSid: ['AD'],
	alertSid: ['NO'],
	applicationSid: ['AP'],
	bundleSid: ['BU'],
	byoc: ['BY'],
	callSid: ['CA'],
	conferenceSid: ['CF'],
	contentSid: ['HX'],
	mediaSid: ['ME'],
	messageSid: ['SM', 'MM'],
	messagingServiceSid: ['MG'],
	parentCallSid: ['CA'],
	phoneNumberSid: ['PN'],
	recordingSid: ['RE'],
	smsApplicationSid: ['AP'],
	transcriptionSid: ['TR'],
	verifyServiceSid: ['VA'],
	voiceApplicationSid: ['AP'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A parameter that holds a SID. */
export type SidParameter = keyof typeof sidPrefixes;

function isSidParameter(parameter: string): parameter is SidParameter {
	return parameter in sidPrefixes;
}

/** The pattern of such a SID: the prefix and 32 hexadecimal digits. */
export function sidPattern(parameter: SidParameter): string {
	return `^(${sidPrefixes[parameter].join('|')})[0-9a-fA-F]{32}$`;
}

/** What is wrong with a SID, or `undefined` when nothing is, or when the parameter holds no SID. */
export function sidProblem(parameter: string, value: string): string | undefined {
	if (!isSidParameter(parameter) || new RegExp(sidPattern(parameter)).test(value)) return undefined;
	return `must be a SID: ${sidPrefixes[parameter].join(' or ')} followed by 32 characters 0-9 and a-f`;
}

/** The same check for a locator's 'By SID' mode, so that the editor shows it while typing. */
export function sidValidation(parameter: SidParameter) {
	return {
		type: 'regex',
		properties: {
			regex: sidPattern(parameter),
			errorMessage: `This ${sidProblem(parameter, '') ?? ''}`,
		},
	} as const;
}
