import type { INode, INodeParameters } from 'n8n-workflow';
import { isResourceLocatorValue, NodeHelpers, UserError } from 'n8n-workflow';

import { checkUrlField } from './callbackUrl';
import type { Field, Fields, ParametersOf } from './field';
import { sidProblem } from './sid';
import { toDateTime } from './time';

/** Gives a parameter's value with its expressions evaluated, or the fallback where the node has none stored. */
export type GetParameter = (name: string, fallback: unknown) => unknown;

export interface ReadOptions {
	/** IANA name; times without a zone are in it. */
	timezone: string;
	/** Whether URLs may lead to hosts that Twilio could not reach, because the API is not Twilio's. */
	anyHost?: boolean;
	/** Whether an option that the user added but left empty is kept: in updates, that is how a value is cleared. */
	keepEmptyOptions?: boolean;
}

/**
 * Reads the values of fields: evaluated, converted to the type the field declares, locators reduced to their value, times
 * as `DateTime`, and checked: required ones are there, SIDs fit their pattern, chosen values exist. A field that is empty,
 * for example because its expression gave nothing, has its default. Fields that are hidden by their display options are
 * absent.
 *
 * @throws UserError that names the parameter
 */
export function readParameters<const F extends Fields>(
	fields: F,
	getParameter: GetParameter,
	options: ReadOptions,
): ParametersOf<F> {
	const parameters: Record<string, unknown> = {};
	for (const field of fields) {
		if (!isShown(field, parameters)) continue;
		const stored = getParameter(field.name, field.default);
		const isOptional = !field.required && isEmpty(valueOf(field, stored));
		parameters[field.name] = readValue(field, isOptional ? field.default : stored, options);
	}
	return parameters as ParametersOf<F>;
}

/**
 * Reads those fields of a collection that the user has added, and that are not empty.
 *
 * @param displayName of the collection, as shown to the user
 * @param stored the collection, with its expressions evaluated
 * @throws UserError that names the parameter
 */
export function readCollection<const F extends Fields>(
	displayName: string,
	fields: F | undefined,
	stored: unknown,
	options: ReadOptions,
): Partial<ParametersOf<F>> {
	const parameters: Record<string, unknown> = {};
	if (isEmpty(stored)) return parameters as Partial<ParametersOf<F>>;
	if (typeof stored !== 'object') throw new UserError(`'${displayName}' must be an object`);
	for (const field of fields ?? []) {
		if (!(field.name in (stored as object))) continue;
		const read = readValue(field, (stored as Record<string, unknown>)[field.name], options);
		const empty = isEmpty(read) || (Array.isArray(read) && read.length === 0);
		if (!empty || options.keepEmptyOptions) parameters[field.name] = read;
	}
	return parameters as Partial<ParametersOf<F>>;
}

function isShown(field: Field, parameters: Record<string, unknown>): boolean {
	return NodeHelpers.displayParameter(
		parameters as INodeParameters,
		field as Parameters<typeof NodeHelpers.displayParameter>[1],
		null as unknown as Pick<INode, 'typeVersion'>,
		null,
	);
}

function readValue(field: Field, stored: unknown, options: ReadOptions): unknown {
	const value = valueOf(field, stored);
	if (isEmpty(value)) {
		if (field.required) throw problem(field, 'is empty');
		return field.type === 'collection' || field.type === 'fixedCollection' ? {} : convertEmpty(field);
	}
	return (converters[field.type] ?? text)(field, value, options);
}

function valueOf(field: Field, stored: unknown): unknown {
	return isLocator(field, stored) ? stored.value : stored;
}

/** A locator that nobody has touched is stored as its default, without the mark that n8n knows locators by. */
function isLocator(field: Field, stored: unknown): stored is { value: unknown } {
	const isUntouched = field.type === 'resourceLocator' && typeof stored === 'object' && stored !== null;
	return isResourceLocatorValue(stored) || (isUntouched && 'value' in stored);
}

function convertEmpty(field: Field): unknown {
	if (field.type === 'multiOptions') return [];
	return field.type === 'string' || field.type === 'resourceLocator' || field.type === 'json' ? '' : undefined;
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || value === '' || (typeof value === 'string' && value.trim() === '');
}

type Converter = (field: Field, value: unknown, options: ReadOptions) => unknown;

const converters: Partial<Record<Field['type'], Converter>> = {
	boolean: (field, value) => {
		if (value === true || value === 'true') return true;
		if (value === false || value === 'false') return false;
		throw problem(field, 'must be true or false');
	},
	number: (field, value) => {
		const number = typeof value === 'number' ? value : Number(String(value));
		const { minValue = -Infinity, maxValue = Infinity } = field.typeOptions ?? {};
		if (Number.isNaN(number)) throw problem(field, 'must be a number');
		if (!Number.isInteger(number) && !field.typeOptions?.numberPrecision)
			throw problem(field, 'must be a whole number');
		if (number < minValue || number > maxValue) {
			throw problem(
				field,
				maxValue === Infinity ? `must be ${minValue} or more` : `must be between ${minValue} and ${maxValue}`,
			);
		}
		return number;
	},
	options: (field, value) => chosen(field, value),
	multiOptions: (field, value) =>
		(Array.isArray(value) ? value : String(value).split(',')).map((each) => chosen(field, each)),
	dateTime: (field, value, { timezone }) => {
		const time = toDateTime(value, timezone);
		if (!time.isValid) throw problem(field, 'must be a time, such as 2026-11-30T09:00:00');
		return time;
	},
	json: (_field, value) => (typeof value === 'string' ? value : JSON.stringify(value)),
	collection: (field, value, options) => readCollection(field.displayName, field.options as Fields, value, options),
	fixedCollection: (field, value, options) => {
		if (typeof value !== 'object') throw problem(field, 'must be an object');
		const stored = value as Record<string, unknown>;
		const groups: Record<string, unknown> = {};
		for (const group of field.options as ReadonlyArray<{ name: string; values: Fields }>) {
			const entries = stored[group.name];
			if (entries === undefined) continue;
			groups[group.name] = (Array.isArray(entries) ? entries : [entries]).map((entry: Record<string, unknown>) =>
				readParameters(group.values, (name, fallback) => entry[name] ?? fallback, options),
			);
		}
		return groups;
	},
};

/**
 * Lists, from expressions, become lines: a field that takes several values says so in its description. White space around
 * a value is a slip of the hand, except in fields of several lines.
 */
function text(field: Field, value: unknown, { anyHost = false }: ReadOptions): string {
	const asTyped = Array.isArray(value) ? value.map(String).join('\n') : String(value);
	const isOneLine = field.typeOptions?.rows === undefined;
	const string = isOneLine ? asTyped.trim() : asTyped;
	if (typeof value === 'object' && !Array.isArray(value)) throw problem(field, 'must be a text, not an object');
	if (isOneLine && string.includes('\n')) throw problem(field, 'must be one value on one line');
	const wrong = sidProblem(field.name, string);
	if (wrong) throw problem(field, wrong);
	checkUrlField(field, string, anyHost);
	return string;
}

function chosen(field: Field, value: unknown): unknown {
	const values = (field.options as ReadonlyArray<{ value: unknown }>).map((option) => option.value);
	const trimmed = typeof value === 'string' ? value.trim() : value;
	if (!values.includes(trimmed)) throw problem(field, `must be one of ${values.join(', ')}`);
	return trimmed;
}

function problem(field: Field, what: string): UserError {
	return new UserError(`'${field.displayName}' ${what}`);
}
