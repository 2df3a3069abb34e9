import { createHash, randomBytes } from 'node:crypto';

/** 32 random hexadecimal digits, as in SIDs and tokens. */
export function randomHex(): string {
	return randomBytes(16).toString('hex');
}

/** A new SID: two letters and 32 hexadecimal digits. */
export function newSid(prefix: string): string {
	return prefix + randomHex();
}

/** The SID of a seeded row: the same in every simulator, so that example workflows can name it. */
export function seededSid(prefix: string, name: string): string {
	return prefix + createHash('md5').update(name).digest('hex');
}
