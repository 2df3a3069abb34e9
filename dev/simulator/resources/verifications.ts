import { randomInt } from 'node:crypto';
import { TwilioError } from '../errors';
import { list } from '../paging';
import type { Exchange, Resource } from '../resource';
import { findRow, omit } from '../rows';
import { newSid, seededSid } from '../sids';
import type { Seed } from '../state';
import { timeOf, toIso } from '../times';

/** A Verify service, without its links. */
export interface VerifyServiceRow {
	sid: string;
	account_sid: string;
	friendly_name: string;
	/** Digits of a code. */
	code_length: number;
	lookup_enabled: boolean;
	psd2_enabled: boolean;
	skip_sms_to_landlines: boolean;
	dtmf_input_required: boolean;
	tts_name: string | null;
	do_not_share_warning_enabled: boolean;
	custom_code_enabled: boolean;
	push: object | null;
	totp: object | null;
	default_template_sid: string | null;
	whatsapp: object | null;
	verify_event_subscription_enabled: boolean;
	date_created: string;
	date_updated: string;
}

/** A verification, without its link. Dates are ISO 8601. */
export interface VerificationRow {
	sid: string;
	service_sid: string;
	account_sid: string;
	to: string;
	channel: 'sms' | 'call' | 'email' | 'whatsapp' | 'sna';
	status: 'pending' | 'approved' | 'canceled' | 'max_attempts_reached';
	valid: boolean;
	lookup: object;
	amount: string | null;
	payee: string | null;
	send_code_attempts: Array<{ time: string; channel: string; attempt_sid: string }>;
	date_created: string;
	date_updated: string;
	sna: null;
}

/** What is secret about a verification. */
export interface VerificationSecret {
	/** What its recipient would read or hear. */
	code: string;
	/** Codes that were tried and wrong. */
	wrongCodes: number;
}

const lifetime = 10 * 60_000;
/** Of codes sent as well as of codes tried. */
const maximumAttempts = 5;

/** Two services with codes of six and four digits. */
export function seedVerifyServices({ accountSid, now }: Seed): VerifyServiceRow[] {
	return [
		{ name: 'Login', length: 6 },
		{ name: 'Checkout', length: 4 },
	].map(({ name, length }) => ({
		sid: seededSid('VA', name),
		account_sid: accountSid,
		friendly_name: name,
		code_length: length,
		lookup_enabled: false,
		psd2_enabled: false,
		skip_sms_to_landlines: false,
		dtmf_input_required: true,
		tts_name: null,
		do_not_share_warning_enabled: false,
		custom_code_enabled: true,
		push: null,
		totp: null,
		default_template_sid: null,
		whatsapp: null,
		verify_event_subscription_enabled: false,
		date_created: toIso(now),
		date_updated: toIso(now),
	}));
}

const withLinks = (row: VerifyServiceRow, { productUrl }: Exchange) => {
	const url = `${productUrl}/v2/Services/${row.sid}`;
	return {
		...row,
		url,
		links: { verifications: `${url}/Verifications`, verification_checks: `${url}/VerificationCheck` },
	};
};

const withUrl = (row: VerificationRow, { productUrl }: Exchange) => ({
	...row,
	url: `${productUrl}/v2/Services/${row.service_sid}/Verifications/${row.sid}`,
});

const isPhone = (to: string) => /^\+[1-9]\d{6,14}$/.test(to);
const isEmail = (to: string) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(to);
const channels: Record<string, (to: string) => boolean> = {
	sms: isPhone,
	call: isPhone,
	whatsapp: isPhone,
	sna: isPhone,
	auto: isPhone,
	email: isEmail,
};

/** A verification that can still be checked, found by its SID or its recipient. @throws {TwilioError} 20404 */
function findPending({ state, path, now }: Exchange, named: string | undefined): VerificationRow {
	const oldest = now().getTime() - lifetime;
	const row = state.verifications
		.filter(({ sid, to, service_sid }) => service_sid === path.ServiceSid && (sid === named || to === named))
		.at(-1);
	if (row?.status !== 'pending' || timeOf(row.date_created) <= oldest) {
		throw new TwilioError(20404, `The requested resource ${named} was not found`);
	}
	return row;
}

