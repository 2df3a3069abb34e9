import { UserError, type IDataObject } from 'n8n-workflow';

import type { TwilioClient } from '../../../shared/api/client';
import { callSid } from '../../../shared/fields/sids';
import { defineOperation } from '../../operation/defineOperation';
import { onCode } from '../../operation/onCode';

/** What ends a call in each status: `canceled` does nothing to a call that has been answered. */
const endingOf: Readonly<Record<string, 'canceled' | 'completed' | undefined>> = {
	queued: 'canceled',
	ringing: 'canceled',
	'in-progress': 'completed',
};

/** Twilio's code for a change of a call that has ended. */
const notLive = 21220;

/** @see https://www.twilio.com/docs/voice/api/call-resource#update-a-call-resource */
export const hangUpCall = defineOperation({
	name: 'Hang Up',
	value: 'hangUp',
	action: 'Hang up a call',
	description: 'End a call now: cancels it while it is queued or ringing, hangs up when it is in progress',
	access: 'write',
	fields: [callSid],
	reservedNames: ['Status'],
	prepare: ({ parameters, twilio }) => ({
		method: 'POST',
		url: twilio.account(`Calls/${parameters.callSid}.json`),
	}),
	async execute({ url }, { twilio }) {
		const { status } = await twilio.get(url);
		const ending = endingOf[String(status)];
		if (ending === undefined) {
			throw new UserError(`There is nothing to hang up: the call has ended already (${String(status)})`);
		}
		const row = await end(twilio, url, ending);
		// It was answered in the meantime.
		return row.status === 'in-progress' && ending === 'canceled' ? await end(twilio, url, 'completed') : row;
	},
});

/** @throws UserError when it ended by itself in the meantime */
async function end(twilio: TwilioClient, url: string, ending: 'canceled' | 'completed'): Promise<IDataObject> {
	return await onCode(twilio.post(url, { Status: ending }), notLive, () => {
		throw new UserError('There is nothing to hang up: the call has just ended');
	});
}
