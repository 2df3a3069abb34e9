/** Something that goes wrong on demand. The first fault that matches a request is used up by it. */
export interface Fault {
	/** HTTP method, any case; default any. */
	method?: string;
	/** `api`, `messaging`, … or `media` for the origin of media files; default any. */
	product?: string;
	/** Part of the path, or a pattern for it; without query, as in Twilio's own URLs. */
	path?: RegExp | string;
	/** Form values a request must have, for example only one `To`. */
	form?: Record<string, string>;
	/** Query parameters a request must have. */
	query?: Record<string, string>;
	/** Lets this many matching requests pass first; default 0. */
	skip?: number;
	/** How many requests it hits; default 1, `Infinity` allowed. */
	times?: number;
	/** Before or after the server acted (stored the message …); default before. */
	when?: 'before' | 'after';
	/** Answers with this status. 429 and 5xx get Twilio's body unless `body` is given. */
	status?: number;
	body?: unknown;
	/** Headers to add, for example `Retry-After` (seconds). */
	headers?: Record<string, string>;
	/** Destroys the socket instead of answering. */
	destroy?: boolean;
	/** Milliseconds to wait; alone, it only makes the answer late. */
	delay?: number;
	/** Cuts the connection after this many bytes of the body. */
	truncate?: number;
}

/** What faults look at in a request. */
export interface Faultable {
	method: string;
	product: string;
	path: string;
	form: ReadonlyArray<readonly [string, string]>;
	query: ReadonlyArray<readonly [string, string]>;
}

/** The faults that are still to come. */
export class Faults {
	private pending: Array<{ fault: Fault; skip: number; times: number }> = [];

	/** Adds a fault behind those already waiting. */
	add(fault: Fault): void {
		this.pending.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 });
	}

	/** The fault that hits this request, if any; counts it. */
	take(request: Faultable): Fault | undefined {
		for (const entry of this.pending) {
			if (entry.times <= 0 || !matches(entry.fault, request)) continue;
			if (entry.skip-- > 0) continue;
			entry.times--;
			return entry.fault;
		}
		return undefined;
	}

	/** Forgets all faults. */
	clear(): void {
		this.pending = [];
	}
}

function matches({ method, product, path, form, query }: Fault, request: Faultable): boolean {
	return (
		(method === undefined || method.toUpperCase() === request.method) &&
		(product === undefined || product === request.product) &&
		(path === undefined || (typeof path === 'string' ? request.path.includes(path) : request.path.search(path) >= 0)) &&
		hasAll(request.form, form) &&
		hasAll(request.query, query)
	);
}

function hasAll(pairs: Faultable['form'], wanted: Record<string, string> = {}): boolean {
	return Object.entries(wanted).every(([name, value]) => pairs.some(([key, text]) => key === name && text === value));
}
