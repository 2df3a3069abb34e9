import type { INodeParameters } from 'n8n-workflow';

import type { NewRecording, RecordingRow } from '../../../../dev/simulator/resources/recordings';
import { systemClock } from '../../../../nodes/shared/api/retry';
import { Twilio } from '../../../../nodes/Twilio/Twilio.node';
import { recordingRow } from '../../../../nodes/Twilio/resources/recording/row';
import { sampleSid } from '../../../shared/api/sampleCredentials';
import { keepBinaryDataInFiles, readBinaryData } from '../../../support/n8n';
import { ownNumber, useSimulatedTwilio } from '../../simulatedTwilio';

const twilio = useSimulatedTwilio();

const sound = Buffer.from([0, 255, 1, 254, 13, 10, 128]);

const record = (recording: NewRecording = {}): RecordingRow =>
	twilio.simulator.record({ content: sound, ...recording });

const download = async ({ sid }: { sid: string }, parameters: INodeParameters = {}) =>
	await twilio.run('recording.download', { recordingSid: sid, ...parameters });

describe('get', () => {
	it('gives a simple row, or all of it', async () => {
		const row = record({ channels: 2 });
		const { json } = await twilio.run('recording.get', { recordingSid: row.sid });
		expect(Object.keys(json[0] ?? {})).toEqual([...recordingRow]);
		expect(json[0]).toMatchObject({ sid: row.sid, channels: 2, duration: '15' });
		expect((await twilio.run('recording.get', { recordingSid: row.sid, simplify: false })).json).toEqual([
			{ ...row, media_url: expect.stringContaining(row.sid) },
		]);
	});
});

describe('get many', () => {
	const listed = async (filters: INodeParameters, more: INodeParameters = {}) => {
		const { json, error } = await twilio.run(
			'recording.getAll',
			{ filters, ...more },
			{ settings: { timezone: 'UTC' } },
		);
		expect(error).toBeUndefined();
		return json.map(({ sid }) => sid);
	};

	it('gives simple rows up to the limit, newest first', async () => {
		const [first, second, third] = [1, 2, 3].map((day) => record({ dateCreated: new Date(`2026-11-0${day}`) }));
		expect(await listed({}, { limit: 2 })).toEqual([third?.sid, second?.sid]);
		expect(await listed({}, { returnAll: true })).toEqual([third?.sid, second?.sid, first?.sid]);
		const { json } = await twilio.run('recording.getAll');
		expect(Object.keys(json[0] ?? {})).toEqual([...recordingRow]);
	});

	it('filters by call and by conference', async () => {
		const { sid: callSid } = twilio.simulator.call({ from: '+14155550111', to: ownNumber });
		const conferenceSid = sampleSid('CF');
		const [ofCall, ofConference] = [record({ callSid }), record({ conferenceSid }), record()];
		expect(await listed({ callSid: { __rl: true, mode: 'id', value: callSid } })).toEqual([ofCall?.sid]);
		expect(await listed({ conferenceSid })).toEqual([ofConference?.sid]);
	});

	it('filters by time to the second, from its beginning to before its end', async () => {
		const rows = ['09:59:59', '10:00:00', '10:59:59', '11:00:00'].map((time) =>
			record({ dateCreated: new Date(`2026-11-20T${time}Z`) }),
		);
		const [createdAfter, createdBefore] = ['2026-11-20T10:00:00', '2026-11-20T11:00:00'];
		const newestFirst = rows.map(({ sid }) => sid).reverse();
		expect(await listed({ createdAfter, createdBefore })).toEqual(newestFirst.slice(1, 3));
		expect(await listed({ createdAfter })).toEqual(newestFirst.slice(0, 3));
		expect(await listed({ createdBefore })).toEqual(newestFirst.slice(1));
	});

	it('leaves out what was deleted, unless the user wants it', async () => {
		const { sid } = record();
		await twilio.run('recording.delete', { recordingSid: sid });
		expect(await listed({})).toEqual([]);
		expect(await listed({ includeSoftDeleted: false })).toEqual([]);
		expect(await listed({ includeSoftDeleted: true })).toEqual([sid]);
	});
});

