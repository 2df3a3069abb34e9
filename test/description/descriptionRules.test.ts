import { NodeConnectionTypes, type INodeProperties, type INodeTypeDescription } from 'n8n-workflow';
import { danglingDisplayRules, foreignOperations, neverShown, shownTwice } from './displayRules';
import { parameterRules, violations } from './parameterRules';

/** The rules have to notice what they are there for. */
const describeNode = (properties: INodeProperties[]): INodeTypeDescription => ({
	displayName: 'Sample',
	name: 'sample',
	group: ['transform'],
	version: 1,
	description: 'Sample',
	defaults: { name: 'Sample' },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	properties,
});

const options = (names: string[]) => names.map((name) => ({ name, value: name.toLowerCase() }));

const bad: Record<keyof typeof parameterRules, INodeProperties> = {
	'has a display name and a name in camelCase': { displayName: 'A', name: 'a-b', type: 'string', default: '' },
	'is called a name only once in its collection': {
		displayName: 'A',
		name: 'a',
		type: 'collection',
		default: {},
		options: [
			{ displayName: 'B', name: 'b', type: 'string', default: '' },
			{ displayName: 'C', name: 'b', type: 'string', default: '' },
		],
	},
	'has a default that its field can show': {
		displayName: 'A',
		name: 'a',
		type: 'options',
		options: options(['A']),
		default: 'b',
	},
	'gives its options unique names and values': {
		displayName: 'A',
		name: 'a',
		type: 'options',
		options: options(['A', 'A']),
		default: 'a',
	},
	'sorts long lists by name': {
		displayName: 'A',
		name: 'a',
		type: 'options',
		options: options(['A', 'B', 'C', 'E', 'D']),
		default: 'a',
	},
	'begins the description of a switch with "Whether"': {
		displayName: 'A',
		name: 'a',
		type: 'boolean',
		default: false,
		description: 'If',
	},
	'ends descriptions with a period only after several sentences': {
		displayName: 'A',
		name: 'a',
		type: 'string',
		default: '',
		description: 'One e.g. this.',
	},
	'begins placeholders of text fields with "e.g."': {
		displayName: 'A',
		name: 'a',
		type: 'string',
		default: '',
		placeholder: '+1',
	},
	'asks for a limit and for everything in the words of all nodes': {
		displayName: 'L',
		name: 'limit',
		type: 'number',
		default: 10,
	},
	'hides secrets while they are typed': { displayName: 'A', name: 'sipAuthPassword', type: 'string', default: '' },
	'takes no expression for resource and operation': {
		displayName: 'R',
		name: 'resource',
		type: 'options',
		options: options(['A']),
		default: 'a',
	},
	'describes each operation, with an action for the node panel': {
		displayName: 'O',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: options(['A']),
		default: 'a',
	},
};

describe('the rules for parameters', () => {
	it.each(Object.entries(bad))('"%s" finds a violation', (name, parameter) => {
		const rule = parameterRules[name];
		expect(rule && violations(rule, [parameter])).toContainEqual(expect.any(String));
	});

	it('have an example each', () => {
		expect(Object.keys(bad)).toEqual(Object.keys(parameterRules));
	});
});

describe('the rules for display options', () => {
	const selector: INodeProperties = {
		displayName: 'R',
		name: 'resource',
		type: 'options',
		options: options(['A', 'B']),
		default: 'a',
	};
	const operation = (resource: string, ...names: string[]): INodeProperties => ({
		displayName: 'O',
		name: 'operation',
		type: 'options',
		options: options(names),
		default: 'get',
		displayOptions: { show: { resource: [resource] } },
	});
	const field = (show: Record<string, string[]>): INodeProperties => ({
		displayName: 'F',
		name: 'field',
		type: 'string',
		default: '',
		displayOptions: { show },
	});

	it('accept one field per operation', () => {
		const node = describeNode([
			selector,
			operation('a', 'Get'),
			operation('b', 'Get', 'Delete'),
			field({ resource: ['a'], operation: ['get'] }),
			field({ resource: ['b'], operation: ['get', 'delete'] }),
		]);
		expect([shownTwice(node), neverShown(node), danglingDisplayRules(node), foreignOperations(node)]).toEqual([
			[],
			[],
			[],
			[],
		]);
	});

	it('find a name that is shown twice', () => {
		const node = describeNode([selector, field({ resource: ['a'] }), field({ resource: ['a', 'b'] })]);
		expect(shownTwice(node)).toEqual(['field in {"resource":"a"}']);
	});

	it('find rules that name nothing', () => {
		const node = describeNode([selector, field({ resource: ['c'] }), field({ colour: ['red'] })]);
		expect(danglingDisplayRules(node)).toHaveLength(2);
	});

	it('find operations of another resource, and fields that never show', () => {
		const node = describeNode([
			selector,
			operation('a', 'Get'),
			operation('b', 'Delete'),
			field({ resource: ['a'], operation: ['delete'] }),
		]);
		expect(foreignOperations(node)).toHaveLength(1);
		expect(neverShown(node)).toHaveLength(1);
	});
});
