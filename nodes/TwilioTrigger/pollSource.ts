import type { TwilioClient } from '../shared/api/client';
import type { Fields, ParametersOf } from '../shared/fields/field';
import type { DatedList, UndatedList } from './engine/list';

/** What a source works with. */
export interface PollCall<P> {
	parameters: P;
	twilio: TwilioClient;
}

/** The fields, filters and options of a source. */
export type PollParameters<L extends Fields, O extends Fields, F extends Fields> = ParametersOf<F> & {
	filters: Partial<ParametersOf<L>>;
	options: Partial<ParametersOf<O>>;
};

export interface PollSourceDefinition<L extends Fields, O extends Fields, F extends Fields> {
	/** As in the selector: "New Message". */
	name: string;
	/** As stored in workflows; never changes once released. */
	value: string;
	description: string;
	/** What one row is, for messages to people: "message". */
	noun: string;
	/** What is chosen in any case, and has a default; another choice is another stream of rows, as with filters. */
	fields?: F;
	/** What may be added to see fewer rows. */
	filters: L;
	/** Options beside those that all events have. */
	options?: O;
	watch(call: PollCall<PollParameters<L, O, F>>): DatedList | UndatedList;
}

/** Any source, as the node sees it: with fields whose names it does not know. */
export type PollSource = Omit<PollSourceDefinition<Fields, Fields, readonly []>, 'fields'> & { fields?: Fields };

/** Declares an event of the trigger; its parameters' types follow from its fields. */
export function definePollSource<
	const L extends Fields,
	const O extends Fields = readonly [],
	const F extends Fields = readonly [],
>(definition: PollSourceDefinition<L, O, F>): PollSource {
	return definition as unknown as PollSource;
}
