import { errorOf, itemsOf, jsonOf } from '../../dev/n8n';
import { useEnvironment } from './environment';
import { items, type NodeJson } from './workflows';

const e2e = useEnvironment();

const [before, optedOut, after] = ['+15005550010', '+15005550011', '+15005550012'];
/** Twilio's code for "Attempt to send to unsubscribed recipient". */
const unsubscribed = 21610;

beforeEach(() => {
	e2e.simulator.state.optedOut.add(optedOut);
});

function sendToEach(more: Partial<NodeJson> = {}) {
	return e2e.twilio(
		{
			resource: 'message',
			operation: 'send',
			from: { __rl: true, mode: 'id', value: e2e.simulator.state.phoneNumbers[0]!.phone_number },
			to: '={{ $json.to }}',
			body: 'Hello',
		},
		more,
	);
}

const toAllThree = () =>
	items([{ to: before }, { to: optedOut }, { to: after }].map((row) => ({ ...row, customer: row.to })));

describe('A recipient who opted out', () => {
	test("stops the workflow with Twilio's code and words", async () => {
		const execution = await e2e.run(items([{ to: optedOut }]), sendToEach());

		expect(execution.status).toBe('error');
		const error = errorOf(execution);
		expect(JSON.stringify([error?.message, error?.description])).toContain(String(unsubscribed));
		expect(JSON.stringify([error?.message, error?.description])).toMatch(/unsubscribed/i);
		expect(e2e.simulator.state.messages).toHaveLength(0);
	});

	test('becomes one item among the others with "Continue"', async () => {
		const execution = await e2e.run(toAllThree(), sendToEach({ onError: 'continueRegularOutput' }));

		expect(execution.status).toBe('success');
		const results = itemsOf(execution, 'send');
		expect(results.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(results.map(({ json }) => json.to)).toEqual([before, undefined, after]);
		expect(results[1]!.json).toMatchObject({
			error: expect.stringMatching(/unsubscribed/i),
			details: { code: unsubscribed, status: 400 },
		});
		expect(e2e.simulator.state.messages.map(({ to }) => to).sort()).toEqual([before, after]);
	});

	test('leaves by the error output, with the fields of its item', async () => {
		const execution = await e2e.run(toAllThree(), sendToEach({ onError: 'continueErrorOutput' }));

		expect(execution.status).toBe('success');
		expect(jsonOf(execution, 'send', 0).map(({ to }) => to)).toEqual([before, after]);
		expect(jsonOf(execution, 'send', 1)).toEqual([
			expect.objectContaining({
				customer: optedOut,
				error: expect.stringMatching(/unsubscribed/i),
				details: expect.objectContaining({ code: unsubscribed }),
			}),
		]);
	});
});
