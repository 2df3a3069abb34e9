import type { Fault } from '../faults';
import type { Simulator } from '../simulator';
import { channelOf } from '../resources/messageRules';

/** Something the page asked for that cannot be; the message is for people. */
export class Refusal extends Error {}

type Action = (simulator: Simulator, body: Record<string, unknown>) => object;

const address = /^((whatsapp|messenger|rcs):)?\+?[\w.-]{3,64}$/;

const faults: Record<string, Fault> = {
	tooManyRequests: { status: 429, headers: { 'Retry-After': '1' } },
	serverError: { status: 503 },
	lostAnswer: { when: 'after', destroy: true },
};

function text(body: Record<string, unknown>, name: string): string {
	const value = body[name] ?? '';
	if (typeof value !== 'string') throw new Refusal(`${name} must be text`);
	return value.trim();
}

/** Sender and recipient of something that comes from outside. */
function ends({ state }: Simulator, body: Record<string, unknown>, ability: 'sms' | 'voice') {
	const from = text(body, 'from');
	const to = text(body, 'to');
	const isOwn =
		state.phoneNumbers.some((row) => row.phone_number === to && row.capabilities[ability]) ||
		(ability === 'sms' && state.channelSenders.some((row) => row.sender_id === to));
	if (!isOwn) throw new Refusal(`${to || 'This'} is no number of the account for this`);
	if (!address.test(from)) throw new Refusal('From must be a number such as +14155559999');
	if (channelOf(from) !== channelOf(to))
		throw new Refusal('From and To must be of the same channel, such as whatsapp:');
	return { from, to };
}

/** What the page can make happen: path → action. */
export const actions: Record<string, Action | undefined> = {
	'/simulator/messages'(simulator, body) {
		const content = text(body, 'body');
		if (!content) throw new Refusal('The message needs a text');
		const { sid } = simulator.receive({ ...ends(simulator, body, 'sms'), body: content });
		return { sid };
	},
	'/simulator/calls'(simulator, body) {
		const { sid } = simulator.call({ ...ends(simulator, body, 'voice'), status: 'ringing' });
		return { sid };
	},
	'/simulator/faults'(simulator, body) {
		const name = text(body, 'fault');
		const fault = faults[name];
		if (!fault) throw new Refusal(`${name} is none of ${Object.keys(faults).join(', ')}`);
		simulator.fault(fault);
		return { fault: name };
	},
};
