import { defineResource } from '../../operation/defineResource';
import { getLookup } from './get';

export const lookup = defineResource({
	name: 'Lookup',
	value: 'lookup',
	description: 'What is known of a phone number',
	operations: [getLookup],
});
