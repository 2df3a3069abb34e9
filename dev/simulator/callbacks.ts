import { randomUUID } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

/** A callback that was posted. */
export interface DeliveredCallback {
	/** As it was requested: without the fragment. */
	url: string;
	params: Record<string, string>;
	/** HTTP status of the answer; 0 if there was none. */
	status: number;
}

/** Twilio gives up on an answer after this many milliseconds. */
const patience = 15_000;

/**
 * Posts signed callbacks and keeps account of them.
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-security
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
export class CallbackSender {
	/** In the order they were answered. */
	readonly delivered: DeliveredCallback[] = [];
	private readonly underWay = new Set<Promise<void>>();
	private readonly closing = new AbortController();
	private lastOf = new Map<string, Promise<void>>();

	/**
	 * @param authToken - key of the signatures
	 * @param onDelivered - told of every callback that was answered or given up
	 */
	constructor(
		private readonly authToken: string,
		private readonly onDelivered: () => void = () => undefined,
	) {}

	/**
	 * Posts in the background.
	 * @param about - SID of the row: callbacks about the same row are posted one after the other
	 * @param parameters - those that are undefined are left out
	 * @param method - with GET the parameters are part of the URL
	 */
	send(about: string, url: string, parameters: Record<string, string | undefined>, method = 'POST'): void {
		const params = Object.fromEntries(
			Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined),
		);
		const before = this.lastOf.get(about) ?? Promise.resolve();
		const sending = before.then(() => this.deliver(url, params, method)).finally(() => this.underWay.delete(sending));
		this.lastOf.set(about, sending);
		this.underWay.add(sending);
	}

	/** Resolves when every callback is answered or given up. */
	async settle(): Promise<void> {
		while (this.underWay.size) await Promise.all(this.underWay);
	}

	/** Abandons what is under way. */
	close(): void {
		this.closing.abort();
	}

	private async deliver(fullUrl: string, params: Record<string, string>, method: string): Promise<void> {
		const [plainUrl = '', fragment] = fullUrl.split('#');
		const isGet = method === 'GET';
		const query = String(new URLSearchParams(params));
		const url = isGet ? `${plainUrl}${plainUrl.includes('?') ? '&' : '?'}${query}` : plainUrl;
		const { count, policy } = retryPolicy(fragment);
		const headers = {
			'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
			'X-Twilio-Signature': getExpectedTwilioSignature(this.authToken, url, isGet ? {} : params),
			// The same on every try, so that a receiver can recognise a repetition.
			'I-Twilio-Idempotency-Token': randomUUID(),
			'User-Agent': 'TwilioProxy/1.1',
		};
		for (let tries = 0; tries <= count; tries++) {
			const status = await this.request(method, url, isGet ? undefined : query, headers);
			this.delivered.push({ url, params, status });
			this.onDelivered();
			if (!isRetried(status, policy)) return;
		}
	}

	private async request(
		method: string,
		url: string,
		body: string | undefined,
		headers: Record<string, string>,
	): Promise<number> {
		try {
			const signal = AbortSignal.any([this.closing.signal, AbortSignal.timeout(patience)]);
			const answer = await fetch(url, { method, headers, body, signal, redirect: 'manual' });
			await answer.arrayBuffer();
			return answer.status;
		} catch {
			return 0;
		}
	}
}

/** Reads `rc` (number of retries, 0 to 5) and `rp` (what is retried) from a URL's fragment. */
function retryPolicy(fragment: string | undefined): { count: number; policy: string[] } {
	const overrides = new URLSearchParams(fragment);
	return {
		count: Math.min(Number(overrides.get('rc') ?? 1) || 0, 5),
		policy: (overrides.get('rp') ?? 'ct').split(','),
	};
}

function isRetried(status: number, policy: string[]): boolean {
	const kinds = status === 0 ? ['ct', 'rt'] : status >= 500 ? ['5xx'] : status >= 400 ? ['4xx'] : [];
	return kinds.some((kind) => policy.includes(kind) || policy.includes('all'));
}
