import type { IDataObject } from 'n8n-workflow';

import type { TwilioClient } from '../api/client';
import type { TwilioParameters } from '../api/parameters';
import type { Fields, ParametersOf } from '../fields/field';
import type { ListDate } from './listDate';

/** What tells where Twilio's lists are. */
export type TwilioUrls = Pick<TwilioClient, 'account' | 'product'>;

/**
 * A list of Twilio's: what it takes and what it gives. The operation "Get Many", the event of the polling trigger and the
 * dropdown of the same list take it from here.
 */
export interface TwilioList<F extends Fields = Fields, D extends string = string> {
	url(twilio: TwilioUrls): string;
	/** What Twilio can filter the list by, beside dates, as fields of a collection. */
	filters: F;
	/** Those filters under Twilio's names; what the user has not added is `undefined`. */
	query(filters: Partial<ParametersOf<F>>): TwilioParameters;
	/** The dates of a row, and how Twilio filters by them. */
	dates: Readonly<Record<D, ListDate>>;
	/** A row in a few words, for a dropdown. */
	label(row: IDataObject): string;
}

/** Describes a list; the types of its filters follow from its fields. */
export function defineList<const F extends Fields, const D extends string>(list: TwilioList<F, D>): TwilioList<F, D> {
	return list;
}

/** Describes a list that Twilio does not filter, or whose filters nothing here needs. */
export function definePlainList(list: Pick<TwilioList, 'url' | 'label'>): TwilioList<readonly [], never> {
	return { ...list, filters: [], query: () => ({}), dates: {} };
}

/** Twilio's names of the filters by date. */
export function dateParameters({ dates }: TwilioList): string[] {
	return Object.values(dates).flatMap(({ from, until }) => [from, until].flatMap((bound) => bound?.parameter ?? []));
}
