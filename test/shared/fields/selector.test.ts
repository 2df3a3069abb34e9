import { selector, shownFor } from '../../../nodes/shared/fields/selector';

const entries = [
	{ name: 'Send', value: 'send', action: 'Send a message', description: 'Send it' },
	{ name: 'Cancel', value: 'cancel', action: 'Cancel a message', description: 'Cancel it' },
];

describe('selector', () => {
	it('has the choices in alphabetical order, and what stands first in the table as default', () => {
		expect(selector('Operation', 'operation', entries, { resource: ['message'] })).toEqual({
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['message'] } },
			options: [entries[1], entries[0]],
			default: 'send',
		});
	});

	it('takes only what is shown of an entry, and is always shown unless told otherwise', () => {
		const source = { name: 'New Call', value: 'newCall', description: 'A call', overlap: 5 };
		const { options, displayOptions } = selector('Trigger On', 'event', [source]);
		expect(displayOptions).toBeUndefined();
		expect(options).toStrictEqual([{ name: 'New Call', value: 'newCall', description: 'A call' }]);
	});
});

describe('shownFor', () => {
	const field = {
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		default: 50,
		displayOptions: { show: { returnAll: [false] }, hide: { simplify: [true] } },
	} as const;

	it('adds conditions to those that the field has', () => {
		expect(shownFor(field, { operation: ['getAll'] }).displayOptions).toEqual({
			show: { operation: ['getAll'], returnAll: [false] },
			hide: { simplify: [true] },
		});
	});

	it('gives a copy, which n8n may change', () => {
		const copy = shownFor(field, {});
		copy.displayOptions?.show?.returnAll?.push(true);
		expect(field.displayOptions.show.returnAll).toEqual([false]);
	});
});
