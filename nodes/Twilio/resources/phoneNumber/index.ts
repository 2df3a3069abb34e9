import { defineResource } from '../../operation/defineResource';
import { buyPhoneNumber } from './buy';
import { getPhoneNumber } from './get';
import { getManyPhoneNumbers } from './getAll';
import { releasePhoneNumber } from './release';
import { searchAvailablePhoneNumbers } from './searchAvailable';
import { updatePhoneNumber } from './update';

export const phoneNumber = defineResource({
	name: 'Phone Number',
	value: 'phoneNumber',
	description: 'Numbers of the account, and numbers to buy',
	operations: [
		getManyPhoneNumbers,
		getPhoneNumber,
		updatePhoneNumber,
		searchAvailablePhoneNumbers,
		buyPhoneNumber,
		releasePhoneNumber,
	],
});
