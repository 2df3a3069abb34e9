import type { TwilioCredentials } from '../api/credentials';
import { setLatest } from '../n8n/setLatest';

/** Milliseconds for which credentials serve further callbacks; a token that was taken out of them is let in that much longer. */
const lifetime = 5000;

/** Nodes that are remembered; the one that was let in longest ago is forgotten first. */
const maxNodes = 1000;

/**
 * The credentials by which a node's latest callback was let in. n8n takes longer to read credentials than for anything
 * else on the way to the answer, and Twilio's callbacks come in bursts. They only ever let in: before a request is
 * refused, the credentials are read anew.
 */
export class RecentCredentials {
	private readonly nodes = new Map<string, { credentials: TwilioCredentials; until: number }>();

	/** @param now milliseconds; only tests replace it */
	constructor(private readonly now: () => number = () => Date.now()) {}

	/** @param node workflow, node and credential, in one text */
	get(node: string): TwilioCredentials | undefined {
		const known = this.nodes.get(node);
		return known && this.now() < known.until ? known.credentials : undefined;
	}

	set(node: string, credentials: TwilioCredentials): void {
		setLatest(this.nodes, node, { credentials, until: this.now() + lifetime }, maxNodes);
	}
}
