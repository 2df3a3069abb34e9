import { phoneNumbers } from '../../../shared/lists/phoneNumbers';
import { defineListOperation } from '../../operation/defineListOperation';
import { phoneNumberRow } from './row';

/** @see https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource */
export const getManyPhoneNumbers = defineListOperation({
	action: 'Get many phone numbers',
	description: 'Get the numbers of the account',
	fields: [],
	filters: phoneNumbers.filters,
	row: phoneNumberRow,
	list: ({ twilio, parameters: { filters } }) => ({
		url: phoneNumbers.url(twilio),
		query: phoneNumbers.query(filters),
	}),
});
