import { TwilioError } from '../errors';
import type { Exchange, Resource } from '../resource';
import { formatted } from './calls';

type ValidationError = 'TOO_SHORT' | 'TOO_LONG' | 'INVALID_COUNTRY_CODE' | 'NOT_A_NUMBER';

/** Countries the simulator knows: calling code, and how many digits follow it. */
const countries: Array<{ code: string; calling: string; least: number; most: number }> = [
	{ code: 'US', calling: '1', least: 10, most: 10 },
	{ code: 'GB', calling: '44', least: 9, most: 10 },
	{ code: 'DE', calling: '49', least: 7, most: 12 },
	{ code: 'FR', calling: '33', least: 9, most: 9 },
	{ code: 'AU', calling: '61', least: 9, most: 9 },
];

/** What each data package finds out; of every number the same, in the form of Twilio's examples. */
const packages: Record<string, object> = {
	caller_name: { caller_name: 'Sergio Suarez', caller_type: 'CONSUMER', error_code: null },
	sim_swap: {
		last_sim_swap: { last_sim_swap_date: '2020-04-27T10:18:50Z', swapped_period: 'PT48H', swapped_in_period: false },
		carrier_name: 'Simulated Mobile',
		mobile_country_code: '276',
		mobile_network_code: '02',
		error_code: null,
	},
	call_forwarding: { call_forwarding_status: false, error_code: null },
	line_status: { status: 'active', error_code: null },
	line_type_intelligence: {
		error_code: null,
		mobile_country_code: '240',
		mobile_network_code: '38',
		carrier_name: 'Simulated Mobile',
		type: 'mobile',
	},
	identity_match: {
		first_name_match: 'exact_match',
		last_name_match: 'high_partial_match',
		address_lines_match: 'no_match',
		city_match: 'no_match',
		state_match: 'high_partial_match',
		postal_code_match: 'no_data_available',
		address_country_match: 'exact_match',
		national_id_match: 'exact_match',
		date_of_birth_match: 'exact_match',
		summary_score: 90,
		error_code: null,
		error_message: null,
	},
	reassigned_number: { last_verified_date: '2020-12-27', is_number_reassigned: 'no', error_code: null },
	sms_pumping_risk: {
		carrier_risk_category: 'low',
		number_blocked: false,
		number_blocked_date: null,
		number_blocked_last_3_months: null,
		sms_pumping_risk_score: 7,
		error_code: null,
	},
	phone_number_quality_score: { quality_score: 90, quality_category: 'high', error_code: null },
	pre_fill: {
		first_name: 'John',
		last_name: 'Doe',
		address_line: '321 Main Street',
		country_code: 'US',
		state: 'WA',
		postal_code: '98117',
		error_code: null,
	},
};

interface Validated {
	phoneNumber: string;
	country?: (typeof countries)[number];
	/** Digits after the calling code. */
	national: string;
	error?: ValidationError;
}

/** Reads a number in E.164, or one of a country in its own form. */
function validate(given: string, countryCode = 'US'): Validated {
	const text = given.replace(/[\s().-]/g, '');
	if (!/^\+?\d+$/.test(text)) return { phoneNumber: given, national: '', error: 'NOT_A_NUMBER' };
	const isInternational = text.startsWith('+');
	const country = isInternational
		? countries.find(({ calling }) => text.startsWith(`+${calling}`))
		: countries.find(({ code }) => code === countryCode.toUpperCase());
	if (!country) return { phoneNumber: text, national: '', error: 'INVALID_COUNTRY_CODE' };
	// A leading 0, or 1 in North America, only says that an area code follows.
	const national = isInternational ? text.slice(1 + country.calling.length) : text.replace(/^[01]/, '');
	const error = national.length < country.least ? 'TOO_SHORT' : national.length > country.most ? 'TOO_LONG' : undefined;
	return { phoneNumber: `+${country.calling}${national}`, country, national, error };
}

function lookUp({ state, path, query, productUrl }: Exchange): object {
	const { phoneNumber, country, national, error } = validate(
		path.PhoneNumber ?? '',
		query.CountryCode as string | undefined,
	);
	const fields = String(query.Fields ?? '')
		.split(',')
		.filter((field) => field && field !== 'validation');
	const unknown = fields.find((field) => !(field in packages));
	if (unknown) throw new TwilioError(20001, `Invalid parameter Fields: ${unknown}`, 'Fields');
	// Twilio's newer answer to an invalid number is 200; the older one is on demand.
	const code = state.lookupErrors.get(phoneNumber);
	if (code)
		throw new TwilioError(
			code,
			code === 20404 ? `The requested resource ${path.PhoneNumber} was not found` : undefined,
		);

	const nationalFormat = country?.calling === '1' ? formatted(`+1${national}`) : `0${national}`;
	const found = (name: string) => (fields.includes(name) && !error ? packages[name] : null);
	return {
		calling_country_code: error ? null : country?.calling,
		country_code: error ? null : country?.code,
		phone_number: phoneNumber,
		national_format: error ? null : nationalFormat,
		valid: !error,
		validation_errors: error ? [error] : [],
		...Object.fromEntries(Object.keys(packages).map((name) => [name, found(name)])),
		url: `${productUrl}/v2/PhoneNumbers/${phoneNumber}`,
	};
}

declare module '../state' {
	interface State {
		/** Numbers in E.164 whose lookup fails, with the error code, for example 20404. */
		lookupErrors: Map<string, number>;
	}
}

/** https://www.twilio.com/docs/lookup/v2-api */
export const lookups = {
	document: 'lookups_v2',
	operations: { FetchPhoneNumber: lookUp },
	state: () => ({ lookupErrors: new Map() }),
} satisfies Resource;
