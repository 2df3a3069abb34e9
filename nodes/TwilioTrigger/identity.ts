import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { normalizePhoneNumber } from '../shared/fields/phoneNumber';
import { onActivation } from './fields';
import type { PollParameters, PollSource } from './pollSource';

/** The time from which a source is to emit what there is already; a filter, but one that only says where to begin. */
const beginning = 'startDate';

/** A source's parameters as they were read. */
export type SourceParameters = PollParameters<[], [], []> & { filters: IDataObject; options: IDataObject };

/**
 * What makes a stream of rows another one: fields and filters, and the options that are not at their default, since one that
 * is added with its default changes nothing. A time counts as it was typed: an expression that computes one would begin a new
 * stream at each poll.
 */
export function identityOf(
	context: IPollFunctions,
	source: PollSource,
	{ filters, options, ...fields }: SourceParameters,
): unknown {
	const times = source.filters.filter(({ type }) => type === 'dateTime').map(({ name }) => name);
	const defaults = Object.fromEntries(
		[...(source.options ?? []), onActivation].map((each) => [each.name, each.default]),
	);
	const chosen = Object.entries(options).filter(
		([name, value]) => name !== onActivation.name && value !== defaults[name],
	);
	const filtering = Object.entries(filters).filter(([name]) => name !== beginning);
	return [...Object.entries(fields), ...filtering, ...chosen]
		.map(([name, value]) => [name, times.includes(name) ? typedTime(context, name) : sameForSame(value)])
		.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}

/** The start date as it was typed, where there is one. */
export function typedBeginning(context: IPollFunctions, { filters }: SourceParameters): string | undefined {
	return filters[beginning] === undefined ? undefined : typedTime(context, beginning);
}

function typedTime(context: IPollFunctions, name: string): string {
	const typed = context.getNodeParameter('filters', {}, { rawExpressions: true }) as IDataObject | string;
	const text = String(typeof typed === 'string' ? typed : typed[name]).replace(/^=/, '');
	// A date and a time may be parted by a blank as well as by a "T"; other white space says nothing.
	return text
		.trim()
		.replace(/^([\d-]+)\s+(?=\d)/, '$1T')
		.replace(/\s/g, '');
}

/** Of several chosen values, which were chosen counts, not in what order; and of a phone number, its digits. */
function sameForSame(value: unknown): unknown {
	if (typeof value === 'string') return normalizePhoneNumber(value);
	return Array.isArray(value) ? [...(value as unknown[])].sort() : value;
}
