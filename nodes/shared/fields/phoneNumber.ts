/** A phone number as people write it: digits with spaces, dashes, dots or brackets between them. */
const formatted = /^\+?\d[\d\s().-]*$/;

/** Takes the formatting out of a phone number; anything else (client, SIP, channel address, short name) stays as it is. */
export function normalizePhoneNumber(value: string): string {
	return formatted.test(value) ? value.replace(/[\s().-]/g, '') : value;
}

/** The same text for the same recipient, whatever the channel and the formatting. */
export function phoneNumberKey(value: string): string {
	return normalizePhoneNumber(value.replace(/^[a-z]+:/i, ''));
}
