import type { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';

type DeepReadonly<T> =
	T extends ReadonlyArray<infer E>
		? ReadonlyArray<DeepReadonly<E>>
		: T extends object
			? { readonly [K in keyof T]: DeepReadonly<T[K]> }
			: T;

/** A parameter as n8n describes it. Written as literals (`as const satisfies Field`), so that its type is known. */
export type Field = DeepReadonly<INodeProperties>;

export type Fields = readonly Field[];

/**
 * The value that `readParameters` gives for a field that is shown: its default when the user emptied it, and `undefined`
 * where it has none that says something. Texts, locators and JSON are then empty texts, and lists empty lists.
 */
export type ValueOf<F> = F extends { type: 'boolean' }
	? OrAbsent<F, boolean>
	: F extends { type: 'number' }
		? OrAbsent<F, number>
		: F extends { type: 'dateTime' }
			? F extends { required: true }
				? DateTime
				: DateTime | undefined
			: F extends { type: 'options'; options: ReadonlyArray<{ value: infer V }> }
				? OrAbsent<F, V>
				: F extends { type: 'multiOptions'; options: ReadonlyArray<{ value: infer V }> }
					? V[]
					: F extends { type: 'collection'; options: infer O extends Fields }
						? Partial<ParametersOf<O>>
						: F extends { type: 'fixedCollection'; options: infer O extends readonly unknown[] }
							? { [G in O[number] as GroupName<G>]?: Array<ParametersOf<GroupFields<G>>> }
							: string;

/** A value that is there: the field is required, or its default is such a value. */
type OrAbsent<F, V> = F extends { required: true } | { default: Exclude<V, ''> } ? V : V | undefined;

type GroupName<G> = G extends { name: infer N extends string } ? N : never;
type GroupFields<G> = G extends { values: infer V extends Fields } ? V : never;

/** The parameters of a list of fields. A field that is shown only under a condition may be absent. */
export type ParametersOf<F extends Fields> = {
	[P in F[number] as P['name']]: P extends { displayOptions: unknown } ? ValueOf<P> | undefined : ValueOf<P>;
};
