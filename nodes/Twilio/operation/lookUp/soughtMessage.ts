import type { IDataObject } from 'n8n-workflow';

import type { TwilioParameters } from '../../../shared/api/parameters';

/** What tells a message from others in Twilio's list. Plain data, since a run remembers it. */
export interface SoughtMessage extends IDataObject {
	to: string;
	/** Absent where a Messaging Service chooses the sender. */
	from?: string;
	messagingServiceSid?: string;
	body: string;
	mediaCount: number;
}

/**
 * How much a row of Twilio's is like a message that was sent: the same, or alike, where Twilio may have changed the text or
 * somebody emptied it, or another one.
 */
export type Likeness = 'same' | 'alike' | 'other';

/** Recipients that Twilio's list shows, and filters by, exactly as they were given. */
const exactRecipient = /^(\+\d+|whatsapp:(\+\d+|[A-Z]{2}\.\w+)|(messenger|rcs):.+)$/;

/** Before each text of an account that nobody has paid for yet. */
const trialPrefix = /^Sent from your Twilio trial account - /;

/**
 * What to look for when nobody knows whether Twilio has this message.
 *
 * @returns nothing where its row does not tell: the one of a template does not name the template, and Twilio shortens links,
 * replaces characters, and hides texts and numbers on demand
 */
export function soughtMessage(form: TwilioParameters): SoughtMessage | undefined {
	const text = (name: string) => (form[name] === undefined ? undefined : String(form[name]));
	const to = text('To') ?? '';
	const isChanged =
		form.ContentSid !== undefined ||
		text('ShortenUrls') === 'true' ||
		text('SmartEncoded') === 'true' ||
		form.ContentRetention === 'discard' ||
		form.AddressRetention === 'obfuscate';
	if (isChanged || !exactRecipient.test(to)) return undefined;
	return {
		to,
		from: text('From'),
		messagingServiceSid: text('MessagingServiceSid'),
		body: text('Body') ?? '',
		mediaCount: form.MediaUrl === undefined ? 0 : [form.MediaUrl].flat().length,
	};
}

/** Compares a row of Twilio's with what is sought. */
export function likeness(row: IDataObject, sought: SoughtMessage): Likeness {
	if (row.to !== sought.to || row.direction !== 'outbound-api' || !hasSender(row, sought)) return 'other';
	const body = String(row.body ?? '');
	if (body === sought.body && Number(row.num_media ?? 0) === sought.mediaCount) return 'same';
	return body === '' || essence(body.replace(trialPrefix, '')) === essence(sought.body) ? 'alike' : 'other';
}

function hasSender(row: IDataObject, { from, messagingServiceSid }: SoughtMessage): boolean {
	if (messagingServiceSid !== undefined && row.messaging_service_sid !== messagingServiceSid) return false;
	// Twilio completes a number without its plus sign; a row has no sender until the service has chosen one.
	return from === undefined || row.from === from || row.from === `+${from}`;
}

/** A text without what Twilio may replace: spaces, punctuation, and other ways to write the same character. */
function essence(text: string): string {
	return text.normalize('NFKC').replace(/[\p{P}\p{Z}\p{C}]/gu, '');
}
