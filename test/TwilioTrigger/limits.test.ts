import { Seen } from '../../nodes/TwilioTrigger/engine/cursor';
import { useSimulatedTrigger, valuesOf } from './simulatedTrigger';

const trigger = useSimulatedTrigger();

const receive = () => trigger.simulator.receive({ from: '+14155550123', to: '+14155550100' }).sid;

/** What the README says that the trigger cannot help. */
describe('another node that writes static data', () => {
	/** Two polls with a row each; then an execution that began between them saves all of its copy. */
	async function overwritten() {
		const workflow = trigger.workflow({ event: 'newMessage' });
		await workflow.activate();
		trigger.wait(60);
		const first = receive();
		expect(valuesOf(await workflow.poll())).toEqual([first]);
		const copy = structuredClone(workflow.saved);
		trigger.wait(60);
		const second = receive();
		expect(valuesOf(await workflow.poll())).toEqual([second]);
		workflow.saved = { ...copy, 'node:Code': { count: 1 } };
		return { workflow, second };
	}

	it('makes rows come again if n8n is restarted before the next row, and no others', async () => {
		const { workflow, second } = await overwritten();
		expect(valuesOf(await workflow.restart())).toEqual([second]);
		expect(await workflow.poll()).toBeNull();
	});

	it('changes nothing while n8n runs, or after the next row has come', async () => {
		const { workflow } = await overwritten();
		trigger.wait(60);
		expect(await workflow.poll()).toBeNull();
		const third = receive();
		expect(valuesOf(await workflow.poll())).toEqual([third]);
		expect(await workflow.restart()).toBeNull();
	});
});

it('a number that was there between two polls only is never seen', async () => {
	const workflow = trigger.workflow({ event: 'newPhoneNumber' });
	await workflow.activate();
	const { phoneNumbers } = trigger.simulator.state;
	phoneNumbers.push({ ...phoneNumbers[0]!, sid: `PN${'7'.repeat(32)}`, phone_number: '+14155550177' });
	phoneNumbers.pop();
	expect(await workflow.poll()).toBeNull();
	phoneNumbers.push({ ...phoneNumbers[0]!, sid: `PN${'8'.repeat(32)}`, phone_number: '+14155550178' });
	expect(valuesOf(await workflow.restart())).toEqual([`PN${'8'.repeat(32)}`]);
});

it('a message that was deleted before the next poll never comes, and holds up no other', async () => {
	const workflow = trigger.workflow({ event: 'newMessage' });
	await workflow.activate();
	trigger.wait(60);
	receive();
	trigger.simulator.state.messages.pop();
	const kept = receive();
	expect(valuesOf(await workflow.poll())).toEqual([kept]);
	expect(await workflow.poll()).toBeNull();
});

it('of rows whose date may change at any time the latest 10,000 are remembered, whatever else is forgotten', () => {
	const seen = new Seen();
	for (let count = 0; count <= 10_000; count++) seen.keep(`SM${count}`);
	const restored = Seen.fromJson(JSON.parse(JSON.stringify(seen.from(Infinity).toJson())));
	expect(['SM0', 'SM1', 'SM10000'].map((sid) => restored?.has(sid))).toEqual([false, true, true]);
});

it('alerts that are older than 30 days when n8n is up again do not come, all later ones do', async () => {
	const day = 24 * 60 * 60;
	const workflow = trigger.workflow({ event: 'newAlert' });
	await workflow.activate();
	trigger.wait(day);
	trigger.simulator.alert();
	trigger.wait(2 * day);
	const { sid } = trigger.simulator.alert();
	trigger.wait(29 * day);
	expect(valuesOf(await workflow.restart())).toEqual([sid]);
	expect(await workflow.poll()).toBeNull();
});
