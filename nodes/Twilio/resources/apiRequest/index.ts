import { defineResource } from '../../operation/defineResource';
import { sendApiRequest } from './send';

export const apiRequest = defineResource({
	name: 'API Request',
	value: 'apiRequest',
	description: "Anything else that Twilio's APIs can do",
	operations: [sendApiRequest],
});
