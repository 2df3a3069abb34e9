import type { INodeParameters } from 'n8n-workflow';

import { useSimulatedTrigger, valuesOf } from './simulatedTrigger';

const trigger = useSimulatedTrigger();

const anna = '+14155550123';
const ours = '+14155550100';
const minute = 60;
const hour = 60 * minute;

const rfc2822 = (date: Date) => date.toUTCString().replace('GMT', '+0000');
const iso = (date: Date) => date.toISOString().replace('.000', '');

const recordingSid = `RE${'1'.repeat(32)}`;

/** Puts a row of each event into the list, with a date of its own. */
const rowOf = {
	newMessage: (date: Date) =>
		Object.assign(trigger.simulator.receive({ from: anna, to: ours }), { date_sent: rfc2822(date) }),
	newCall: (date: Date) => trigger.simulator.call({ from: anna, to: ours, status: 'in-progress', startTime: date }),
	callEnded: (date: Date) => trigger.simulator.call({ from: anna, to: ours, startTime: date, duration: 0 }),
	newRecording: (date: Date) => trigger.simulator.record({ dateCreated: date }),
	newTranscription: (date: Date) =>
		Object.assign(trigger.simulator.transcribe({ recordingSid }), { date_created: rfc2822(date) }),
	newAlert: (date: Date) => trigger.simulator.alert({ dateGenerated: new Date(iso(date)) }),
};

type Event = keyof typeof rowOf;

/** A workflow that has polled for hours, and found a row now and then. */
async function active(event: Event) {
	const workflow = trigger.workflow({ event });
	await workflow.activate();
	for (let polls = 0; polls < 3; polls++) {
		trigger.wait(hour);
		rowOf[event](trigger.now);
		trigger.wait(minute);
		expect(await workflow.poll()).toHaveLength(1);
	}
	return workflow;
}

describe('a row that Twilio shows late', () => {
	it.each([
		['newMessage', 15],
		['newCall', 15],
		['callEnded', 15],
		['newRecording', 10],
		['newTranscription', 30],
		['newAlert', 60],
	] as const)('of %s comes within %d minutes after its date', async (event, minutes) => {
		const workflow = await active(event);
		trigger.wait(2 * hour);
		expect(await workflow.poll()).toBeNull();
		const { sid } = rowOf[event](trigger.ago(minutes * minute - 1));
		expect(valuesOf(await workflow.poll())).toEqual([sid]);
		expect(await workflow.poll()).toBeNull();
	});
});

describe('a row that is waited for', () => {
	it.each<[Event, string, INodeParameters, number]>([
		['newRecording', 'in-progress', {}, 48],
		['newTranscription', 'in-progress', {}, 24],
		['newCall', 'in-progress', { filters: { statuses: ['completed'] } }, 25],
	])(
		'of %s comes when it is %s no more, if that takes no longer than promised',
		async (event, status, parameters, hours) => {
			const workflow = trigger.workflow({ event, ...parameters });
			await workflow.activate();
			trigger.wait(minute);
			const row = Object.assign(rowOf[event](trigger.now), { status });
			const began = trigger.now;
			while (trigger.now.getTime() - began.getTime() < (hours - 1) * hour * 1000) {
				trigger.wait(hour / 2);
				expect(await workflow.poll()).toBeNull();
			}
			Object.assign(row, { status: 'completed' });
			expect(valuesOf(await workflow.poll())).toEqual([row.sid]);
			expect(await workflow.poll()).toBeNull();
		},
	);
});

it.each(Object.keys(rowOf) as Event[])('%s comes that happened while n8n was down for days', async (event) => {
	const workflow = await active(event);
	const sids = [];
	for (let days = 0; days < 9; days++) {
		trigger.wait(24 * hour);
		sids.push(rowOf[event](trigger.now).sid);
	}
	trigger.wait(minute);
	expect(valuesOf(await workflow.restart())).toEqual(sids);
	expect(await workflow.poll()).toBeNull();
});
