import { newSid, randomHex } from './sids';

/** The account a simulator stands for, and its two kinds of credentials. */
export interface Account {
	/** `AC…` */
	accountSid: string;
	/** Password for `accountSid`; also the key of webhook signatures. */
	authToken: string;
	/** `SK…`, a Standard key. */
	apiKeySid: string;
	/** Password for `apiKeySid`. Cannot sign or check webhooks. */
	apiKeySecret: string;
}

/** How a request showed who it is. */
export type Identity = 'authToken' | 'apiKey';

/** An account with credentials nobody else has, except those that are given. */
export function createAccount({
	accountSid = newSid('AC'),
	authToken = randomHex(),
	apiKeySid = newSid('SK'),
	apiKeySecret = randomHex(),
}: Partial<Account> = {}): Account {
	return { accountSid, authToken, apiKeySid, apiKeySecret };
}

/** Whom an `Authorization` header names, or undefined if it is missing or wrong. */
export function identify(account: Account, header: string | undefined): Identity | undefined {
	const [, encoded] = /^Basic (.+)$/i.exec(header ?? '') ?? [];
	const identities = new Map<string, Identity>([
		[`${account.accountSid}:${account.authToken}`, 'authToken'],
		[`${account.apiKeySid}:${account.apiKeySecret}`, 'apiKey'],
	]);
	return identities.get(Buffer.from(encoded ?? '', 'base64').toString('utf8'));
}
