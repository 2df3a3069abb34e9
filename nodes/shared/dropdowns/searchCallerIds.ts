import { outgoingCallerIds } from '../lists/outgoingCallerIds';
import { phoneNumbers } from '../lists/phoneNumbers';
import { search, type Dropdown, type ListSearch } from './dropdown';

/** The account's numbers that have voice. */
const voiceNumbers: Dropdown = {
	list: phoneNumbers,
	value: 'phone_number',
	isChoice: ({ capabilities }) => (capabilities as { voice?: boolean } | null)?.voice === true,
};

/** What a call can be made from: the account's numbers that have voice, and numbers verified as caller IDs. */
export const searchCallerIds: ListSearch = async function (filter) {
	const dropdowns = [voiceNumbers, { list: outgoingCallerIds, value: 'phone_number' }];
	const found = await Promise.all(dropdowns.map(async (each) => await search(this, each, filter)));
	return { results: found.flatMap(({ results }) => results) };
};
