import type { TwilioCredentials } from '../../../nodes/shared/api/credentials';

/** A SID with this prefix, made of one repeated digit. */
export function sampleSid(prefix: string, digit: string | number = 1): string {
	return prefix + String(digit).repeat(32);
}

export const tokenCredentials: TwilioCredentials = {
	authType: 'authToken',
	accountSid: sampleSid('AC', 'a'),
	authToken: 'the+auth/token of=1',
	region: 'us1',
};

export const keyCredentials: TwilioCredentials = {
	authType: 'apiKey',
	accountSid: sampleSid('AC', 'a'),
	apiKeySid: sampleSid('SK', 'b'),
	apiKeySecret: 'the+key/secret of=2',
	region: 'us1',
};
