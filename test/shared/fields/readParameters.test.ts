import { DateTime } from 'luxon';
import fc from 'fast-check';
import type { Field, Fields } from '../../../nodes/shared/fields/field';
import { readParameters, type ReadOptions } from '../../../nodes/shared/fields/readParameters';
import { sampleSid } from '../api/sampleCredentials';

/** Reads stored values as n8n gives them: those that are not stored have their fallback. */
function read(
	fields: Fields,
	stored: Record<string, unknown>,
	options: Partial<ReadOptions> = {},
): Record<string, unknown> {
	return readParameters(fields, (name, fallback) => (name in stored ? stored[name] : fallback), {
		timezone: 'UTC',
		...options,
	});
}

/** Reads one field. */
function readOne(field: Field, value: unknown, options: Partial<ReadOptions> = {}): unknown {
	return read([field], { [field.name]: value }, options)[field.name];
}

const text = { displayName: 'Text', name: 'text', type: 'string', default: '' } as const;
const lines = { ...text, typeOptions: { rows: 2 } } as const;
const required = { ...text, required: true } as const;
const flag = { displayName: 'Flag', name: 'flag', type: 'boolean', default: false } as const;
const count = {
	displayName: 'Count',
	name: 'count',
	type: 'number',
	default: 5,
	typeOptions: { minValue: 1 },
} as const;
const choices = [
	{ name: 'A', value: 'a' },
	{ name: 'B', value: 'b' },
] as const;
const choice = { displayName: 'Choice', name: 'choice', type: 'options', options: choices, default: 'a' } as const;
const several = { ...choice, name: 'several', type: 'multiOptions', default: [] } as const;
const time = { displayName: 'Time', name: 'time', type: 'dateTime', default: '' } as const;
const json = { displayName: 'Data', name: 'data', type: 'json', default: '{}' } as const;
const locator = {
	displayName: 'Message',
	name: 'messageSid',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [],
} as const;

describe('text', () => {
	it('loses the white space around it, except where it has several lines', () => {
		expect(readOne(text, ' a b\n')).toBe('a b');
		expect(readOne(lines, ' a b\n')).toBe(' a b\n');
	});

	it.each([
		[12, '12'],
		[0, '0'],
		[false, 'false'],
		[null, ''],
		[undefined, ''],
		['  ', ''],
	])('is made of what an expression gives: %j', (value, expected) => {
		expect(readOne(text, value)).toBe(expected);
	});

	it('is made of a list, a line each, where it has several lines', () => {
		expect(readOne(lines, ['a', 'b', 3])).toBe('a\nb\n3');
	});

	it('is no list where it has one line: which of them is meant?', () => {
		expect(() => readOne(text, ['+14155550111', '+14155550112'])).toThrow("'Text'");
	});

	it('is no object', () => {
		expect(() => readOne(text, { a: 1 })).toThrow("'Text' must be a text, not an object");
	});

	it('is missed where it is required', () => {
		for (const empty of ['', '  ', null, undefined]) expect(() => readOne(required, empty)).toThrow("'Text' is empty");
	});
});

describe('types', () => {
	it.each([
		[true, true],
		['true', true],
		['false', false],
		[false, false],
	])('reads %j as the boolean %s', (value, expected) => {
		expect(readOne(flag, value)).toBe(expected);
	});

	it('refuses other booleans', () => {
		for (const value of ['yes', 1, 'TRUE', {}])
			expect(() => readOne(flag, value)).toThrow("'Flag' must be true or false");
	});

	it.each([
		[7, 7],
		['7', 7],
	])('reads %j as the number %s', (value, expected) => {
		expect(readOne(count, value)).toBe(expected);
	});

	it('refuses numbers that are none or out of range', () => {
		for (const value of ['seven', NaN, {}, '7 pieces'])
			expect(() => readOne(count, value)).toThrow("'Count' must be a number");
		expect(() => readOne(count, 1.5)).toThrow("'Count' must be a whole number");
		expect(readOne({ ...count, typeOptions: { numberPrecision: 2 } }, '1.5')).toBe(1.5);
		for (const value of [0, '-1']) expect(() => readOne(count, value)).toThrow("'Count' must be 1 or more");
		const bounded = { ...count, typeOptions: { minValue: 1, maxValue: 50 } };
		expect(readOne(bounded, 50)).toBe(50);
		expect(() => readOne(bounded, 51)).toThrow("'Count' must be between 1 and 50");
	});

	it('takes only the choices there are', () => {
		expect(readOne(choice, ' b ')).toBe('b');
		expect(() => readOne(choice, 'c')).toThrow("'Choice' must be one of a, b");
		expect(readOne(several, ['a', 'b'])).toEqual(['a', 'b']);
		expect(readOne(several, 'a, b')).toEqual(['a', 'b']);
		expect(readOne(several, '')).toEqual([]);
		expect(() => readOne(several, ['a', 'x'])).toThrow("'Choice' must be one of a, b");
	});

	it('gives JSON as text, also where an expression made an object of it', () => {
		expect(readOne(json, '{ "1": 2 }')).toBe('{ "1": 2 }');
		expect(readOne(json, { 1: 2 })).toBe('{"1":2}');
	});
});

