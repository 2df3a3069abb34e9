import { randomBytes } from 'node:crypto';

import { errorOf, itemsOf } from '../../dev/n8n';
import { useEnvironment } from './environment';

const e2e = useEnvironment();

describe('Media', () => {
	test('of a message is downloaded byte for byte', async () => {
		const { simulator } = e2e;
		const send = e2e.twilio({
			resource: 'message',
			operation: 'send',
			from: { __rl: true, mode: 'id', value: simulator.state.phoneNumbers[0]!.phone_number },
			to: '+15005550010',
			body: 'A picture',
			options: { mediaUrls: 'https://example.com/cat.png' },
		});
		expect(errorOf(await e2e.run(send))).toBeUndefined();
		const [file] = simulator.state.media;
		const content = randomBytes(300_000);
		simulator.state.mediaContent.set(file!.sid, { contentType: 'image/png', content });

		const execution = await e2e.run(
			e2e.twilio({
				resource: 'media',
				operation: 'getAll',
				messageSid: { __rl: true, mode: 'id', value: file!.parent_sid },
			}),
			e2e.twilio({
				resource: 'media',
				operation: 'download',
				messageSid: { __rl: true, mode: 'id', value: '={{ $json.parent_sid }}' },
				mediaSid: '={{ $json.sid }}',
			}),
		);

		expect(errorOf(execution)).toBeUndefined();
		const [item] = itemsOf(execution, 'download');
		expect(item).toMatchObject({
			json: { sid: file!.sid, mimeType: 'image/png', fileSize: content.length },
			binary: { data: { mimeType: 'image/png', id: expect.any(String) } },
		});
		const downloaded = await e2e.n8n.binaryData(item!.binary!.data!.id!);
		expect(downloaded.equals(content)).toBe(true);
	});
});