function createVerification(exchange: Exchange): object {
	const { state, path, account, now } = exchange;
	const service = findRow(state.verifyServices, path.ServiceSid);
	const { To = '', Channel = '', CustomCode } = exchange.body as { To?: string; Channel?: string; CustomCode?: string };
	const allows = channels[Channel];
	if (!allows) throw new TwilioError(60200, 'Invalid parameter `Channel`', 'Channel');
	if (!allows(To)) throw new TwilioError(60200, 'Invalid parameter `To`', 'To');
	if (CustomCode !== undefined && !/^\d{4,10}$/.test(CustomCode)) {
		throw new TwilioError(60200, 'Invalid parameter `CustomCode`', 'CustomCode');
	}
	const channel = (Channel === 'auto' ? 'sms' : Channel) as VerificationRow['channel'];
	const date = toIso(now());
	const attempt = { time: date, channel: channel.toUpperCase(), attempt_sid: newSid('VL') };

	const before = pendingOf(exchange, To);
	if (before) {
		// The same code once more.
		if (before.send_code_attempts.length >= maximumAttempts) throw new TwilioError(60203);
		before.send_code_attempts.push(attempt);
		Object.assign(before, { channel, date_updated: date });
		return withUrl(before, exchange);
	}
	const row: VerificationRow = {
		sid: newSid('VE'),
		service_sid: service.sid,
		account_sid: account.accountSid,
		to: To,
		channel,
		status: 'pending',
		valid: false,
		lookup: {},
		amount: null,
		payee: null,
		send_code_attempts: [attempt],
		date_created: date,
		date_updated: date,
		sna: null,
	};
	state.verifications.push(row);
	const code = CustomCode ?? String(randomInt(10 ** service.code_length)).padStart(service.code_length, '0');
	state.verificationSecrets.set(row.sid, { code, wrongCodes: 0 });
	return withUrl(row, exchange);
}

function pendingOf(exchange: Exchange, to: string): VerificationRow | undefined {
	try {
		return findPending(exchange, to);
	} catch {
		return undefined;
	}
}

/** A wrong code is no error: it is answered with 200, `pending` and `valid: false`. */
function checkVerification(exchange: Exchange): object {
	const { state, path, now } = exchange;
	findRow(state.verifyServices, path.ServiceSid);
	const { Code, To, VerificationSid } = exchange.body as { Code?: string; To?: string; VerificationSid?: string };
	if (!Code) throw new TwilioError(60200, 'Missing required parameter `Code`', 'Code');
	if (!To && !VerificationSid) throw new TwilioError(60200, 'Missing required parameter `To`', 'To');
	const row = findPending(exchange, VerificationSid ?? To);
	const secret = state.verificationSecrets.get(row.sid)!;
	if (secret.wrongCodes >= maximumAttempts) throw new TwilioError(60202);
	if (Code === secret.code) Object.assign(row, { status: 'approved', valid: true });
	else secret.wrongCodes++;
	row.date_updated = toIso(now());
	return { ...omit(row, 'lookup', 'send_code_attempts', 'sna'), sna_attempts_error_codes: [] };
}

declare module '../state' {
	interface State {
		verifyServices: VerifyServiceRow[];
		verifications: VerificationRow[];
		/** The code of a verification, by SID. */
		verificationSecrets: Map<string, VerificationSecret>;
	}
}

/** https://www.twilio.com/docs/verify/api */
export const verifications = {
	document: 'verify_v2',
	operations: {
		ListService: list<VerifyServiceRow>({
			key: 'services',
			rows: ({ state }) => state.verifyServices,
			date: (row) => row.date_created,
			show: withLinks,
		}),
		FetchService: (exchange) => withLinks(findRow(exchange.state.verifyServices, exchange.path.Sid), exchange),
		CreateVerification: createVerification,
		FetchVerification: (exchange) => withUrl(findPending(exchange, exchange.path.Sid), exchange),
		UpdateVerification(exchange) {
			const row = findPending(exchange, exchange.path.Sid);
			const status = exchange.body.Status as 'approved' | 'canceled';
			Object.assign(row, { status, valid: status === 'approved', date_updated: toIso(exchange.now()) });
			return withUrl(row, exchange);
		},
		CreateVerificationCheck: checkVerification,
	},
	errorCodes: { CreateVerification: { To: 60200, Channel: 60200 } },
	state: (seed) => ({
		verifyServices: seedVerifyServices(seed),
		verifications: [],
		verificationSecrets: new Map(),
	}),
} satisfies Resource;