describe('SIDs and locators', () => {
	it.each([
		['a locator', { __rl: true, mode: 'list', value: sampleSid('SM') }],
		['a locator with white space', { __rl: true, mode: 'id', value: ` ${sampleSid('SM')} ` }],
		['a plain text', sampleSid('SM')],
	])('are read from %s', (_, value) => {
		expect(readOne(locator, value)).toBe(sampleSid('SM'));
	});

	it('are checked: prefix, length and digits', () => {
		expect(readOne(locator, sampleSid('MM', 'F'))).toBe(sampleSid('MM', 'F'));
		for (const wrong of [sampleSid('CA'), 'SM123', `${sampleSid('SM')}0`, sampleSid('SM', 'g'), 'x', '../Calls']) {
			expect(() => readOne(locator, wrong)).toThrow(
				"'Message' must be a SID: SM or MM followed by 32 characters 0-9 and a-f",
			);
		}
	});

	it('are missed where they are empty, as a new node stores them too', () => {
		for (const value of [{ mode: 'list', value: '' }, { __rl: true, mode: 'id', value: '' }, undefined]) {
			expect(() => readOne(locator, value)).toThrow("'Message' is empty");
		}
		expect(() => read([locator], {})).toThrow("'Message' is empty");
	});
});

describe('a field whose expression gives nothing', () => {
	const nothing = [undefined, null, '', '  '];

	it.each<[string, Field, unknown]>([
		['number', count, 5],
		['boolean', flag, false],
		['boolean that is on', { ...flag, default: true }, true],
		['choice', choice, 'a'],
		['several choices', { ...several, default: ['a', 'b'] }, ['a', 'b']],
		['text', { ...text, default: 'data' }, 'data'],
		['JSON', json, '{}'],
	])('has its default: %s', (_, field, expected) => {
		for (const value of nothing) expect(readOne(field, value)).toEqual(expected);
	});

	it.each<[string, Field, unknown]>([
		['number', { ...count, default: '' }, undefined],
		['time', time, undefined],
		['choice', { ...choice, default: '' }, undefined],
		['several choices', several, []],
		['text', text, ''],
		['locator', { ...locator, required: false }, ''],
	])('is empty when its default is so, too: %s', (_, field, expected) => {
		for (const value of nothing) expect(readOne(field, value)).toEqual(expected);
	});

	it.each<[string, Field]>([
		['number', count],
		['text with a default', { ...text, default: 'US' }],
		['choice', choice],
		['time', time],
	])('is refused when it is required: %s', (_, field) => {
		for (const value of nothing) {
			expect(() => readOne({ ...field, required: true }, value)).toThrow(`'${field.displayName}' is empty`);
		}
	});

	it('decides with its default what else is shown', () => {
		const fields = [flag, { ...count, displayOptions: { show: { flag: [false] } } }];
		for (const value of nothing) expect(read(fields, { flag: value, count: value })).toEqual({ flag: false, count: 5 });
	});

	it('has its default in an entry of a list, too', () => {
		const options = [{ displayName: 'Entry', name: 'entry', values: [count] }];
		const entries = { ...text, type: 'fixedCollection', default: {}, options } as const satisfies Field;
		for (const value of nothing) {
			expect(readOne(entries, { entry: [{ count: value }] })).toEqual({ entry: [{ count: 5 }] });
		}
	});

	it('is no choice of nothing: a list that the user emptied is empty', () => {
		expect(readOne({ ...several, default: ['a'] }, [])).toEqual([]);
	});
});

describe('fields that are hidden', () => {
	const fields = [
		flag,
		{ ...required, displayOptions: { show: { flag: [true] } } },
		{ ...count, displayOptions: { hide: { flag: [true] } } },
	];

	it('are absent, not checked, and do not even get evaluated', () => {
		const asked: string[] = [];
		const parameters = readParameters(
			fields,
			(name, fallback) => {
				asked.push(name);
				return fallback;
			},
			{ timezone: 'UTC' },
		);
		expect(parameters).toEqual({ flag: false, count: 5 });
		expect(asked).toEqual(['flag', 'count']);
	});

	it('are decided upon by the evaluated value: a text from an expression counts as its boolean', () => {
		expect(read(fields, { flag: 'true', text: 'x', count: 0 })).toEqual({ flag: true, text: 'x' });
	});
});

