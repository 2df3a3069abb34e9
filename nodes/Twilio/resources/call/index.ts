import { defineResource } from '../../operation/defineResource';
import { deleteCall } from './delete';
import { getCall } from './get';
import { getManyCalls } from './getAll';
import { hangUpCall } from './hangUp';
import { makeCall } from './make';
import { updateCall } from './update';

export const call = defineResource({
	name: 'Call',
	value: 'call',
	description: 'Phone calls, also to SIP addresses and Twilio clients',
	operations: [makeCall, getCall, getManyCalls, updateCall, hangUpCall, deleteCall],
});
