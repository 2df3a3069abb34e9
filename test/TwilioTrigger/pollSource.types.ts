import type { DateTime } from 'luxon';

import { messageDirection } from '../../nodes/TwilioTrigger/fields';
import { definePollSource } from '../../nodes/TwilioTrigger/pollSource';
import type { UndatedList } from '../../nodes/TwilioTrigger/engine/list';
import { expectType } from '../support/types';

/** What a source gets is what its fields, filters and options say. */

const at = { displayName: 'At', name: 'at', type: 'dateTime', default: '' } as const;
const flag = { displayName: 'Flag', name: 'flag', type: 'boolean', default: false } as const;
const facts = { name: 'New Thing', value: 'newThing', description: 'When there is one', noun: 'thing' } as const;

declare const list: UndatedList;

definePollSource({
	...facts,
	fields: [messageDirection],
	filters: [at],
	options: [flag],
	watch({ parameters }) {
		expectType(parameters.direction).toBe<'both' | 'inbound' | 'outbound'>();
		expectType(parameters.filters.at).toBe<DateTime | undefined>();
		expectType(parameters.options.flag).toBe<boolean | undefined>();
		return list;
	},
});

definePollSource({
	...facts,
	filters: [at],
	watch({ parameters }) {
		// @ts-expect-error it has no fields
		void parameters.direction;
		// @ts-expect-error there is no such filter
		void parameters.filters.since;
		// @ts-expect-error it has no options of its own
		void parameters.options.flag;
		return list;
	},
});
