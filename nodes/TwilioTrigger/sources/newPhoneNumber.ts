import { secondsOf } from '../../shared/lists/listDate';
import { phoneNumbers } from '../../shared/lists/phoneNumbers';
import { definePollSource } from '../pollSource';

/**
 * A number that comes by transfer keeps its old dates, so that only a comparison of the whole list shows it.
 *
 * @see https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource#read-multiple-incomingphonenumber-resources
 */
export const newPhoneNumber = definePollSource({
	name: 'New Phone Number',
	value: 'newPhoneNumber',
	description: 'When the account has a number that it did not have before',
	noun: 'phone number',
	filters: [],
	watch: ({ twilio }) => ({
		url: phoneNumbers.url(twilio),
		timeOf: (row) => secondsOf(row.date_created),
		isUndated: true,
	}),
});
