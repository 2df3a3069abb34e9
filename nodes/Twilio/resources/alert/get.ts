import { simplify } from '../../../shared/fields/page';
import { defineOperation } from '../../operation/defineOperation';
import { alertRow } from './row';

/** @see https://www.twilio.com/docs/usage/monitor-alert#fetch-an-alert-resource */
export const getAlert = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get an alert',
	description: "Get one alert; without 'Simplify' with what Twilio sent to your server and what it answered",
	access: 'read',
	fields: [
		{
			displayName: 'Alert SID',
			name: 'alertSid',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. NOxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
			description: "The SID of the alert, as 'Alert: Get Many' gives it",
		},
		simplify,
	],
	prepare: ({ parameters, twilio }) => ({
		method: 'GET',
		url: twilio.product('monitor', `v1/Alerts/${parameters.alertSid}`),
		rowFields: parameters.simplify ? alertRow : undefined,
	}),
});
