import { exact } from '../filters';
import { list } from '../paging';
import type { Resource } from '../resource';
import { findRow } from '../rows';
import { seededSid } from '../sids';
import type { Seed } from '../state';
import { toRfc2822 } from '../times';

/** What a number can do. */
export interface Capabilities {
	voice: boolean;
	sms: boolean;
	mms: boolean;
	fax: boolean;
}

/** A number of the account. */
export interface PhoneNumberRow {
	sid: string;
	account_sid: string;
	address_requirements: 'none' | 'any' | 'local' | 'foreign';
	api_version: string;
	beta: boolean;
	capabilities: Capabilities;
	date_created: string;
	date_updated: string;
	friendly_name: string;
	origin: string;
	/** E.164 */
	phone_number: string;
	sms_url: string;
	sms_method: 'GET' | 'POST';
	voice_url: string;
	voice_method: 'GET' | 'POST';
	status_callback: string;
	status_callback_method: 'GET' | 'POST';
	status: string;
	uri: string;
}

/** A new number of the account. @param phoneNumber - E.164 */
export function createPhoneNumber(
	{ accountSid, now }: Pick<Seed, 'accountSid' | 'now'>,
	phoneNumber: string,
	capabilities: Capabilities,
	friendlyName = phoneNumber,
): PhoneNumberRow {
	const sid = seededSid('PN', phoneNumber);
	return {
		sid,
		account_sid: accountSid,
		address_requirements: 'none',
		api_version: '2010-04-01',
		beta: false,
		capabilities,
		date_created: toRfc2822(now),
		date_updated: toRfc2822(now),
		friendly_name: friendlyName,
		origin: 'twilio',
		phone_number: phoneNumber,
		sms_url: '',
		sms_method: 'POST',
		voice_url: '',
		voice_method: 'POST',
		status_callback: '',
		status_callback_method: 'POST',
		status: 'in-use',
		uri: `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers/${sid}.json`,
	};
}

/**
 * Four numbers: +15005550006 (Twilio's magic number that may always send) and +14155550100 can do everything, +442079460100
 * cannot send media, +18005550199 can only call.
 */
export function seedPhoneNumbers(seed: Seed): PhoneNumberRow[] {
	const all = { voice: true, sms: true, mms: true, fax: false };
	return [
		createPhoneNumber(seed, '+15005550006', all, 'Magic number'),
		createPhoneNumber(seed, '+14155550100', all, 'San Francisco'),
		createPhoneNumber(seed, '+442079460100', { ...all, mms: false }, 'London'),
		createPhoneNumber(seed, '+18005550199', { ...all, sms: false, mms: false }, 'Hotline'),
	];
}

/** https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource */
export const phoneNumbers: Resource = {
	document: 'api_v2010',
	operations: {
		ListIncomingPhoneNumber: list<PhoneNumberRow>({
			key: 'incoming_phone_numbers',
			rows: ({ state }) => state.phoneNumbers,
			order: (row) => Date.parse(row.date_created),
			filters: {
				Beta: exact('beta'),
				FriendlyName: exact('friendly_name'),
				Origin: exact('origin'),
				// The one filter of the 2010 API that takes a part of the value; "*" stands for any digit.
				PhoneNumber: (row, value) => partOf(String(value)).test(row.phone_number),
			},
		}),
		FetchIncomingPhoneNumber: ({ state, path }) => findRow(state.phoneNumbers, path.Sid),
	},
};

function partOf(pattern: string): RegExp {
	return new RegExp(pattern.replace(/[^\d*]/g, '').replace(/\*/g, '\\d'));
}
