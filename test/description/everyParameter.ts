import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

/** A parameter at any depth, with what it takes to judge it. */
export interface Located {
	parameter: INodeProperties;
	/** For messages: names from the top, and where a top-level parameter is shown. */
	path: string;
	/** The parameters it stands next to, itself included. */
	siblings: INodeProperties[];
}

/** Entries of `options` that the user picks a value from. */
export function choices(parameter: INodeProperties): INodePropertyOptions[] {
	if (parameter.type !== 'options' && parameter.type !== 'multiOptions') return [];
	return (parameter.options ?? []) as INodePropertyOptions[];
}

/** The groups of a fixed collection. */
export function groups(parameter: INodeProperties): INodePropertyCollection[] {
	if (parameter.type !== 'fixedCollection') return [];
	return (parameter.options ?? []) as INodePropertyCollection[];
}

/** The parameters that can be added to a collection. */
export function collected(parameter: INodeProperties): INodeProperties[] {
	if (parameter.type !== 'collection') return [];
	return (parameter.options ?? []) as INodeProperties[];
}

/** All parameters, and those inside collections. */
export function everyParameter(parameters: INodeProperties[], above = ''): Located[] {
	return parameters.flatMap((parameter) => {
		const path = above ? `${above}.${parameter.name}` : `${parameter.name}${place(parameter)}`;
		return [
			{ parameter, path, siblings: parameters },
			...everyParameter(collected(parameter), path),
			...groups(parameter).flatMap((group) => everyParameter(group.values, `${path}.${group.name}`)),
		];
	});
}

function place({ displayOptions }: INodeProperties): string {
	const { resource, operation } = displayOptions?.show ?? {};
	const places = [resource, operation].filter(Boolean).map(String);
	return places.length > 0 ? ` (${places.join(' ')})` : '';
}
