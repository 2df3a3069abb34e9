/** Whether two types are the same one, and not only fit each other. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/**
 * States what a type is: `expectType(x).toBe<string>()`. It does nothing at run time; `npm run typecheck` fails where it is
 * wrong.
 */
export function expectType<A>(value: A): {
	value: A;
	toBe<B>(...wrong: Same<A, B> extends true ? [] : ['is another type']): void;
} {
	return { value, toBe: () => {} };
}
