import type { IDataObject } from 'n8n-workflow';

import { sources } from '../../nodes/TwilioTrigger/sources';
import { useSimulatedTrigger, valuesOf } from './simulatedTrigger';

const trigger = useSimulatedTrigger();

const anna = '+14155550123';
const ours = '+14155550100';
const hour = 3600;

/** Makes each event happen once. */
const happen: Readonly<Record<string, () => unknown>> = {
	newMessage: () => trigger.simulator.receive({ from: anna, to: ours }),
	newCall: () => trigger.simulator.call({ from: anna, to: ours, status: 'in-progress' }),
	callEnded: () => trigger.simulator.call({ from: anna, to: ours }),
	newRecording: () => trigger.simulator.record(),
	newTranscription: () => trigger.simulator.transcribe({ recordingSid: `RE${'1'.repeat(32)}` }),
	newAlert: () => trigger.simulator.alert(),
};

const dated = Object.keys(happen);

/** Many times, so many seconds apart. */
function happenOften(event: string, count: number, seconds: number): void {
	for (let each = 0; each < count; each++) {
		trigger.wait(seconds);
		happen[event]?.();
	}
}

it('is known of every event', () => {
	expect([...dated, 'newPhoneNumber'].sort()).toEqual(sources.map(({ value }) => value).sort());
});

describe.each(dated)('what %s costs', (event) => {
	it('is one request for a poll, whatever there was before, while what is new fits a page', async () => {
		trigger.now = new Date('2026-11-18T12:00:00Z');
		happenOften(event, 2500, 1);
		trigger.now = new Date('2026-11-20T12:00:00Z');
		const workflow = trigger.workflow({ event, limit: 1000 });
		await workflow.activate();
		for (let minute = 0; minute < 3; minute++) {
			trigger.wait(60);
			trigger.simulator.requests.length = 0;
			expect(await workflow.poll()).toBeNull();
			expect(trigger.simulator.requests).toHaveLength(1);
		}
		happenOften(event, 900, 1);
		trigger.simulator.requests.length = 0;
		expect(valuesOf(await workflow.poll())).toHaveLength(900);
		expect(trigger.simulator.requests).toHaveLength(1);
		trigger.wait(2 * hour);
		trigger.simulator.requests.length = 0;
		expect(await workflow.poll()).toBeNull();
		expect(trigger.simulator.requests).toHaveLength(1);
	});
});

it('a recording that is waited for makes every poll read what came since', async () => {
	const workflow = trigger.workflow({ event: 'newRecording', limit: 2000 });
	await workflow.activate();
	trigger.wait(60);
	const row = trigger.simulator.record({ status: 'in-progress' });
	happenOften('newRecording', 1100, 1);
	expect(await workflow.poll()).toHaveLength(1100);
	const requestsOfAPoll = async () => {
		trigger.wait(2 * hour);
		trigger.simulator.requests.length = 0;
		await workflow.poll();
		return trigger.simulator.requests.length;
	};
	expect(await requestsOfAPoll()).toBe(2);
	row.status = 'completed';
	expect(await requestsOfAPoll()).toBe(2);
	expect(await requestsOfAPoll()).toBe(1);
});

it.each([
	[26, 1],
	[23, 2],
])('callEnded reads the calls that began in the last 25 hours: %d hours ago, %d requests', async (hours, expected) => {
	happenOften('callEnded', 1500, 0);
	trigger.wait(hours * hour);
	const workflow = trigger.workflow({ event: 'callEnded' });
	await workflow.activate();
	happenOften('callEnded', 1, 0);
	trigger.wait(60);
	trigger.simulator.requests.length = 0;
	expect(await workflow.poll()).toHaveLength(1);
	expect(trigger.simulator.requests).toHaveLength(expected);
});

describe('what is remembered', () => {
	const sizeOf = (saved: IDataObject) => JSON.stringify(saved).length;

	it.each([
		['in one second', 0],
		['in as many seconds', 1],
	])('takes 8 to 24 kB for 1,000 rows %s', async (_, seconds) => {
		const workflow = trigger.workflow({ event: 'newMessage', limit: 1000 });
		await workflow.activate();
		const empty = sizeOf(workflow.saved);
		happenOften('newMessage', 800, seconds);
		expect(await workflow.poll()).toHaveLength(800);
		const each = (sizeOf(workflow.saved) - empty) / 800;
		expect(each).toBeGreaterThanOrEqual(8);
		expect(each).toBeLessThanOrEqual(24);
	});
});
