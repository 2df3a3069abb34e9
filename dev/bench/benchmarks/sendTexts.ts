import { startSimulator, type Simulator } from '../../simulator';
import type { Benchmark, Finding } from '../benchmark';
import { median, spread } from '../figures';
import { openTwilioOverHttps } from '../https/twilioOverHttps';
import { MeasuredN8n, twilioType, type MeasuredRun } from '../measuredN8n';
import type { MeasuredNode } from '../workflows';

/** How far away Twilio is, and what is expected of our node then. */
export interface SendTextsOptions {
	/** Milliseconds until Twilio answers a request. */
	readonly latency: number;
	/** How many times as fast as the built-in node ours should be with its default settings. */
	readonly timesAsFast: number;
	/** How often each node sends all texts. */
	readonly runs: number;
}

type Contestant = 'builtIn' | 'ours' | 'oursOneAtATime';

/** So many that n8n's code has been compiled when it counts. */
const warmUpTexts = 50;

/** The same texts, sent by n8n's built-in Twilio node and by ours, in one n8n, over https with the same certificate. */
export function sendTexts({ latency, timesAsFast, runs }: SendTextsOptions): Benchmark {
	return {
		name: `send-texts-${latency}ms`,
		title: `texts to different recipients with ${latency} ms latency, n8n's own Twilio node and ours`,
		async run({ tarball, quick, log }) {
			const texts = quick ? 100 : 500;
			const results: Record<Contestant, MeasuredRun[]> = { builtIn: [], ours: [], oursOneAtATime: [] };
			const simulator = await startSimulator({ latency });
			const https = await openTwilioOverHttps(simulator);
			try {
				await MeasuredN8n.use({ tarball, env: https.env }, async (n8n) => {
					const contestants = Object.entries(await contestantsOf(n8n, simulator)) as Array<[Contestant, MeasuredNode]>;
					for (const [, node] of contestants) await send(n8n, simulator, node, warmUpTexts);
					for (let run = 0; run < (quick ? 1 : runs); run++) {
						// Each goes first in turn, so that none has the machine in a better state.
						for (const [contestant, node] of run % 2 === 0 ? contestants : [...contestants].reverse()) {
							const result = await send(n8n, simulator, node, texts);
							log(`  ${contestant}: ${texts} texts in ${result.seconds.toFixed(2)} s`);
							results[contestant].push(result);
						}
					}
				});
			} finally {
				await https.close();
				await simulator.close();
			}
			return findings(results, timesAsFast, texts);
		},
	};
}

async function contestantsOf(
	n8n: MeasuredN8n,
	{ account, state }: Simulator,
): Promise<Record<Contestant, MeasuredNode>> {
	const from = state.phoneNumbers[0]?.phone_number ?? '';
	const [to, text] = ['={{ $json.to }}', '=Hello {{ $json.name }}, your order has been shipped.'];
	const ours = {
		type: twilioType,
		parameters: {
			resource: 'message',
			operation: 'send',
			from: { __rl: true, mode: 'id', value: from },
			to,
			body: text,
		},
		credentials: await n8n.ourCredential(account, { region: 'us1' }),
	};
	return {
		builtIn: {
			type: 'n8n-nodes-base.twilio',
			parameters: { resource: 'sms', operation: 'send', from, to, message: text },
			credentials: await n8n.credential('twilioApi', {
				authType: 'authToken',
				accountSid: account.accountSid,
				authToken: account.authToken,
			}),
		},
		ours,
		oursOneAtATime: { ...ours, parameters: { ...ours.parameters, options: { requestsAtOnce: 1 } } },
	};
}

/** Sends texts with one node. @throws Error when not every text was sent once */
async function send(n8n: MeasuredN8n, simulator: Simulator, node: MeasuredNode, texts: number): Promise<MeasuredRun> {
	simulator.reset();
	const result = await n8n.run(
		`Array.from({ length: ${texts} }, (_, index) => ({ to: '+1415555' + (1000 + index), name: 'No. ' + index }))`,
		node,
	);
	const recipients = new Set(simulator.state.messages.map((message) => message.to));
	const { length } = simulator.requests;
	if (result.items.length !== texts || recipients.size !== texts || length !== texts) {
		throw new Error(
			`${texts} texts became ${result.items.length} items, ${length} requests and ${recipients.size} recipients`,
		);
	}
	return result;
}

function findings(results: Record<Contestant, MeasuredRun[]>, timesAsFast: number, texts: number): Finding[] {
	const secondsOf = (contestant: Contestant) => results[contestant].map(({ seconds }) => seconds);
	const factor = (contestant: Contestant) => median(secondsOf('builtIn')) / median(secondsOf(contestant));
	const duration = (contestant: Contestant) => {
		const processorSeconds = median(results[contestant].map((run) => run.processorSeconds));
		const processor = ((processorSeconds / texts) * 1000).toFixed(1);
		return `${spread(secondsOf(contestant), 's')}, processor ${processor} ms a text`;
	};
	return [
		{ what: `${texts} texts, n8n's own node`, measured: duration('builtIn') },
		{ what: `${texts} texts, ours, default settings`, measured: duration('ours') },
		{ what: `${texts} texts, ours, one request at once`, measured: duration('oursOneAtATime') },
		{
			what: 'ours, default settings, is as fast',
			measured: `${factor('ours').toFixed(2)} ×`,
			target: { text: `at least ${timesAsFast} ×`, isMet: factor('ours') >= timesAsFast },
		},
		{
			what: 'ours, one request at once, is as fast',
			measured: `${factor('oursOneAtATime').toFixed(2)} ×`,
			target: { text: 'at least 1 ×', isMet: factor('oursOneAtATime') >= 1 },
		},
	];
}