describe('collections', () => {
	const options = {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		default: {},
		options: [text, lines, flag, several, count, { ...locator, name: 'applicationSid', required: false }],
	} as const satisfies Field;

	it('leave out what was not added, and what is empty', () => {
		expect(readOne(options, {})).toEqual({});
		expect(readOne(options, undefined)).toEqual({});
		expect(
			readOne(options, { text: ' ', several: [], count: null, applicationSid: { __rl: true, mode: 'id', value: '' } }),
		).toEqual({});
		expect(readOne(options, { applicationSid: { mode: 'list', value: '' } })).toEqual({});
	});

	it('keep false and zero: they say something', () => {
		const zero = { ...options, options: [flag, { ...count, typeOptions: {} }] };
		expect(readOne(zero, { flag: false, count: 0 })).toEqual({ flag: false, count: 0 });
	});

	it('keep what is empty in updates, where it clears a value', () => {
		expect(readOne(options, { text: '' }, { keepEmptyOptions: true })).toEqual({ text: '' });
	});

	it('check what is in them', () => {
		expect(() => readOne(options, { count: 0 })).toThrow("'Count'");
		expect(() => readOne(options, { applicationSid: 'SM1' })).toThrow('must be a SID: AP');
	});
});

describe('fixed collections', () => {
	const pairs = {
		displayName: 'Pairs',
		name: 'pairs',
		type: 'fixedCollection',
		default: {},
		options: [{ displayName: 'Pair', name: 'pair', values: [required, flag] }],
	} as const satisfies Field;

	it('are lists of entries with their defaults, from one entry or several', () => {
		expect(readOne(pairs, { pair: [{ text: 'a' }, { text: ' b ', flag: true }] })).toEqual({
			pair: [
				{ text: 'a', flag: false },
				{ text: 'b', flag: true },
			],
		});
		expect(readOne(pairs, { pair: { text: 'a' } })).toEqual({ pair: [{ text: 'a', flag: false }] });
		expect(readOne(pairs, {})).toEqual({});
	});

	it('check each entry', () => {
		expect(() => readOne(pairs, { pair: [{ text: 'a' }, { text: '' }] })).toThrow("'Text' is empty");
	});
});

describe('times', () => {
	const utc = (value: unknown, timezone: string) =>
		(readOne(time, value, { timezone }) as DateTime).toUTC().toISO({ suppressMilliseconds: true });

	it.each([
		['2026-11-30T09:00:00', 'America/New_York', '2026-11-30T14:00:00Z'],
		['2026-07-30T09:00:00', 'America/New_York', '2026-07-30T13:00:00Z'],
		['2026-11-30 09:00:00', 'Asia/Kolkata', '2026-11-30T03:30:00Z'],
		['2026-11-30', 'Pacific/Kiritimati', '2026-11-29T10:00:00Z'],
		['2026-11-30T09:00:00Z', 'Asia/Kolkata', '2026-11-30T09:00:00Z'],
		['2026-11-30T09:00:00-05:00', 'Asia/Kolkata', '2026-11-30T14:00:00Z'],
		[' 2026-11-30T09:00:00.250+01:00 ', 'UTC', '2026-11-30T08:00:00.250Z'],
	])('%s in %s is %s', (value, zone, expected) => {
		expect(utc(value, zone)).toBe(expected);
	});

	it('takes the hours that daylight saving leaves out or repeats for one of the two', () => {
		expect(utc('2026-03-29T02:30:00', 'Europe/Berlin')).toBe('2026-03-29T01:30:00Z');
		expect(['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z']).toContain(utc('2026-10-25T02:30:00', 'Europe/Berlin'));
	});

	it('takes the objects that expressions give', () => {
		const instant = '2026-11-30T14:00:00Z';
		expect(utc(new Date(instant), 'Asia/Kolkata')).toBe(instant);
		expect(utc(DateTime.fromISO('2026-11-30T09:00:00', { zone: 'America/New_York' }), 'Asia/Kolkata')).toBe(instant);
		expect(utc({ toISO: () => '2026-11-30T09:00:00-05:00' }, 'Asia/Kolkata')).toBe(instant);
	});

	it('are in the timezone of the workflow afterwards, so that a day is a day there', () => {
		const read = readOne(time, '2026-11-30T20:00:00Z', { timezone: 'Asia/Tokyo' }) as DateTime;
		expect(read.toISODate()).toBe('2026-12-01');
	});

	it('keep their instant, in whatever zone they are written', () => {
		const zones = fc.constantFrom('UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Apia', 'Europe/London');
		const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
		fc.assert(
			fc.property(instants, zones, zones, (instant, written, workflow) => {
				const iso = DateTime.fromJSDate(instant, { zone: written }).toISO();
				const parameter = readOne(time, iso, { timezone: workflow }) as DateTime;
				expect(parameter.toMillis()).toBe(instant.getTime());
			}),
		);
	});

	it.each(['tomorrow', '2026-13-01', '2026-02-30', '30.11.2026', new Date(NaN), {}])(
		'are refused when they are none: %j',
		(value) => {
			expect(() => readOne(time, value)).toThrow("'Time' must be a time");
		},
	);

	it('are absent when they are empty', () => {
		expect(readOne(time, '')).toBeUndefined();
	});
});