describe('delete', () => {
	it('gives the SID of what is gone', async () => {
		const { sid } = record();
		expect((await twilio.run('recording.delete', { recordingSid: sid })).json).toEqual([{ sid, deleted: true }]);
		expect((await twilio.run('recording.get', { recordingSid: sid })).error).toMatchObject({ httpCode: '404' });
	});

	it('is refused by Twilio before it is completed', async () => {
		const { error } = await twilio.run('recording.delete', { recordingSid: record({ status: 'processing' }).sid });
		expect(error).toMatchObject({ context: { data: { code: 20009 } } });
	});
});

describe.each(['in the item', 'in files'])('download, binary data kept %s', (where) => {
	let goBack = async () => {};
	beforeAll(async () => {
		if (where === 'in files') goBack = await keepBinaryDataInFiles();
	});
	afterAll(async () => await goBack());

	it.each([
		['mp3', 'audio/mpeg'],
		['wav', 'audio/x-wav'],
	])('gives the bytes of an %s file, and the facts as json', async (format, mimeType) => {
		const row = record();
		const { outputs, error } = await download(row, { format, binaryPropertyName: 'sound' });
		expect(error).toBeUndefined();
		const { json, binary, pairedItem } = outputs[0]?.[0] ?? {};
		const fileName = `${row.sid}.${format}`;
		expect(json).toEqual({ sid: row.sid, fileName, mimeType, fileSize: sound.length });
		expect(Object.keys(binary ?? {})).toEqual(['sound']);
		expect(binary?.sound).toMatchObject({ fileName, mimeType, fileExtension: format });
		expect(await readBinaryData(binary?.sound)).toEqual(sound);
		expect(pairedItem).toEqual({ item: 0 });
		expect(twilio.simulator.requests.at(-1)?.path).toMatch(new RegExp(`/Recordings/${fileName}$`));
	});
});

