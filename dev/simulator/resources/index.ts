import type { Resource, World } from '../resource';
import type { Happenings, Seed, State } from '../state';
import { accounts } from './accounts';
import { alerts } from './alerts';
import { applications } from './applications';
import { availablePhoneNumbers } from './availablePhoneNumbers';
import { calls } from './calls';
import { channelSenders } from './channelSenders';
import { contentTemplates, contentTemplatesV2 } from './contentTemplates';
import { lookups } from './lookups';
import { media } from './media';
import { messages } from './messages';
import { messagingServices } from './messagingServices';
import { outgoingCallerIds } from './outgoingCallerIds';
import { phoneNumbers } from './phoneNumbers';
import { recordings } from './recordings';
import { transcriptions } from './transcriptions';
import { verifications } from './verifications';

/** A resource is one file and one line here. In this order they advance: a recording is processed a step after its call. */
const all = [
	accounts,
	messages,
	media,
	transcriptions,
	recordings,
	calls,
	alerts,
	phoneNumbers,
	availablePhoneNumbers,
	outgoingCallerIds,
	applications,
	messagingServices,
	channelSenders,
	contentTemplates,
	contentTemplatesV2,
	lookups,
	verifications,
] as const satisfies readonly Resource[];

/** Table of contents: what the simulator can answer. */
export const resources: readonly Resource[] = all;

type One = (typeof all)[number];
type StatePart<R> = R extends { state: (seed: Seed) => infer Part } ? Part : never;
type HappeningsPart<R> = R extends { happenings: infer Part } ? Part : never;
type Together<Union> = (Union extends unknown ? (part: Union) => void : never) extends (whole: infer All) => void
	? All
	: never;

/** The state of a fresh account. That no resource forgets what it declares, the compiler sees here. */
export function createState(seed: Seed): State {
	return Object.assign({}, ...resources.map(({ state }) => state?.(seed))) as Together<StatePart<One>>;
}

/** What can happen in this world without a request; `then` is called after each. */
export function happeningsIn(world: World, then: () => void): Happenings {
	const acts: Required<NonNullable<Resource['happenings']>> = Object.assign(
		{},
		...resources.map(({ happenings }) => happenings),
	) as Together<HappeningsPart<One>>;
	const inWorld = Object.entries(acts).map(([name, happen]) => [
		name,
		(thing: never) => {
			const row: unknown = happen(world, thing);
			then();
			return row;
		},
	]);
	return Object.fromEntries(inWorld) as Happenings;
}
