import { startSimulator, type Simulator } from '../simulator';
import type { BenchmarkSetup, Finding } from './benchmark';
import { megabyte, spread } from './figures';
import { MeasuredN8n, twilioType } from './measuredN8n';

/** What is downloaded: the node's parameters, and how the account gets such files, one input item each. */
interface FileKind {
	readonly parameters: Readonly<Record<string, unknown>>;
	create(simulator: Simulator, size: number): Readonly<Record<string, string>>;
}

const kinds = {
	media: {
		parameters: {
			resource: 'media',
			operation: 'download',
			messageSid: { __rl: true, mode: 'id', value: '={{ $json.message }}' },
			mediaSid: '={{ $json.media }}',
		},
		create(simulator, size) {
			const [to = ''] = simulator.state.phoneNumbers.map((row) => row.phone_number);
			const media = [{ contentType: 'video/mp4', content: { size } }];
			const { sid } = simulator.receive({ from: '+14155550100', to, media });
			return { message: sid, media: simulator.state.media.at(-1)?.sid ?? '' };
		},
	},
	recording: {
		parameters: {
			resource: 'recording',
			operation: 'download',
			recordingSid: { __rl: true, mode: 'id', value: '={{ $json.recording }}' },
			format: 'wav',
		},
		create: (simulator, size) => ({ recording: simulator.record({ content: { size } }).sid }),
	},
} as const satisfies Record<string, FileKind>;

/** Files that are downloaded in one execution. */
export interface Downloads {
	readonly kind: keyof typeof kinds;
	readonly files: number;
	/** Bytes of each. */
	readonly size: number;
	/** By how many bytes n8n's memory may grow. */
	readonly allowedGrowth: number;
}

/** Downloads files with our node, several times over, and reports by how much n8n's memory grew. */
export async function measureDownloads(
	{ kind, files, size, allowedGrowth }: Downloads,
	{ tarball, quick, log }: BenchmarkSetup,
): Promise<Finding[]> {
	const simulator = await startSimulator();
	try {
		return await MeasuredN8n.use({ tarball }, async (n8n) => {
			const download = {
				type: twilioType,
				parameters: kinds[kind].parameters,
				credentials: await n8n.ourCredential(simulator.account, { region: 'custom', baseUrl: simulator.baseUrl }),
			};
			// Whatever is loaded with the first download belongs to n8n, not to the file.
			await n8n.run(JSON.stringify([kinds[kind].create(simulator, 1000)]), download);

			const itemsCode = JSON.stringify(Array.from({ length: files }, () => kinds[kind].create(simulator, size)));
			const growths: number[] = [];
			const seconds: number[] = [];
			for (let run = 0; run < (quick ? 1 : 3); run++) {
				const growth = await n8n.peakMemoryGrowth(async () => {
					const result = await n8n.run(itemsCode, download);
					const complete = result.items.filter(({ json }) => json.fileSize === size);
					if (complete.length !== files) throw new Error(`${complete.length} of ${files} files are complete`);
					seconds.push(result.seconds);
				});
				log(`  memory grew by ${(growth / megabyte).toFixed(0)} MB`);
				growths.push(growth / megabyte);
			}
			return [
				{
					what: "growth of n8n's memory at its peak",
					measured: `${growths.map((growth) => growth.toFixed(0)).join(', ')} MB`,
					target: {
						text: `below ${allowedGrowth / megabyte} MB, every time`,
						isMet: growths.every((growth) => growth < allowedGrowth / megabyte),
					},
				},
				{ what: 'time', measured: spread(seconds, 's') },
			];
		});
	} finally {
		await simulator.close();
	}
}
