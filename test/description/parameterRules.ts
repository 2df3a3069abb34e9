import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';
import { choices, collected, everyParameter, groups, type Located } from './everyParameter';

/** Looks at one parameter and says what is wrong with it, if anything. */
type Rule = (located: Located) => string | undefined | false;

const isSorted = (names: string[]) =>
	names.every((name, index) => index === 0 || (names[index - 1] ?? '').localeCompare(name) <= 0);

/** n8n wants lists from this length on in alphabetical order. */
const longList = 5;

const secretName = /(password|secret|token|passphrase|privatekey)$/i;

/** `e.g.` is no end of a sentence. */
const withoutExamples = (text: string) => text.replace(/e\.g\./g, '');

function punctuation(text: string | undefined): string | undefined {
	if (!text) return undefined;
	const sentences = withoutExamples(text).split('. ').length;
	const ends = withoutExamples(text).endsWith('.');
	if (sentences === 1 && ends) return `one sentence ends without a period: "${text}"`;
	if (sentences > 1 && !ends) return `several sentences end with a period: "${text}"`;
	return undefined;
}

/** Whether n8n could show a value in this field. */
function isLegal(parameter: INodeProperties, value: unknown): boolean {
	const { type, typeOptions } = parameter;
	const values = choices(parameter).map((choice) => choice.value);
	switch (type) {
		case 'string':
		case 'dateTime':
		case 'notice':
			return typeof value === 'string';
		case 'json':
			return typeof value === 'string' && (value === '' || canParse(value));
		case 'boolean':
			return typeof value === 'boolean';
		case 'number': {
			const { minValue = -Infinity, maxValue = Infinity } = typeOptions ?? {};
			return typeof value === 'number' && value >= minValue && value <= maxValue;
		}
		case 'options':
			return typeOptions?.loadOptionsMethod !== undefined || values.includes(value as string);
		case 'multiOptions':
			return (
				Array.isArray(value) &&
				(typeOptions?.loadOptionsMethod !== undefined || value.every((one) => values.includes(one as string)))
			);
		case 'collection':
		case 'fixedCollection':
			return typeof value === 'object' && value !== null && !Array.isArray(value);
		case 'resourceLocator': {
			const { mode, value: chosen } = (value ?? {}) as { mode?: string; value?: unknown };
			return chosen !== undefined && (parameter.modes ?? []).some(({ name }: INodePropertyMode) => name === mode);
		}
		default:
			return true;
	}
}

function canParse(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

/** The rules for every parameter of every node, by what they demand. */
export const parameterRules: Record<string, Rule> = {
	'has a display name and a name in camelCase': ({ parameter: { displayName, name } }) =>
		(!displayName && 'no display name') || (!/^[a-z][A-Za-z0-9]*$/.test(name) && `name "${name}"`),

	'is called a name only once in its collection': ({ parameter, siblings, path }) =>
		path.includes('.') &&
		siblings.filter(({ name }) => name === parameter.name).some(({ displayOptions }) => !displayOptions) &&
		siblings.filter(({ name }) => name === parameter.name).length > 1 &&
		'another parameter has the same name',

	'has a default that its field can show': ({ parameter }) =>
		!isLegal(parameter, parameter.default) && `default ${JSON.stringify(parameter.default)}`,

	'gives its options unique names and values': ({ parameter }) => {
		const list = choices(parameter);
		const unique = (key: 'name' | 'value') => new Set(list.map((choice) => choice[key])).size === list.length;
		return (!unique('name') && 'two options with one name') || (!unique('value') && 'two options with one value');
	},

	'sorts long lists by name': ({ parameter }) => {
		const lists = [
			choices(parameter).map(({ name }) => name),
			collected(parameter).map(({ displayName }) => displayName),
			...groups(parameter).map(({ values }) => values.map(({ displayName }) => displayName)),
		];
		const unsorted = lists.find((names) => names.length >= longList && !isSorted(names));
		return unsorted && `sorted: ${[...unsorted].sort((a, b) => a.localeCompare(b)).join(', ')}`;
	},

	'begins the description of a switch with "Whether"': ({ parameter: { type, description } }) =>
		type === 'boolean' && !description?.startsWith('Whether ') && `description "${description}"`,

	'ends descriptions with a period only after several sentences': ({ parameter }) =>
		punctuation(parameter.description) ??
		choices(parameter)
			.map(({ description }) => punctuation(description))
			.find(Boolean),

	'begins placeholders of text fields with "e.g."': ({ parameter: { type, placeholder } }) =>
		(type === 'string' || type === 'number') &&
		placeholder &&
		!placeholder.startsWith('e.g. ') &&
		`placeholder "${placeholder}"`,

	'asks for a limit and for everything in the words of all nodes': ({ parameter, path }) => {
		if (path.includes('.')) return undefined;
		const { name, type, default: value, typeOptions, description } = parameter;
		if (name === 'limit') {
			return (
				!(
					type === 'number' &&
					value === 50 &&
					typeOptions?.minValue === 1 &&
					description === 'Max number of results to return'
				) && 'a limit is a number, 50, at least 1, "Max number of results to return"'
			);
		}
		if (name === 'returnAll') {
			return (
				!(
					type === 'boolean' &&
					value === false &&
					description === 'Whether to return all results or only up to a given limit'
				) && '"Return All" is off, "Whether to return all results or only up to a given limit"'
			);
		}
		return undefined;
	},

	'hides secrets while they are typed': ({ parameter: { name, type, typeOptions } }) =>
		type === 'string' && secretName.test(name) && typeOptions?.password !== true && 'no password field',

	'takes no expression for resource and operation': ({ parameter: { name, noDataExpression } }) =>
		(name === 'resource' || name === 'operation') && noDataExpression !== true && 'noDataExpression is missing',

	'describes each operation, with an action for the node panel': ({ parameter }) =>
		parameter.name === 'operation' &&
		choices(parameter)
			.map(({ name, action, description }) => {
				if (!description) return `${name} has no description`;
				if (!action) return `${name} has no action`;
				return /^[A-Z]/.test(action) && !action.endsWith('.') ? '' : `action "${action}" is not in sentence case`;
			})
			.find(Boolean),
};

/** What a rule finds in these parameters, as readable lines. */
export function violations(rule: Rule, parameters: INodeProperties[]): string[] {
	return everyParameter(parameters).flatMap((located) => {
		const wrong = rule(located);
		return wrong ? [`${located.path}: ${wrong}`] : [];
	});
}
