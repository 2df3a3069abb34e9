import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { gzipSync } from 'node:zlib';

import { isTooLarge } from '../../../nodes/shared/webhook/requestSize';
import { N8nClient, startN8n, type RunningN8n } from '../../n8n';
import type { Benchmark } from '../benchmark';
import { median, spread } from '../figures';
import { processorSeconds } from '../processorTime';
import { formOf, publish, statusTrigger } from '../webhookTriggers';

/** A request that anybody may send to the status trigger. */
interface Forged {
	readonly what: string;
	readonly query?: string;
	readonly body: Buffer;
	readonly headers?: Readonly<Record<string, string>>;
}

/** Looks like that of Twilio, so that it has to be checked. */
const signature = { 'X-Twilio-Signature': `${'A'.repeat(27)}=` };

const ordinary: Forged = {
	what: 'ordinary forged callback',
	body: Buffer.from(String(new URLSearchParams(formOf('delivered')))),
	headers: signature,
};

const unsigned: Forged = { ...ordinary, what: 'the same without a signature', headers: {} };

/** As many bytes on the wire as an ordinary one, which n8n makes a megabyte of. */
const refused: Forged = {
	what: 'dearest that is refused unread: 1 MB of "&a"',
	body: gzipSync(Buffer.from('&a'.repeat(512 * 1024))),
	headers: { ...signature, 'Content-Encoding': 'gzip' },
};

/** As long as the trigger reads it, and with escapes, and in a URL that can be written in six ways. */
const lookedAt: Forged = {
	what: 'dearest that is looked at: 64 kB in 1,000 pairs',
	query: `'=1${"&a=%7E'".repeat(999)}`,
	body: Buffer.from(Array.from({ length: 1000 }, (_, index) => `%6B${index * 7919}=${'%C3'.repeat(17)}`).join('&')),
	headers: signature,
};

/** The dearest may take this much of the processor's time, as a multiple of the ordinary one. */
const most = 2;

/**
 * What requests of people without a token cost n8n: the processor time of its main process for one request, from the arrival
 * to the 403. Other load on the machine changes it less than the duration.
 */
export const forgedRequests: Benchmark = {
	name: 'forged-requests',
	title: 'processor time of n8n for a request that Twilio has not signed',
	async run({ tarball, quick, log }) {
		const [rounds, requests] = quick ? [2, 10] : [8, 40];
		const n8n = await startN8n({ tarball });
		try {
			const client = new N8nClient(n8n.url);
			await client.ownerSetup();
			const { url } = await publish(client, await statusTrigger(client, randomBytes(16).toString('hex')));
			if (isTooLarge(pathOf(url, lookedAt.query), lookedAt.body))
				throw new Error('The dearest request is not looked at');
			const kinds = [unsigned, ordinary, refused, lookedAt];
			const times = new Map(kinds.map((kind) => [kind, [] as number[]]));
			// By turns, so that none has a quieter machine, and each at every place in the round, since n8n does some of its work
			// later; the first round only compiles n8n's code.
			for (let round = 0; round <= rounds; round++) {
				const first = round % kinds.length;
				for (const kind of [...kinds.slice(first), ...kinds.slice(0, first)]) {
					const milliseconds = await millisecondsFor(n8n, url, kind, requests);
					if (round > 0) times.get(kind)?.push(milliseconds);
				}
				log(`  round ${round} of ${rounds}`);
			}
			const share = (kind: Forged) => median(times.get(kind) ?? []) / median(times.get(ordinary) ?? []);
			return kinds.map((kind) => ({
				what: kind.what,
				measured: `${spread(times.get(kind) ?? [], 'ms', 1)}, ${share(kind).toFixed(2)} times the ordinary one`,
				...([refused, lookedAt].includes(kind) && {
					target: { text: `at most ${most} times`, isMet: share(kind) <= most },
				}),
			}));
		} finally {
			await n8n.close();
		}
	},
};

async function millisecondsFor(n8n: RunningN8n, url: string, forged: Forged, requests: number): Promise<number> {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	const before = await processorSeconds(n8n);
	for (let count = 0; count < requests; count++) await post(url, forged, agent);
	const seconds = (await processorSeconds(n8n)) - before;
	agent.destroy();
	return (seconds * 1000) / requests;
}

function pathOf(url: string, query: string | undefined): string {
	return new URL(url).pathname + (query === undefined ? '' : `?${query}`);
}

/** @throws Error when the answer is not 403: then something else was measured */
async function post(url: string, { query, body, headers }: Forged, agent: Agent): Promise<void> {
	const status = await new Promise<number | undefined>((resolve, reject) => {
		request(
			url,
			{
				method: 'POST',
				// Else Node.js would write the query in its own way.
				path: pathOf(url, query),
				agent,
				headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': body.length, ...headers },
			},
			(answer) => answer.resume().once('end', () => resolve(answer.statusCode)),
		)
			.once('error', reject)
			.end(body);
	});
	if (status !== 403) throw new Error(`A forged request was answered with ${status}`);
}
