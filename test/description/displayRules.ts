import {
	NodeHelpers,
	type DisplayCondition,
	type INodeParameters,
	type INodeProperties,
	type INodeTypeDescription,
	type NodeParameterValue,
} from 'n8n-workflow';
import { choices, everyParameter } from './everyParameter';

type DisplayValue = NodeParameterValue | DisplayCondition;

/** The conditions of `show` and `hide`, one by one. */
function conditions({ displayOptions }: INodeProperties): Array<{ key: string; values: DisplayValue[] }> {
	return [displayOptions?.show ?? {}, displayOptions?.hide ?? {}].flatMap((part) =>
		Object.entries(part).map(([key, values]) => ({ key, values: (values ?? []) as DisplayValue[] })),
	);
}

function isCondition(value: DisplayValue): value is DisplayCondition {
	return typeof value === 'object' && value !== null && '_cnd' in value;
}

function possibleValues(parameter: INodeProperties): NodeParameterValue[] {
	return parameter.type === 'boolean' ? [false, true] : choices(parameter).map(({ value }) => value);
}

/** Display rules that name a parameter or a value that does not exist, so that a field never shows. */
export function danglingDisplayRules({ properties }: INodeTypeDescription): string[] {
	return everyParameter(properties).flatMap(({ parameter, path, siblings }) =>
		conditions(parameter).flatMap(({ key, values }) => {
			if (key.startsWith('@')) return [];
			const name = key.replace(/^\//, '').split('.')[0];
			const controllers = (key.startsWith('/') ? properties : siblings).filter((candidate) => candidate.name === name);
			if (controllers.length === 0) return [`${path}: depends on "${key}", which does not exist`];
			const possible = controllers.flatMap(possibleValues);
			if (possible.length === 0) return [];
			return values
				.filter((value) => !isCondition(value) && !possible.includes(value as NodeParameterValue))
				.map((value) => `${path}: "${key}" is never ${JSON.stringify(value)}`);
		}),
	);
}

/** Operations a display rule names together with a resource that does not have them. */
export function foreignOperations({ properties }: INodeTypeDescription): string[] {
	const operationsOf = (resource: DisplayValue) =>
		properties
			.filter(({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.includes(resource))
			.flatMap((selector) => choices(selector).map(({ value }) => value));
	return properties.flatMap((parameter) => {
		const { resource = [], operation = [] } = parameter.displayOptions?.show ?? {};
		return resource.flatMap((one) =>
			operation
				.filter((value) => !operationsOf(one).includes(value as string))
				.map((value) => `${parameter.name}: ${String(one)} has no operation ${String(value)}`),
		);
	});
}

/** Every way to set the parameters that decide which other parameters are shown. */
export function settings(description: INodeTypeDescription): INodeParameters[] {
	const { properties } = description;
	const deciding = new Set(
		properties.flatMap((parameter) => conditions(parameter).map(({ key }) => key.replace(/^\//, ''))),
	);
	// In the order of the description a parameter's own conditions are decided before it.
	return properties.reduce<INodeParameters[]>(
		(combinations, parameter) => {
			const values = deciding.has(parameter.name) ? possibleValues(parameter) : [];
			if (values.length === 0) return combinations;
			return combinations.flatMap((combination) =>
				parameter.name in combination || !isShown(parameter, combination, description)
					? [combination]
					: values.map((value) => ({ ...combination, [parameter.name]: value })),
			);
		},
		[{}],
	);
}

/** Whether n8n shows a top-level parameter in this state of the form. */
export function isShown(
	parameter: INodeProperties,
	values: INodeParameters,
	description: INodeTypeDescription,
): boolean {
	return NodeHelpers.displayParameter(values, parameter, { typeVersion: latestVersion(description) }, description);
}

function latestVersion({ version }: INodeTypeDescription): number {
	return Math.max(...[version].flat());
}

/** States of the form in which two parameters of one name are shown: one would overwrite the other. */
export function shownTwice(description: INodeTypeDescription): string[] {
	const found = settings(description).flatMap((values) => {
		const names = description.properties
			.filter((parameter) => isShown(parameter, values, description))
			.map(({ name }) => name);
		return names
			.filter((name, index) => names.indexOf(name) !== index)
			.map((name) => `${name} in ${JSON.stringify(values)}`);
	});
	return [...new Set(found)];
}

/** Parameters that no state of the form shows. */
export function neverShown(description: INodeTypeDescription): string[] {
	const states = settings(description);
	return description.properties
		.filter(({ type }) => type !== 'hidden')
		.filter((parameter) => !states.some((values) => isShown(parameter, values, description)))
		.map(({ name, displayOptions }) => `${name} ${JSON.stringify(displayOptions)}`);
}
