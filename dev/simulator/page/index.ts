import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { json } from '../answerRequest';
import type { Simulator } from '../simulator';
import type { RawRequest, Reply } from '../server';
import { actions, Refusal } from './actions';
import { LiveFeed } from './liveFeed';
import { viewOf } from './view';

/** The simulator's own page and the endpoints it uses. They are none of Twilio's: `simulator` is no product. */
export interface Page {
	/** Answers a request, unless it is one for Twilio. */
	answer(request: RawRequest): Reply | undefined;
	/** Tells open pages that something may have changed. */
	changed(): void;
}

const files: Record<string, { name: string; type: string }> = {
	'/': { name: 'page.html', type: 'text/html' },
	'/simulator/page.js': { name: 'page.js', type: 'text/javascript' },
	'/simulator/page.css': { name: 'page.css', type: 'text/css' },
};

/** Nothing from elsewhere, and nowhere else: neither scripts nor frames. */
const protection = {
	'Content-Security-Policy': "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'",
	'Cache-Control': 'no-store',
	'X-Content-Type-Options': 'nosniff',
};

/** The page of a simulator. */
export function createPage(simulator: Simulator): Page {
	const feed = new LiveFeed(() => viewOf(simulator));
	return {
		answer(request) {
			const { method, path } = request;
			// Browsers ask for an icon unasked; that is no request to Twilio.
			if (path === '/favicon.ico') return { status: 204, headers: {}, content: null };
			if (path !== '/' && !path.startsWith('/simulator/')) return undefined;
			if (!isFromHere(request)) return json(403, { message: "Only the simulator's own page may ask this" });
			const file = files[path];
			if (method === 'GET' && file) {
				return {
					status: 200,
					headers: { ...protection, 'Content-Type': `${file.type}; charset=utf-8` },
					content: readFileSync(join(__dirname, file.name)),
				};
			}
			if (method === 'GET' && path === '/simulator/events') {
				return { status: 200, headers: { ...protection, 'Content-Type': 'text/event-stream' }, content: feed.open() };
			}
			const action = method === 'POST' ? actions[path] : undefined;
			if (!action) return json(404, { message: `${method} ${path} is nothing the simulator has` });
			return perform(() => action(simulator, (request.json ?? {}) as Record<string, unknown>));
		},
		changed: () => feed.changed(),
	};
}

/**
 * Whether a request comes from the page itself or from a program on this machine, not from another website. A name
 * other than localhost could belong to somebody else who lets it point here; browsers tell the origin themselves.
 */
function isFromHere({ method, path, headers }: RawRequest): boolean {
	const { host = '', origin, 'sec-fetch-site': site = 'none' } = headers;
	const isLocal = /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host);
	// A link to the page may stand anywhere.
	const isLink = method === 'GET' && path === '/' && headers['sec-fetch-mode'] === 'navigate';
	return (
		isLocal &&
		(origin === undefined || origin === `http://${host}`) &&
		(isLink || site === 'same-origin' || site === 'none')
	);
}

function perform(action: () => object): Reply {
	try {
		return json(201, action());
	} catch (error) {
		if (error instanceof Refusal) return json(400, { message: error.message });
		throw error;
	}
}
