import type { MessageRow } from '../../../../dev/simulator/resources/messageRow';
import { sampleSid } from '../../../shared/api/sampleCredentials';
import { keepBinaryDataInFiles, readBinaryData } from '../../../support/n8n';
import { ownNumber, useSimulatedTwilio } from '../../simulatedTwilio';

const twilio = useSimulatedTwilio();

const pixels = Buffer.from([0, 255, 1, 254, 13, 10, 128]);

/** A message with files; `types` are their content types. */
function received(...types: string[]): { row: MessageRow; sids: string[] } {
	const media = types.map((contentType) => ({ contentType, content: pixels }));
	const row = twilio.simulator.receive({ from: '+14155550111', to: ownNumber, media });
	return {
		row,
		sids: twilio.simulator.state.media.filter((file) => file.parent_sid === row.sid).map(({ sid }) => sid),
	};
}

async function download(types: string[], more = {}) {
	const { row, sids } = received(...types);
	return await twilio.run(
		'media.download',
		{ messageSid: row.sid, mediaSid: '={{ $json.sid }}', ...more },
		{
			items: sids.map((sid) => ({ sid })),
		},
	);
}

describe('get many', () => {
	it('lists the files of one message', async () => {
		const { row, sids } = received('image/png', 'audio/mpeg');
		received('image/gif');
		const { json } = await twilio.run('media.getAll', { messageSid: row.sid });
		expect(json.map(({ sid }) => sid).sort()).toEqual([...sids].sort());
		expect(Object.keys(json[0] ?? {})).toEqual(['sid', 'parent_sid', 'content_type', 'date_created']);
		expect((await twilio.run('media.getAll', { messageSid: row.sid, simplify: false })).json[0]).toHaveProperty('uri');
	});

	it('stops at the limit', async () => {
		const { row } = received('image/png', 'image/png');
		expect((await twilio.run('media.getAll', { messageSid: row.sid, limit: 1 })).json).toHaveLength(1);
	});
});

describe('delete', () => {
	it('deletes one file of a message', async () => {
		const { row, sids } = received('image/png', 'image/png');
		const { json } = await twilio.run('media.delete', { messageSid: row.sid, mediaSid: sids[0] ?? '' });
		expect(json).toEqual([{ sid: sids[0], deleted: true }]);
		expect(twilio.simulator.state.media.map(({ sid }) => sid)).toEqual([sids[1]]);
	});

	it('checks both SIDs', async () => {
		const { error } = await twilio.run('media.delete', { messageSid: sampleSid('SM'), mediaSid: sampleSid('SM') });
		expect(error?.message).toBe("'Media SID' must be a SID: ME followed by 32 characters 0-9 and a-f");
	});
});

describe.each(['in the item', 'in files'])('download, binary data kept %s', (where) => {
	let goBack = async () => {};
	beforeAll(async () => {
		if (where === 'in files') goBack = await keepBinaryDataInFiles();
	});
	afterAll(async () => await goBack());

	it('gives the bytes, and the facts as json', async () => {
		const { outputs, error } = await download(['image/png', 'audio/mpeg'], { binaryPropertyName: 'file' });
		expect(error).toBeUndefined();
		const items = outputs[0] ?? [];
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		for (const [index, [mimeType, extension]] of [
			['image/png', 'png'],
			['audio/mpeg', 'mp'],
		].entries()) {
			const { json = {}, binary } = items[index] ?? {};
			expect(Object.keys(json)).toEqual(['sid', 'fileName', 'mimeType', 'fileSize']);
			expect(json).toMatchObject({ mimeType, fileSize: pixels.length });
			expect(json.fileName).toMatch(new RegExp(`^${String(json.sid)}\\.${extension}\\w*$`));
			expect(Object.keys(binary ?? {})).toEqual(['file']);
			expect(binary?.file).toMatchObject({ mimeType, fileName: json.fileName });
			expect(await readBinaryData(binary?.file)).toEqual(pixels);
		}
	});

	it('sends the credential to Twilio, and none to where the file is', async () => {
		await download(['image/png']);
		const authorizations = twilio.simulator.requests.map(({ product, headers, status }) => [
			product,
			headers.authorization?.slice(0, 6),
			status,
		]);
		expect(authorizations).toEqual([
			['api', 'Basic ', 200],
			['api', 'Basic ', 307],
			['media', undefined, 200],
		]);
	});

	it('tries again after half a file, and keeps the whole one', async () => {
		twilio.simulator.fault({ product: 'media', truncate: 3 });
		const { outputs } = await download(['image/png']);
		expect(await readBinaryData(outputs[0]?.[0]?.binary?.data)).toEqual(pixels);
	});

	it('fails, and gives no file, when it stays half of one', async () => {
		twilio.simulator.fault({ product: 'media', truncate: 3, times: Infinity });
		const { outputs, error } = await download(['image/png']);
		expect(error?.message).toContain('was lost');
		expect(outputs).toEqual([]);
	});

	it('fails when there is an error document instead of the file, also with status 200', async () => {
		twilio.simulator.fault({ product: 'media', status: 200, body: { message: 'expired' } });
		const { error } = await download(['image/png']);
		expect(error?.message).toBe('The answer is no media file but a document (application/json)');
	});

	it('gives a file whose own type is that of a document', async () => {
		const { outputs } = await download(['text/html']);
		expect(await readBinaryData(outputs[0]?.[0]?.binary?.data)).toEqual(pixels);
	});
});

it('hands the file to n8n as a stream, never as a buffer', async () => {
	const { row, sids } = received('image/png');
	const { Twilio } = await import('../../../../nodes/Twilio/Twilio.node');
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
	const { error } = await twilio.run('media.download', { messageSid: row.sid, mediaSid: sids[0] ?? '' }, { node });
	expect(error).toBeUndefined();
	expect(handedOver).toHaveLength(1);
	expect(Buffer.isBuffer(handedOver[0])).toBe(false);
	expect(handedOver[0]).toHaveProperty('pipe');
});
