import { TwilioError } from '../errors';
import type { Exchange, Handler, Resource } from '../resource';
import type { State } from '../state';
import { formatted } from './calls';

/** What a number can do. */
export interface Capabilities {
	voice: boolean;
	sms: boolean;
	mms: boolean;
	fax: boolean;
}

/** Where numbers are on sale: ten each. */
interface Place {
	country: string;
	type: 'Local' | 'Mobile' | 'TollFree';
	/** All digits but the last. */
	prefix: string;
	areaCode?: string;
	locality?: string;
	region?: string;
	postalCode?: string;
	latitude?: number;
	longitude?: number;
	/** Abilities they lack; default none. */
	lacks?: Array<keyof Capabilities>;
	addressRequirements?: 'none' | 'any' | 'local' | 'foreign';
}

/** A number that can be bought. */
export interface AvailableNumber extends Place {
	phoneNumber: string;
	capabilities: Capabilities;
}

const sanFrancisco = {
	locality: 'San Francisco',
	region: 'CA',
	postalCode: '94103',
	latitude: 37.77,
	longitude: -122.41,
};
const newYork = { locality: 'New York', region: 'NY', postalCode: '10001', latitude: 40.75, longitude: -73.99 };
const seattle = { locality: 'Seattle', region: 'WA', postalCode: '98101', latitude: 47.61, longitude: -122.33 };
const toronto = { locality: 'Toronto', region: 'ON', postalCode: 'M5H', latitude: 43.65, longitude: -79.38 };

const places: Place[] = [
	{ country: 'US', type: 'Local', prefix: '+1415555012', areaCode: '415', ...sanFrancisco },
	{ country: 'US', type: 'Local', prefix: '+1212555013', areaCode: '212', ...newYork },
	{ country: 'US', type: 'Local', prefix: '+1206555014', areaCode: '206', ...seattle, lacks: ['mms'] },
	// The area code that test credentials can always buy from.
	{ country: 'US', type: 'Local', prefix: '+1500555012', areaCode: '500' },
	{ country: 'US', type: 'TollFree', prefix: '+1888555015', areaCode: '888', lacks: ['mms'] },
	{ country: 'CA', type: 'Local', prefix: '+1416555016', areaCode: '416', ...toronto },
	{ country: 'CA', type: 'TollFree', prefix: '+1833555017', areaCode: '833', lacks: ['mms'] },
	{ country: 'GB', type: 'Local', prefix: '+44207946012', locality: 'London', lacks: ['mms', 'sms'] },
	{ country: 'GB', type: 'Mobile', prefix: '+44770090012', lacks: ['mms'] },
	{ country: 'GB', type: 'TollFree', prefix: '+44808157012', lacks: ['mms', 'sms'] },
	{
		country: 'DE',
		type: 'Local',
		prefix: '+493023125012',
		locality: 'Berlin',
		lacks: ['mms', 'sms'],
		addressRequirements: 'local',
	},
	{ country: 'DE', type: 'Mobile', prefix: '+4915735998012', lacks: ['mms'], addressRequirements: 'local' },
	{ country: 'AU', type: 'Mobile', prefix: '+6149157012', addressRequirements: 'any' },
];

const countryNames: Record<string, string> = {
	US: 'United States',
	CA: 'Canada',
	GB: 'United Kingdom',
	DE: 'Germany',
	AU: 'Australia',
};

/** All numbers that can be bought and are not the account's. */
export function availableNumbers({ phoneNumbers }: Pick<State, 'phoneNumbers'>): AvailableNumber[] {
	const owned = new Set(phoneNumbers.map((row) => row.phone_number));
	return places
		.flatMap((place) => Array.from({ length: 10 }, (_, digit) => ({ ...place, phoneNumber: place.prefix + digit })))
		.filter(({ phoneNumber }) => !owned.has(phoneNumber))
		.map((number) => {
			const has = (ability: keyof Capabilities) => ability !== 'fax' && !number.lacks?.includes(ability);
			return {
				...number,
				capabilities: { voice: has('voice'), sms: has('sms'), mms: has('mms'), fax: has('fax') },
			};
		});
}

type Test = (number: AvailableNumber) => boolean;

const can =
	(ability: keyof Capabilities) =>
	(value: unknown): Test =>
	({ capabilities }) =>
		capabilities[ability] === value;

/** @param refused - requirement that is not wanted */
const excluding =
	(refused: (requirement: string) => boolean) =>
	(value: unknown): Test =>
	({ addressRequirements = 'none' }) =>
		value !== true || !refused(addressRequirements);

