import { TwilioError } from '../errors';
import { exact } from '../filters';
import type { Parameters } from '../openApi';
import { list } from '../paging';
import type { Exchange, Resource } from '../resource';
import { findRow, removeRow } from '../rows';
import { newSid, seededSid } from '../sids';
import type { Seed, State } from '../state';
import { toRfc2822 } from '../times';
import { availableNumbers, type Capabilities } from './availablePhoneNumbers';
import { formatted } from './calls';
import { magicAreaCodes, magicPurchases } from './magicNumbers';

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
	sms_fallback_url: string;
	sms_fallback_method: 'GET' | 'POST';
	sms_application_sid: string | null;
	voice_url: string;
	voice_method: 'GET' | 'POST';
	voice_fallback_url: string;
	voice_fallback_method: 'GET' | 'POST';
	voice_application_sid: string | null;
	voice_caller_id_lookup: boolean;
	voice_receive_mode: 'voice' | 'fax';
	status_callback: string;
	status_callback_method: 'GET' | 'POST';
	address_sid: string | null;
	bundle_sid: string | null;
	identity_sid: string | null;
	trunk_sid: string | null;
	emergency_address_sid: string | null;
	emergency_status: 'Active' | 'Inactive';
	status: string;
	uri: string;
}

/** A new number of the account. @param phoneNumber - E.164 */
export function createPhoneNumber(
	{ accountSid, now }: Pick<Seed, 'accountSid' | 'now'>,
	phoneNumber: string,
	capabilities: Capabilities,
	friendlyName = phoneNumber,
	sid = newSid('PN'),
): PhoneNumberRow {
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
		sms_fallback_url: '',
		sms_fallback_method: 'POST',
		sms_application_sid: null,
		voice_url: '',
		voice_method: 'POST',
		voice_fallback_url: '',
		voice_fallback_method: 'POST',
		voice_application_sid: null,
		voice_caller_id_lookup: false,
		voice_receive_mode: 'voice',
		status_callback: '',
		status_callback_method: 'POST',
		address_sid: null,
		bundle_sid: null,
		identity_sid: null,
		trunk_sid: null,
		emergency_address_sid: null,
		emergency_status: 'Inactive',
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
	const seeded = (phoneNumber: string, capabilities: Capabilities, name: string) =>
		createPhoneNumber(seed, phoneNumber, capabilities, name, seededSid('PN', phoneNumber));
	return [
		seeded('+15005550006', all, 'Magic number'),
		seeded('+14155550100', all, 'San Francisco'),
		seeded('+442079460100', { ...all, mms: false }, 'London'),
		seeded('+18005550199', { ...all, sms: false, mms: false }, 'Hotline'),
	];
}

/** Fields that are named otherwise than their parameters, or that are no fields. */
const notSettings = new Set(['PhoneNumber', 'AreaCode', 'AccountSid', 'ApiVersion']);

/** Writes parameters into a row: `SmsFallbackUrl` is `sms_fallback_url`. An empty SID removes what it named. */
function applySettings(row: PhoneNumberRow, form: Parameters): void {
	for (const [name, value] of Object.entries(form)) {
		if (notSettings.has(name)) continue;
		const field = name.replace(/(?!^)[A-Z]/g, '_$&').toLowerCase();
		Object.assign(row, { [field]: name.endsWith('Sid') && value === '' ? null : value });
	}
}

function updatePhoneNumber({ state, path, body, account, now }: Exchange): PhoneNumberRow {
	const row = findRow(state.phoneNumbers, path.Sid);
	// There is no other account to transfer it to.
	if ((body.AccountSid ?? account.accountSid) !== account.accountSid) throw new TwilioError(20404);
	applySettings(row, body);
	row.date_updated = toRfc2822(now());
	return row;
}

/** Twilio's number that can always be bought, and never is: https://www.twilio.com/docs/iam/test-credentials */
const magicPurchase = '+15005550006';

function buyPhoneNumber({ state, body, account, now }: Exchange): PhoneNumberRow {
	const { phoneNumber, capabilities } = purchase(state, body);
	const seed = { accountSid: account.accountSid, now: now() };
	const row = createPhoneNumber(seed, phoneNumber, capabilities, formatted(phoneNumber));
	applySettings(row, body);
	if (phoneNumber !== magicPurchase) state.phoneNumbers.push(row);
	return row;
}

function purchase(state: State, form: Parameters): { phoneNumber: string; capabilities: Capabilities } {
	const { PhoneNumber, AreaCode } = form as { PhoneNumber?: string; AreaCode?: string };
	const onSale = availableNumbers(state);
	if (PhoneNumber === undefined) {
		if (AreaCode === undefined) throw new TwilioError(20001, 'PhoneNumber or AreaCode is required', 'PhoneNumber');
		const found = onSale.find(({ areaCode }) => areaCode === AreaCode);
		if (!found || magicAreaCodes[AreaCode]) throw new TwilioError(magicAreaCodes[AreaCode] ?? 21452);
		return found;
	}
	const code = magicPurchases[PhoneNumber];
	if (code) throw new TwilioError(code);
	if (!/^\+[1-9]\d{6,14}$/.test(PhoneNumber)) throw new TwilioError(21421);
	if (PhoneNumber === magicPurchase) {
		return { phoneNumber: PhoneNumber, capabilities: { voice: true, sms: true, mms: true, fax: false } };
	}
	// What a search would not show belongs to somebody.
	const found = onSale.find(({ phoneNumber }) => phoneNumber === PhoneNumber);
	if (!found) throw new TwilioError(21422);
	return found;
}

declare module '../state' {
	interface State {
		phoneNumbers: PhoneNumberRow[];
	}
}

/** https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource */
export const phoneNumbers = {
	document: 'api_v2010',
	operations: {
		ListIncomingPhoneNumber: list<PhoneNumberRow>({
			key: 'incoming_phone_numbers',
			rows: ({ state }) => state.phoneNumbers,
			date: (row) => row.date_created,
			filters: {
				Beta: exact('beta'),
				FriendlyName: exact('friendly_name'),
				Origin: exact('origin'),
				// The one filter of the 2010 API that takes a part of the value; "*" stands for any digit.
				PhoneNumber: (value) => {
					const pattern = partOf(String(value));
					return (row) => pattern.test(row.phone_number);
				},
			},
		}),
		FetchIncomingPhoneNumber: ({ state, path }) => findRow(state.phoneNumbers, path.Sid),
		CreateIncomingPhoneNumber: buyPhoneNumber,
		UpdateIncomingPhoneNumber: updatePhoneNumber,
		DeleteIncomingPhoneNumber({ state, path }) {
			removeRow(state.phoneNumbers, findRow(state.phoneNumbers, path.Sid));
			return null;
		},
	},
	state: (seed) => ({ phoneNumbers: seedPhoneNumbers(seed) }),
} satisfies Resource;

function partOf(pattern: string): RegExp {
	return new RegExp(pattern.replace(/[^\d*]/g, '').replace(/\*/g, '\\d'));
}
