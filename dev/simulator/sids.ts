import { randomBytes } from 'node:crypto';

/** 32 random hexadecimal digits, as in SIDs and tokens. */
export function randomHex(): string {
	return randomBytes(16).toString('hex');
}

/** A new SID: two letters and 32 hexadecimal digits. */
export function newSid(prefix: string): string {
	return prefix + randomHex();
}
