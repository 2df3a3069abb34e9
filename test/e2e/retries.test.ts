import { errorOf, jsonOf } from '../../dev/n8n';
import { useEnvironment } from './environment';
import { items, type NodeJson } from './workflows';

const e2e = useEnvironment();

const recipients = ['+15005550010', '+15005550011', '+15005550012'];
const second = '+15005550011';

function sendToAll(more: Partial<NodeJson> = {}): [NodeJson, NodeJson] {
	return [
		items(recipients.map((to) => ({ to }))),
		e2e.twilio(
			{
				resource: 'message',
				operation: 'send',
				from: { __rl: true, mode: 'id', value: e2e.simulator.state.phoneNumbers[0]!.phone_number },
				to: '={{ $json.to }}',
				body: 'Hello',
			},
			more,
		),
	];
}

/** Everybody who was texted, once per text. */
function texted(): string[] {
	return e2e.simulator.state.messages.map(({ to }) => String(to)).sort();
}

/** How often Twilio was asked to text somebody. */
function tries(to: string): number {
	return e2e.simulator.requests.filter(
		({ method, form }) => method === 'POST' && form.some(([name, value]) => name === 'To' && value === to),
	).length;
}

/** Takes the answer to the second text away, and the list where it could be looked up. */
function loseAnswer(): void {
	e2e.simulator.fault({ method: 'POST', path: '/Messages', form: { To: second }, when: 'after', destroy: true });
	e2e.simulator.fault({ method: 'GET', path: '/Messages', status: 403, times: Infinity });
}

const retryOnFail = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };

test('A text whose answer got lost is found at Twilio', async () => {
	e2e.simulator.fault({ method: 'POST', path: '/Messages', form: { To: second }, when: 'after', destroy: true });

	const execution = await e2e.run(...sendToAll());

	expect(errorOf(execution)).toBeUndefined();
	expect(texted()).toEqual(recipients);
	expect(jsonOf(execution, 'send').map(({ to }) => to)).toEqual(recipients);
});

describe('"Retry On Fail"', () => {
	test('texts nobody twice when the answer to a stored message got lost', async () => {
		loseAnswer();

		const execution = await e2e.run(...sendToAll(retryOnFail));

		// Nobody can know whether the second text went out, so it is reported and never sent again.
		expect(execution.status).toBe('error');
		expect(errorOf(execution)?.message).toEqual(expect.any(String));
		expect(texted()).toEqual(recipients);
		expect(tries(second)).toBe(1);
	});

	test('texts nobody twice when that becomes an item', async () => {
		loseAnswer();

		const execution = await e2e.run(...sendToAll({ ...retryOnFail, onError: 'continueRegularOutput' }));

		expect(execution.status).toBe('success');
		expect(texted()).toEqual(recipients);
		expect(jsonOf(execution, 'send').map(({ to }) => to)).toEqual([recipients[0], undefined, recipients[2]]);
	});

	test('sends only what was refused when Twilio takes it on the next try', async () => {
		e2e.simulator.fault({ method: 'POST', path: '/Messages', form: { To: second }, status: 400 });

		const execution = await e2e.run(...sendToAll(retryOnFail));

		expect(errorOf(execution)).toBeUndefined();
		expect(recipients.map(tries)).toEqual([1, 2, 1]);
		expect(texted()).toEqual(recipients);
		expect(jsonOf(execution, 'send').map(({ to }) => to)).toEqual(recipients);
	});
});

describe('"Retry execution"', () => {
	test.each([
		['with the original workflow', false],
		['with the saved workflow', true],
	])('goes on where it stopped, %s', async (_, loadWorkflow) => {
		e2e.simulator.state.optedOut.add(second);
		const failed = await e2e.run(...sendToAll());
		expect(failed.status).toBe('error');
		expect(texted()).not.toContain(second);

		e2e.simulator.state.optedOut.delete(second);
		const retried = await e2e.n8n.retryExecution(failed.id, loadWorkflow);

		expect(errorOf(retried)).toBeUndefined();
		expect(texted()).toEqual(recipients);
		expect(jsonOf(retried, 'send').map(({ to }) => to)).toEqual(recipients);
	});

	test('texts nobody twice after an answer got lost', async () => {
		loseAnswer();
		const failed = await e2e.run(...sendToAll());
		expect(failed.status).toBe('error');

		const retried = await e2e.n8n.retryExecution(failed.id);

		expect(retried.status).toBe('error');
		expect(texted()).toEqual(recipients);
		expect(tries(second)).toBe(1);
	});
});
