import { simplify } from '../../../shared/fields/page';
import { phoneNumberSid } from '../../../shared/fields/sids';
import { defineOperation } from '../../operation/defineOperation';
import { phoneNumberRow } from './row';

/** @see https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource */
export const getPhoneNumber = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get a phone number',
	description: 'Get one number of the account, with its capabilities and what happens on texts and calls',
	access: 'read',
	fields: [phoneNumberSid, simplify],
	prepare: ({ parameters, twilio }) => ({
		method: 'GET',
		url: twilio.account(`IncomingPhoneNumbers/${parameters.phoneNumberSid}.json`),
		rowFields: parameters.simplify ? phoneNumberRow : undefined,
	}),
});