describe('download', () => {
	it('is an MP3 with the channels of the recording unless told otherwise', async () => {
		const { json } = await download(record({ channels: 2 }));
		expect(json).toMatchObject([{ mimeType: 'audio/mpeg' }]);
		expect(twilio.simulator.requests.at(-1)?.query).toEqual([]);
	});

	it.each([
		['mono', '1', 1],
		['dual', '2', 2],
	] as const)('takes a recording of two channels as %s', async (channels, requested, count) => {
		const row = twilio.simulator.record({ channels: 2, duration: 1 });
		const { outputs, error } = await download(row, { format: 'wav', options: { channels } });
		expect(error).toBeUndefined();
		expect(twilio.simulator.requests.at(-1)?.query).toEqual([['RequestedChannels', requested]]);
		// The number of channels, as a WAV file's header has it.
		expect((await readBinaryData(outputs[0]?.[0]?.binary?.data)).readUInt16LE(22)).toBe(count);
	});

	it('explains why a mono recording has no second channel', async () => {
		const { error, outputs } = await download(record(), { options: { channels: 'dual' } });
		expect(error).toMatchObject({ httpCode: '400', context: { data: { code: 16113 } } });
		expect(error?.description).toContain('The recording is mono, so it has no second channel.');
		expect(outputs).toEqual([]);
	});

	describe('of a recording that is not ready', () => {
		const waits = () => jest.mocked(systemClock.sleep).mock.calls.map(([milliseconds]) => milliseconds);
		beforeEach(() => jest.mocked(systemClock.sleep).mockReset().mockResolvedValue());
		afterEach(() => jest.mocked(systemClock.sleep).mockReset().mockResolvedValue());

		it.each(['in-progress', 'paused', 'stopped', 'processing'] as const)(
			'waits 1, 2 and 4 seconds, and then says so: %s',
			async (status) => {
				const { error, outputs } = await download(record({ status }));
				expect(waits()).toEqual([1000, 2000, 4000]);
				expect(error?.message).toBe(`The recording is not ready yet (${status})`);
				expect(error?.description).toContain('Download it once its status is "completed"');
				expect(outputs).toEqual([]);
				expect(twilio.simulator.requests.map(({ operationId }) => operationId)).toEqual(
					Array<string>(4).fill('FetchRecording'),
				);
			},
		);

		it('gives the file when it becomes ready in the meantime', async () => {
			const row = record({ status: 'processing' });
			jest
				.mocked(systemClock.sleep)
				.mockResolvedValueOnce()
				.mockImplementationOnce(async () => await twilio.simulator.advance());
			const { outputs } = await download(row);
			expect(waits()).toEqual([1000, 2000]);
			expect(await readBinaryData(outputs[0]?.[0]?.binary?.data)).toEqual(sound);
		});

		it('does not wait for one that never will be: absent', async () => {
			const { error } = await download(record({ status: 'absent' }));
			expect(error?.message).toBe('There is nothing to download: the recording is absent');
			expect(waits()).toEqual([]);
		});
	});

	it('fails for a recording that is not there, and saves no error page', async () => {
		const { error, outputs } = await download({ sid: sampleSid('RE') });
		expect(error).toMatchObject({ httpCode: '404', context: { data: { code: 20404 } } });
		expect(outputs).toEqual([]);
	});

	it.each([
		['a document instead of the sound', { status: 200, body: { message: 'expired' } }, 'no media file but a document'],
		['an error', { status: 404, body: { code: 20404, message: 'Gone', status: 404 } }, 'Gone'],
		['half a file, time and again', { truncate: 3, times: Infinity }, 'was lost'],
	])('fails, and saves nothing, for %s', async (_, fault, message) => {
		const row = record();
		twilio.simulator.fault({ path: '.mp3', ...fault });
		const { error, outputs } = await download(row);
		expect(error?.message).toContain(message);
		expect(outputs).toEqual([]);
	});

	it('knows the kind of file also where the server does not say it', async () => {
		const row = record();
		twilio.simulator.fault({ path: '.mp3', headers: { 'Content-Type': 'binary/octet-stream' } });
		const { json, outputs } = await download(row);
		expect(json).toMatchObject([{ fileName: `${row.sid}.mp3`, mimeType: 'audio/mpeg' }]);
		expect(await readBinaryData(outputs[0]?.[0]?.binary?.data)).toEqual(sound);
	});

	it('gives the whole file after a try that broke off', async () => {
		const row = record();
		twilio.simulator.fault({ path: '.mp3', truncate: 3 });
		const { outputs } = await download(row);
		expect(await readBinaryData(outputs[0]?.[0]?.binary?.data)).toEqual(sound);
	});

	it('hands the sound to n8n as a stream, never as a buffer', async () => {
		const node = new Twilio();
		const { execute } = node;
		const handedOver: unknown[] = [];
		node.execute = async function () {
			const { prepareBinaryData } = this.helpers;
			this.helpers.prepareBinaryData = async (content, ...rest) => {
				handedOver.push(content);
				return await prepareBinaryData(content, ...rest);
			};
			return await execute.call(this);
		};
		const { error } = await twilio.run('recording.download', { recordingSid: record().sid }, { node });
		expect(error).toBeUndefined();
		expect(handedOver).toEqual([expect.objectContaining({ pipe: expect.any(Function) })]);
		expect(Buffer.isBuffer(handedOver[0])).toBe(false);
	});
});

describe.each(['get', 'delete', 'download'])('%s', (operation) => {
	it('checks the SID of every item before the first request', async () => {
		const items = [{ sid: record().sid }, { sid: sampleSid('CA') }];
		const { error } = await twilio.run(`recording.${operation}`, { recordingSid: '={{ $json.sid }}' }, { items });
		expect(error).toMatchObject({
			message: expect.stringContaining("'Recording' must be a SID"),
			context: { itemIndex: 1 },
		});
		expect(twilio.simulator.requests).toEqual([]);
	});
});