const filters: Record<string, (value: unknown) => Test> = {
	AreaCode: (value) => (number) => number.areaCode === String(value),
	Contains(value) {
		const pattern = patternOf(String(value));
		return ({ phoneNumber }) => pattern.test(phoneNumber);
	},
	SmsEnabled: can('sms'),
	MmsEnabled: can('mms'),
	VoiceEnabled: can('voice'),
	FaxEnabled: can('fax'),
	ExcludeAllAddressRequired: excluding((requirement) => requirement !== 'none'),
	ExcludeLocalAddressRequired: excluding((requirement) => requirement === 'local'),
	ExcludeForeignAddressRequired: excluding((requirement) => requirement === 'foreign'),
	// None of them is new to Twilio.
	Beta: () => () => true,
	InLocality: (value) => (number) => number.locality === value,
	InRegion: (value) => (number) => number.region === value,
	InPostalCode: (value) => (number) => number.postalCode === value,
};

const onlyNorthAmerica = ['AreaCode', 'InRegion', 'InPostalCode'];

const keypad = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'];

/** Letters stand for the digits they share a key with, `*` for any digit. */
function patternOf(contains: string): RegExp {
	if (!/^\+?[\da-z*]{2,}$/i.test(contains)) {
		throw new TwilioError(20001, 'Invalid parameter Contains: at least two of 0-9, a-z and *', 'Contains');
	}
	const digits = contains
		.toLowerCase()
		.replace(/[a-z]/g, (letter) => String(2 + keypad.findIndex((key) => key.includes(letter))));
	return new RegExp(digits.replace('+', '^\\+').replace(/\*/g, '\\d'));
}

const paging = new Set(['Page', 'PageSize', 'PageToken']);

/** A search: some numbers, no pages. @see https://www.twilio.com/docs/phone-numbers/api/availablephonenumberlocal-resource */
const search =
	(type: Place['type']): Handler =>
	({ state, path, query, requestPath }) => {
		const country = path.CountryCode ?? '';
		if (!places.some((place) => place.country === country && place.type === type)) {
			throw new TwilioError(20404, `The requested resource ${requestPath} was not found`);
		}
		const tests = Object.entries(query)
			.filter(([name]) => !paging.has(name))
			.map(([name, value]) => {
				const filter = filters[name];
				if (!filter) throw new TwilioError(20501, `The simulator does not search by ${name}`);
				if (onlyNorthAmerica.includes(name) && !['US', 'CA'].includes(country)) {
					throw new TwilioError(20001, `${name} is for the US and Canada only`, name);
				}
				return filter(value);
			});
		return {
			available_phone_numbers: availableNumbers(state)
				.filter((number) => number.country === country && number.type === type && tests.every((test) => test(number)))
				.slice(0, Number(query.PageSize ?? 30))
				.map(show),
			uri: requestPath,
		};
	};

function show(number: AvailableNumber): object {
	return {
		friendly_name: formatted(number.phoneNumber),
		phone_number: number.phoneNumber,
		lata: null,
		locality: number.locality ?? null,
		rate_center: null,
		latitude: number.latitude ?? null,
		longitude: number.longitude ?? null,
		region: number.region ?? null,
		postal_code: number.postalCode ?? null,
		iso_country: number.country,
		address_requirements: number.addressRequirements ?? 'none',
		beta: false,
		capabilities: number.capabilities,
	};
}

function countryRow({ account }: Exchange, code: string): object {
	const path = `/2010-04-01/Accounts/${account.accountSid}/AvailablePhoneNumbers/${code}`;
	const types = places.filter(({ country }) => country === code).map(({ type }) => type);
	return {
		country_code: code,
		country: countryNames[code],
		uri: `${path}.json`,
		beta: false,
		subresource_uris: Object.fromEntries(
			[...new Set(types)].map((type) => [
				type === 'TollFree' ? 'toll_free' : type.toLowerCase(),
				`${path}/${type}.json`,
			]),
		),
	};
}

/** https://www.twilio.com/docs/phone-numbers/api/availablephonenumber-resource */
export const availablePhoneNumbers = {
	document: 'api_v2010',
	operations: {
		ListAvailablePhoneNumberCountry: (exchange) => ({
			countries: Object.keys(countryNames).map((code) => countryRow(exchange, code)),
			uri: exchange.requestPath,
		}),
		FetchAvailablePhoneNumberCountry(exchange) {
			const code = exchange.path.CountryCode ?? '';
			if (!countryNames[code]) throw new TwilioError(20404);
			return countryRow(exchange, code);
		},
		ListAvailablePhoneNumberLocal: search('Local'),
		ListAvailablePhoneNumberMobile: search('Mobile'),
		ListAvailablePhoneNumberTollFree: search('TollFree'),
	},
} satisfies Resource;
