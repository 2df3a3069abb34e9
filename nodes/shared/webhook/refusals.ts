import { setLatest } from '../n8n/setLatest';

/** Milliseconds that must pass before the next line about the same node: a flood of forged requests fills no log. */
const quietFor = 60_000;

/** Nodes that are remembered; the one whose line is the oldest is forgotten first. */
const maxNodes = 1000;

/** Characters of a text from outside that a line shows at most. */
const maxShown = 300;

/** Decides which refused requests are worth a line in n8n's log. */
export class Refusals {
	private readonly nodes = new Map<string, { loggedAt: number; unmentioned: number }>();

	/** @param now milliseconds; only tests replace it */
	constructor(private readonly now: () => number = () => Date.now()) {}

	/**
	 * Counts a refused request.
	 *
	 * @param node workflow and node, in one text
	 * @returns how many requests were refused since the last line, if it is time for the next one
	 */
	count(node: string): number | undefined {
		const known = this.nodes.get(node);
		if (known && this.now() - known.loggedAt < quietFor) {
			known.unmentioned++;
			return undefined;
		}
		setLatest(this.nodes, node, { loggedAt: this.now(), unmentioned: 0 }, maxNodes);
		return known?.unmentioned ?? 0;
	}
}

/** A text that others may have written, fit for one line of a log: in quotes, printable, and not long. */
export function shown(text: string): string {
	const printable = text.slice(0, maxShown).replace(/[^\x20-\x7e]/g, '?');
	return JSON.stringify(text.length > maxShown ? `${printable}…` : printable);
}
