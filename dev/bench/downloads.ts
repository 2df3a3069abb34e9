import { startSimulator, type Simulator } from '../simulator';
import type { BenchmarkSetup, Finding } from './benchmark';
import { megabyte, spread } from './figures';
import { MeasuredN8n, twilioType } from './measuredN8n';

/** Files that are downloaded in one execution. */
export interface Downloads {
	readonly files: number;
	/** Bytes of each. */
	readonly size: number;
	/** By how many bytes n8n's memory may grow. */
	readonly allowedGrowth: number;
}

/** Downloads media files with our node, several times over, and reports by how much n8n's memory grew. */
export async function measureDownloads(
	{ files, size, allowedGrowth }: Downloads,
	{ tarball, quick, log }: BenchmarkSetup,
): Promise<Finding[]> {
	const simulator = await startSimulator();
	try {
		return await MeasuredN8n.use({ tarball }, async (n8n) => {
			const download = {
				type: twilioType,
				parameters: {
					resource: 'media',
					operation: 'download',
					messageSid: { __rl: true, mode: 'id', value: '={{ $json.message }}' },
					mediaSid: '={{ $json.media }}',
				},
				credentials: await n8n.ourCredential(simulator.account, { region: 'custom', baseUrl: simulator.baseUrl }),
			};
			// Whatever is loaded with the first download belongs to n8n, not to the file.
			await n8n.run(JSON.stringify(receiveFiles(simulator, 1, 1000)), download);

			const itemsCode = JSON.stringify(receiveFiles(simulator, files, size));
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

/** Messages with one file each; all files share their bytes. */
function receiveFiles(simulator: Simulator, files: number, size: number): Array<{ message: string; media: string }> {
	const content = Buffer.alloc(size, 'n8n-nodes-twilio');
	const [to = ''] = simulator.state.phoneNumbers.map((row) => row.phone_number);
	return Array.from({ length: files }, () => {
		const { sid } = simulator.receive({ from: '+14155550100', to, media: [{ contentType: 'video/mp4', content }] });
		return { message: sid, media: simulator.state.media.at(-1)?.sid ?? '' };
	});
}
