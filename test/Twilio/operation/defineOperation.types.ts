import type { DateTime } from 'luxon';

import { limit } from '../../../nodes/shared/fields/page';
import { defineListOperation } from '../../../nodes/Twilio/operation/defineListOperation';
import { defineOperation } from '../../../nodes/Twilio/operation/defineOperation';
import { expectType } from '../../support/types';

/** What an operation gets is what its fields say, and what it executes is what it has prepared. */

const facts = { name: 'Do', value: 'do', action: 'Do it', description: 'Does it', access: 'write' } as const;
const to = { displayName: 'To', name: 'to', type: 'string', default: '', required: true } as const;
const at = { displayName: 'At', name: 'at', type: 'dateTime', default: '' } as const;
const tries = { displayName: 'Tries', name: 'tries', type: 'number', default: 1 } as const;

defineOperation({
	...facts,
	fields: [to, tries, limit],
	options: [at],
	prepare({ parameters }) {
		expectType(parameters.to).toBe<string>();
		expectType(parameters.tries).toBe<number>();
		// It is shown only while 'Return All' is off.
		expectType(parameters.limit).toBe<number | undefined>();
		expectType(parameters.options.at).toBe<DateTime | undefined>();
		return { method: 'POST', url: 'https://api.twilio.com/', form: { To: parameters.to }, tries: parameters.tries };
	},
	async execute(request, { twilio }) {
		expectType(request).toBe<{ method: 'POST'; url: string; form: { To: string }; tries: number }>();
		return await twilio.post(request.url, request.form);
	},
});

defineOperation({
	...facts,
	fields: [to],
	// @ts-expect-error a request needs a method and a URL
	prepare: ({ parameters }) => ({ form: { To: parameters.to } }),
});

defineOperation({
	...facts,
	fields: [to],
	// @ts-expect-error there is no such parameter
	prepare: ({ parameters }) => ({ method: 'POST', url: parameters.from }),
});

defineOperation({
	...facts,
	fields: [to],
	prepare({ twilio }) {
		// @ts-expect-error nothing can be sent while it is prepared
		twilio.post('https://api.twilio.com/', {});
		return { method: 'POST', url: twilio.account('Messages.json') };
	},
});

defineListOperation({
	action: 'Get many things',
	description: 'Get things',
	fields: [to],
	filters: [at],
	row: ['sid'],
	list({ parameters }) {
		expectType(parameters.to).toBe<string>();
		expectType(parameters.filters.at).toBe<DateTime | undefined>();
		return { url: 'https://api.twilio.com/' };
	},
});
