import { errorOf, jsonOf } from '../../dev/n8n';
import { useEnvironment } from './environment';
import { items } from './workflows';

const e2e = useEnvironment();

const recipients = ['+15005550010', '+15005550011', '+15005550012'];

/** A number of the account that texts can be sent from. */
function ownNumber(): string {
	return e2e.simulator.state.phoneNumbers[0]!.phone_number;
}

function sendToEach() {
	return e2e.twilio({
		resource: 'message',
		operation: 'send',
		from: { __rl: true, mode: 'id', value: ownNumber() },
		to: '={{ $json.to }}',
		body: '=Hello {{ $json.to }}',
	});
}

describe('Messages', () => {
	test('are sent to everybody on the list, in the order of the items', async () => {
		const execution = await e2e.run(items(recipients.map((to) => ({ to }))), sendToEach());

		expect(errorOf(execution)).toBeUndefined();
		expect(e2e.simulator.state.messages.map(({ to }) => to).sort()).toEqual(recipients);
		for (const message of e2e.simulator.state.messages) {
			expect(message).toMatchObject({ from: ownNumber(), body: `Hello ${message.to}` });
		}
		expect(jsonOf(execution, 'send').map(({ to }) => to)).toEqual(recipients);
	});

	test('are listed up to the limit, newest first, and read one by one', async () => {
		const execution = await e2e.run(
			items(recipients.map((to) => ({ to }))),
			sendToEach(),
			e2e.twilio({ resource: 'message', operation: 'getAll', limit: 2 }, { executeOnce: true }),
			e2e.twilio({
				resource: 'message',
				operation: 'get',
				messageSid: { __rl: true, mode: 'id', value: '={{ $json.sid }}' },
			}),
		);

		expect(errorOf(execution)).toBeUndefined();
		const listed = jsonOf(execution, 'getAll');
		expect(listed).toHaveLength(2);
		const stored = e2e.simulator.state.messages.map(({ sid }) => sid);
		for (const { sid } of listed) expect(stored).toContain(sid);
		expect(jsonOf(execution, 'get')).toEqual(listed);
	});

	test('go out with a credential that has an API key', async () => {
		const credential = await e2e.createCredential(e2e.apiKeyData());
		const execution = await e2e.run(items([{ to: recipients[0] }]), {
			...sendToEach(),
			credentials: e2e.credentials(credential),
		});
		expect(errorOf(execution)).toBeUndefined();
		expect(e2e.simulator.state.messages).toHaveLength(1);
	});
});
