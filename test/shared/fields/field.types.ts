import type { DateTime } from 'luxon';

import type { Fields, ParametersOf, ValueOf } from '../../../nodes/shared/fields/field';
import { limit, returnAll, simplify } from '../../../nodes/shared/fields/page';
import { readCollection, readParameters } from '../../../nodes/shared/fields/readParameters';
import { expectType } from '../../support/types';

/** What the types of parameters promise; that `readParameters` keeps it is tested in readParameters.test.ts. */

declare const valueOf: <F>(field: F) => ValueOf<F>;
declare const parametersOf: <F extends Fields>(fields: F) => ParametersOf<F>;

const named = { displayName: 'A', name: 'a' } as const;
const choices = [
	{ name: 'One', value: 'one' },
	{ name: 'Two', value: 'two' },
] as const;
const required = { required: true } as const;

const text = { ...named, type: 'string', default: '' } as const;
const flag = { ...named, name: 'flag', type: 'boolean', default: false } as const;
const count = { ...named, name: 'count', type: 'number', default: 0 } as const;
const countWithoutDefault = { ...named, name: 'count', type: 'number', default: '' } as const;
const choice = { ...named, name: 'choice', type: 'options', options: choices, default: 'one' } as const;
const choiceWithoutDefault = { ...choice, default: '' } as const;
const several = { ...choice, name: 'several', type: 'multiOptions', default: [] } as const;
const time = { ...named, name: 'time', type: 'dateTime', default: '' } as const;
const locator = { ...named, name: 'locator', type: 'resourceLocator', default: { mode: 'id', value: '' } } as const;
const json = { ...named, name: 'json', type: 'json', default: '{}' } as const;

// A default that says something is what an emptied field has.
expectType(valueOf(flag)).toBe<boolean>();
expectType(valueOf(count)).toBe<number>();
expectType(valueOf(choice)).toBe<'one' | 'two'>();

// Without one it may be absent, unless the field is required.
expectType(valueOf(countWithoutDefault)).toBe<number | undefined>();
expectType(valueOf({ ...countWithoutDefault, ...required })).toBe<number>();
expectType(valueOf(choiceWithoutDefault)).toBe<'one' | 'two' | undefined>();
expectType(valueOf({ ...choiceWithoutDefault, ...required })).toBe<'one' | 'two'>();
expectType(valueOf(time)).toBe<DateTime | undefined>();
expectType(valueOf({ ...time, ...required })).toBe<DateTime>();

// What is empty here is an empty text or list.
expectType(valueOf(text)).toBe<string>();
expectType(valueOf(locator)).toBe<string>();
expectType(valueOf(json)).toBe<string>();
expectType(valueOf(several)).toBe<Array<'one' | 'two'>>();

// Options that nobody added are absent, and a group of entries as well.
const collection = { ...named, name: 'more', type: 'collection', default: {}, options: [count, time] } as const;
expectType(valueOf(collection)).toBe<Partial<{ count: number; time: DateTime | undefined }>>();
const pairs = {
	...named,
	name: 'pairs',
	type: 'fixedCollection',
	default: {},
	options: [{ displayName: 'Pair', name: 'pair', values: [text, count] }],
} as const;
expectType(valueOf(pairs)).toBe<{ pair?: Array<{ a: string; count: number }> }>();

// A field that is shown under a condition may be hidden.
const fields = [flag, { ...count, displayOptions: { show: { flag: [true] } } }] as const satisfies Fields;
expectType(parametersOf(fields)).toBe<{ flag: boolean; count: number | undefined }>();

/** What is read has the types of the fields, without a cast. */
export function typesOfWhatIsRead(): void {
	const get = (_name: string, fallback: unknown) => fallback;
	const page = readParameters([returnAll, limit, simplify], get, { timezone: 'UTC' });
	expectType(page).toBe<{ returnAll: boolean; limit: number | undefined; simplify: boolean }>();

	const options = readCollection('Options', [count, choice], {}, { timezone: 'UTC' });
	expectType(options).toBe<Partial<{ count: number; choice: 'one' | 'two' }>>();
}
