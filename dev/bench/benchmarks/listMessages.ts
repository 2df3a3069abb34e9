import { startSimulator } from '../../simulator';
import type { Benchmark } from '../benchmark';
import { spread } from '../figures';
import { MeasuredN8n, twilioType } from '../measuredN8n';

const messages = 10_000;
const expectedRequests = 10;

/** A long list takes as few requests as Twilio's largest page allows. */
export const listMessages: Benchmark = {
	name: 'list-messages',
	title: `list ${messages} messages`,
	async run({ tarball, quick }) {
		const simulator = await startSimulator();
		try {
			const [to = ''] = simulator.state.phoneNumbers.map((row) => row.phone_number);
			for (let index = 0; index < messages; index++) {
				simulator.receive({ from: '+14155550100', to, body: `Message ${index}` });
			}
			return await MeasuredN8n.use({ tarball }, async (n8n) => {
				const list = {
					type: twilioType,
					parameters: { resource: 'message', operation: 'getAll', returnAll: true },
					credentials: await n8n.ourCredential(simulator.account, { region: 'custom', baseUrl: simulator.baseUrl }),
				};
				const seconds: number[] = [];
				const requests = new Set<number>();
				for (let run = 0; run < (quick ? 1 : 3); run++) {
					simulator.requests.length = 0;
					const result = await n8n.run('[{}]', list);
					if (result.items.length !== messages) throw new Error(`The list has ${result.items.length} messages`);
					seconds.push(result.seconds);
					requests.add(simulator.requests.length);
				}
				return [
					{
						what: 'requests',
						measured: [...requests].join(' or '),
						target: {
							text: String(expectedRequests),
							isMet: [...requests].every((count) => count === expectedRequests),
						},
					},
					{ what: 'time', measured: spread(seconds, 's') },
				];
			});
		} finally {
			await simulator.close();
		}
	},
};
