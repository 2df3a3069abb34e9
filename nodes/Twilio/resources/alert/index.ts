import { defineResource } from '../../operation/defineResource';
import { getAlert } from './get';
import { getManyAlerts } from './getAll';

export const alert = defineResource({
	name: 'Alert',
	value: 'alert',
	description: 'Errors and warnings that Twilio met, for example when it called your webhooks',
	operations: [getManyAlerts, getAlert],
});
