import { PollContext } from 'n8n-core';
import type { INodeParameters } from 'n8n-workflow';

import { describeRequest } from '../../dev/simulator/openApi';
import { sources } from '../../nodes/TwilioTrigger/sources';
import { savedCursor, useSimulatedTrigger, valuesOf } from './simulatedTrigger';

const trigger = useSimulatedTrigger();

const anna = '+14155550123';
const ben = '+14155550124';
const ours = '+14155550100';
const hour = 3600;
const day = 24 * hour;

/** Twilio's time, as it stands in rows of its 2010 API. */
const rfc2822 = (date: Date) => date.toUTCString().replace('GMT', '+0000');

/** A workflow that has had its first activation, a minute ago. */
async function active(parameters: INodeParameters) {
	const workflow = trigger.workflow(parameters);
	await workflow.activate();
	trigger.wait(60);
	trigger.simulator.requests.length = 0;
	return workflow;
}

const callDirections = [
	'inbound',
	'outbound-api',
	'outbound-dial',
	'trunking-originating',
	'trunking-terminating',
] as const;

/** A call of each direction, one second after the other. */
function callEveryWay(status: 'in-progress' | 'no-answer'): void {
	for (const direction of callDirections) {
		trigger.wait(1);
		trigger.simulator.call({ from: anna, to: ours, status, direction });
	}
}

const lastQuery = () => trigger.requests().at(-1)?.query ?? {};

describe('every event', () => {
	it.each(sources.map(({ value }) => value))('%s asks only what the OpenAPI files allow', async (event) => {
		const workflow = await active({ event });
		await workflow.poll();
		await workflow.fetchTestEvent().catch(() => null);
		const { requests, origin } = trigger.simulator;
		const problems = requests.flatMap(({ method, product, path, query }) => {
			const described = describeRequest({ method, product, path, query, form: [], headers: {}, body: '' } as never);
			return 'problems' in described ? described.problems : [];
		});
		expect(problems).toEqual([]);
		expect(requests.length).toBeGreaterThan(1);
		expect(requests.every(({ status, headers }) => status === 200 && origin.endsWith(headers.host ?? ''))).toBe(true);
	});
});

describe('newMessage', () => {
	it('filters by numbers at Twilio, formatted or not, and by direction here', async () => {
		const workflow = await active({ event: 'newMessage', filters: { from: '+1 415 555-0123', to: ours } });
		const { sid } = trigger.simulator.receive({ from: anna, to: ours });
		trigger.simulator.receive({ from: ben, to: ours });
		trigger.simulator.receive({ from: anna, to: ours }).direction = 'outbound-api';

		expect(valuesOf(await workflow.poll())).toEqual([sid]);
		expect(lastQuery()).toMatchObject({ From: anna, To: ours, PageSize: '1000', 'DateSent>': '2026-11-20T11:59:49Z' });
	});

	it.each([
		['what was received, unless told otherwise', {}, ['inbound']],
		['what was received', { direction: 'inbound' }, ['inbound']],
		['what was sent', { direction: 'outbound' }, ['outbound-api', 'outbound-call', 'outbound-reply']],
		['both', { direction: 'both' }, ['inbound', 'outbound-api', 'outbound-call', 'outbound-reply', 'sideways']],
	])('emits %s', async (_, parameters, expected) => {
		const workflow = await active({ event: 'newMessage', ...parameters });
		const directions = ['inbound', 'outbound-api', 'outbound-call', 'outbound-reply', 'sideways'];
		for (const direction of directions) {
			trigger.wait(1);
			Object.assign(trigger.simulator.receive({ from: anna, to: ours }), { direction });
		}
		expect(valuesOf(await workflow.poll(), 'direction')).toEqual(expected);
		expect(await workflow.poll()).toBeNull();
	});

	it('does not start itself by what it answers', async () => {
		const workflow = await active({ event: 'newMessage' });
		trigger.simulator.receive({ from: anna, to: ours });
		for (let answers = 0; answers < 3; answers++) {
			const rows = await workflow.poll();
			expect(valuesOf(rows, 'from')).toEqual(answers === 0 ? [anna] : []);
			for (const { json } of rows ?? []) {
				const answer = trigger.simulator.receive({ from: String(json.to), to: String(json.from) });
				Object.assign(answer, { direction: 'outbound-api', status: 'sent' });
			}
			trigger.wait(60);
		}
	});

	it('shows messages of the chosen direction as a test event', async () => {
		const inbound = trigger.simulator.receive({ from: anna, to: ours });
		const outbound = Object.assign(trigger.simulator.receive({ from: ours, to: anna }), {
			direction: 'outbound-reply',
		});
		const shown = async (parameters: INodeParameters) =>
			valuesOf(await trigger.workflow({ event: 'newMessage', ...parameters }).fetchTestEvent());
		expect(await shown({})).toEqual([inbound.sid]);
		expect(await shown({ direction: 'outbound' })).toEqual([outbound.sid]);
	});

	it('begins anew when another direction is chosen', async () => {
		const before = await active({ event: 'newMessage' });
		Object.assign(trigger.simulator.receive({ from: ours, to: anna }), { direction: 'outbound-api' });
		trigger.wait(60);
		const after = trigger.workflow({ event: 'newMessage', direction: 'both' }, { saved: before.saved });
		expect(await after.activate('update')).toBeNull();
		trigger.wait(60);
		const { sid } = trigger.simulator.receive({ from: anna, to: ours });
		expect(valuesOf(await after.poll())).toEqual([sid]);
	});

	it.each(['', '={{ null }}', '={{ undefined }}'])(
		'takes an emptied direction for the default: "%s"',
		async (direction) => {
			const workflow = await active({ event: 'newMessage', direction });
			const { sid } = trigger.simulator.receive({ from: anna, to: ours });
			Object.assign(trigger.simulator.receive({ from: ours, to: anna }), { direction: 'outbound-api' });
			expect(valuesOf(await workflow.poll())).toEqual([sid]);
		},
	);

	it('refuses a direction that there is not', async () => {
		await expect(trigger.workflow({ event: 'newMessage', direction: 'up' }).activate()).rejects.toThrow(
			"'Direction' must be one of both, inbound, outbound",
		);
	});

	it('emits a message when it is sent, however long ago it was made', async () => {
		const workflow = await active({ event: 'newMessage' });
		const row = trigger.simulator.receive({ from: anna, to: ours });
		Object.assign(row, { date_sent: null, status: 'scheduled' });
		expect(await workflow.poll()).toBeNull();
		trigger.wait(10 * day);
		Object.assign(row, { date_sent: rfc2822(trigger.now), status: 'sent' });
		trigger.wait(30);
		expect(valuesOf(await workflow.poll())).toEqual([row.sid]);
		expect(await workflow.poll()).toBeNull();
	});

	it.each([false, true])('reacts to a message that was never sent: %s', async (includeUnsent) => {
		const workflow = await active({ event: 'newMessage', options: { includeUnsent } });
		const row = trigger.simulator.receive({ from: anna, to: ours });
		Object.assign(row, { date_sent: null, status: 'scheduled' });
		expect(await workflow.poll()).toBeNull();
		trigger.wait(2 * day);
		Object.assign(row, { date_updated: rfc2822(trigger.now), status: 'canceled' });
		const sent = trigger.simulator.receive({ from: anna, to: ours });
		expect(new Set(valuesOf(await workflow.poll()))).toEqual(new Set([...(includeUnsent ? [row.sid] : []), sent.sid]));
		expect(await workflow.poll()).toBeNull();
	});

	it('emits a message that was never sent once, whatever changes later, and none of before the activation', async () => {
		const unsent = () =>
			Object.assign(trigger.simulator.receive({ from: anna, to: ours }), { date_sent: null, status: 'failed' });
		const before = unsent();
		trigger.wait(hour);
		const workflow = await active({ event: 'newMessage', direction: 'both', options: { includeUnsent: true } });
		const row = unsent();
		expect(valuesOf(await workflow.poll())).toEqual([row.sid]);
		for (const days of [0.1, 1, 20, 30]) {
			trigger.wait(days * day);
			for (const each of [before, row]) each.date_updated = rfc2822(trigger.now);
			expect(await workflow.poll()).toBeNull();
			expect(await workflow.restart()).toBeNull();
		}
	});

	it('finds nothing with one request also among many that were never sent', async () => {
		for (let count = 0; count < 2500; count++) {
			trigger.wait(1);
			trigger.simulator.receive({ from: anna, to: ours });
		}
		for (let count = 0; count < 300; count++) {
			Object.assign(trigger.simulator.receive({ from: anna, to: ours }), { date_sent: null, status: 'failed' });
		}
		trigger.wait(hour);
		const workflow = await active({ event: 'newMessage', options: { includeUnsent: true } });
		expect(await workflow.poll()).toBeNull();
		expect(trigger.simulator.requests).toHaveLength(1);
	});
});

describe('newCall', () => {
	it('asks for whole days, and emits what began after the activation', async () => {
		trigger.simulator.call({ from: anna, to: ours, startTime: trigger.ago(hour), duration: 10 });
		const workflow = await active({ event: 'newCall', filters: { from: anna } });
		const { sid } = trigger.simulator.call({ from: anna, to: ours, status: 'in-progress' });
		expect(valuesOf(await workflow.poll())).toEqual([sid]);
		expect(lastQuery()).toMatchObject({ From: anna, 'StartTime>': '2026-11-20' });
		expect(await workflow.poll()).toBeNull();
	});

	it.each([
		['unless told otherwise', {}, callDirections],
		['of both directions', { direction: 'both' }, callDirections],
		['received', { direction: 'inbound' }, ['inbound', 'trunking-originating']],
		['made', { direction: 'outbound' }, ['outbound-api', 'outbound-dial', 'trunking-terminating']],
	])('emits calls %s', async (_, parameters, expected) => {
		const workflow = await active({ event: 'newCall', ...parameters });
		callEveryWay('in-progress');
		expect(valuesOf(await workflow.poll(), 'direction')).toEqual(expected);
		expect(await workflow.poll()).toBeNull();
	});

	it('waits for no call of the other direction', async () => {
		const workflow = await active({ event: 'newCall', direction: 'inbound', filters: { statuses: ['completed'] } });
		trigger.simulator.call({ from: ours, to: anna, direction: 'outbound-api', status: 'in-progress' });
		trigger.wait(2 * hour);
		await workflow.activate();
		expect(savedCursor(workflow)?.floor).toBeGreaterThan(trigger.now.getTime() / 1000 - hour);
	});

	it('waits for no status that has been left behind', async () => {
		const workflow = await active({ event: 'newCall', filters: { statuses: ['ringing'] } });
		const ringing = trigger.simulator.call({ from: anna, to: ours, status: 'ringing' });
		trigger.simulator.call({ from: ben, to: ours, status: 'in-progress' });
		expect(valuesOf(await workflow.poll())).toEqual([ringing.sid]);
		trigger.wait(2 * hour);
		await workflow.activate();
		expect(savedCursor(workflow)?.floor).toBeGreaterThan(trigger.now.getTime() / 1000 - hour);
	});

	it('waits also with a status that Twilio has invented since', async () => {
		const workflow = await active({ event: 'newCall', filters: { statuses: ['completed'] } });
		const row = Object.assign(trigger.simulator.call({ from: anna, to: ours }), { status: 'on-hold' });
		expect(await workflow.poll()).toBeNull();
		trigger.wait(2 * hour);
		Object.assign(row, { status: 'completed' });
		expect(valuesOf(await workflow.poll())).toEqual([row.sid]);
	});

	it('does not offer "queued", which no call has that is in the list', async () => {
		const filters = { statuses: ['completed', 'queued'] };
		await expect(trigger.workflow({ event: 'newCall', filters }).activate()).rejects.toThrow(
			"'Statuses' must be one of busy, canceled, completed, failed, in-progress, no-answer, ringing",
		);
	});

	it.each(['event', 'anew'])('takes several statuses in any order, and their order is no change: %s', async (what) => {
		const first = await active({ event: 'newCall', filters: { statuses: ['busy', 'no-answer'] } });
		const sids = (['busy', 'completed', 'no-answer', 'failed'] as const).map((status) => {
			trigger.wait(1);
			return trigger.simulator.call({ from: anna, to: ours, status }).sid;
		});
		const filters = { statuses: what === 'event' ? ['no-answer', 'busy'] : ['no-answer', 'failed'] };
		const second = trigger.workflow({ event: 'newCall', filters }, { saved: first.saved });
		expect(valuesOf(await second.activate('update'))).toEqual(what === 'event' ? [sids[0], sids[2]] : []);
	});

	it('takes the filter without a status for no filter', async () => {
		const workflow = await active({ event: 'newCall', filters: { statuses: [] } });
		const { sid } = trigger.simulator.call({ from: anna, to: ours, status: 'ringing' });
		expect(valuesOf(await workflow.poll())).toEqual([sid]);
	});

	it('waits hours for a chosen status, and asks for none', async () => {
		const workflow = await active({ event: 'newCall', filters: { statuses: ['completed'] } });
		const long = trigger.simulator.call({ from: anna, to: ours, status: 'in-progress' });
		trigger.simulator.call({ from: anna, to: ours, status: 'busy' });
		expect(await workflow.poll()).toBeNull();
		trigger.wait(9 * hour);
		const short = trigger.simulator.call({ from: ben, to: ours, status: 'completed', duration: 10 });
		expect(valuesOf(await workflow.poll())).toEqual([short.sid]);
		Object.assign(long, { status: 'completed', end_time: rfc2822(trigger.now), duration: '32400' });
		trigger.wait(60);
		expect(valuesOf(await workflow.poll())).toEqual([long.sid]);
		expect(await workflow.poll()).toBeNull();
		expect(trigger.simulator.requests.flatMap(({ query }) => query.map(([name]) => name))).not.toContain('Status');
	});

	it('does not mind midnight', async () => {
		trigger.now = new Date('2026-11-20T23:59:00Z');
		const workflow = await active({ event: 'newCall' });
		trigger.now = new Date('2026-11-20T23:59:59Z');
		const before = trigger.simulator.call({ from: anna, to: ours, status: 'in-progress' });
		trigger.now = new Date('2026-11-21T00:00:00Z');
		const after = trigger.simulator.call({ from: anna, to: ours, status: 'in-progress' });
		expect(valuesOf(await workflow.poll())).toEqual([before.sid, after.sid]);
		trigger.wait(hour);
		expect(await workflow.poll()).toBeNull();
		expect(await workflow.poll()).toBeNull();
		expect(lastQuery()['StartTime>']).toBe('2026-11-21');
	});
});

describe('callEnded', () => {
	it('emits a call when it ends, also a long one behind a thousand short ones', async () => {
		const workflow = await active({ event: 'callEnded' });
		const long = trigger.simulator.call({ from: anna, to: ours, status: 'in-progress' });
		trigger.wait(5 * hour);
		for (let count = 0; count < 1100; count++) trigger.simulator.call({ from: ben, to: ours, status: 'in-progress' });
		expect(await workflow.poll()).toBeNull();
		Object.assign(long, { status: 'completed', end_time: rfc2822(trigger.now), duration: '18000' });
		expect(valuesOf(await workflow.poll())).toEqual([long.sid]);
		expect(await workflow.poll()).toBeNull();
	});

	it.each([
		['unless told otherwise', {}, callDirections],
		['of both directions', { direction: 'both' }, callDirections],
		['received', { direction: 'inbound' }, ['inbound', 'trunking-originating']],
		['made', { direction: 'outbound' }, ['outbound-api', 'outbound-dial', 'trunking-terminating']],
	])('emits calls %s', async (_, parameters, expected) => {
		const workflow = await active({ event: 'callEnded', ...parameters });
		callEveryWay('no-answer');
		expect(valuesOf(await workflow.poll(), 'direction')).toEqual(expected);
		expect(await workflow.poll()).toBeNull();
	});

	it('takes only the chosen ends, and asks Twilio for none', async () => {
		const workflow = await active({ event: 'callEnded', filters: { statuses: ['no-answer', 'busy'] } });
		trigger.simulator.call({ from: anna, to: ours });
		const missed = trigger.simulator.call({ from: anna, to: ours, status: 'no-answer' });
		trigger.wait(1);
		const busy = trigger.simulator.call({ from: anna, to: ours, status: 'busy' });
		expect(valuesOf(await workflow.poll())).toEqual([missed.sid, busy.sid]);
		expect(lastQuery()).toEqual({ PageSize: '1000' });
	});

	it.each(['busy', 'canceled', 'failed', 'no-answer'] as const)(
		'emits a call without an end once, whatever changes later: %s',
		async (status) => {
			const workflow = await active({ event: 'callEnded' });
			const row = trigger.simulator.call({ from: ours, to: anna, direction: 'outbound-api', status: 'ringing' });
			expect(await workflow.poll()).toBeNull();
			trigger.wait(30);
			Object.assign(row, { status, date_updated: rfc2822(trigger.now) });
			expect(valuesOf(await workflow.poll())).toEqual([row.sid]);
			for (const seconds of [60, 2 * hour, 20 * hour, 10 * hour, 100 * hour]) {
				trigger.wait(seconds);
				row.date_updated = rfc2822(trigger.now);
				expect(await workflow.poll()).toBeNull();
			}
			row.end_time = row.date_updated;
			expect(await workflow.poll()).toBeNull();
		},
	);

	it('emits a call that was canceled before it was dialled, and so has no date but that of its change', async () => {
		const workflow = await active({ event: 'callEnded' });
		const row = trigger.simulator.call({ from: ours, to: anna, direction: 'outbound-api', status: 'queued' });
		expect(await workflow.poll()).toBeNull();
		Object.assign(row, { status: 'canceled', date_updated: rfc2822(trigger.now) });
		expect(valuesOf(await workflow.poll())).toEqual([row.sid]);
		expect(await workflow.poll()).toBeNull();
	});

	it('emits none of before the activation, though it changes afterwards', async () => {
		const row = trigger.simulator.call({ from: anna, to: ours, status: 'no-answer' });
		row.end_time = null;
		trigger.wait(hour);
		const workflow = await active({ event: 'callEnded' });
		row.date_updated = rfc2822(trigger.now);
		expect(await workflow.poll()).toBeNull();
	});
});

describe('newRecording', () => {
	it('waits until it is complete', async () => {
		const { sid: callSid } = trigger.simulator.call({ from: anna, to: ours });
		const workflow = await active({ event: 'newRecording', filters: { callSid } });
		const row = trigger.simulator.record({ callSid, status: 'in-progress' });
		expect(await workflow.poll()).toBeNull();
		trigger.wait(3 * hour);
		row.status = 'processing';
		expect(await workflow.poll()).toBeNull();
		row.status = 'completed';
		expect(valuesOf(await workflow.poll())).toEqual([row.sid]);
		expect(await workflow.poll()).toBeNull();
		expect(lastQuery().CallSid).toBe(callSid);
	});

	it.each([
		['left out', {}, ['completed']],
		['left out by choice', { includeAbsent: false }, ['completed']],
		['emitted by choice', { includeAbsent: true }, ['absent', 'completed']],
	])('an absent one is %s', async (_, options, expected) => {
		const workflow = await active({ event: 'newRecording', options });
		const row = trigger.simulator.record({ status: 'in-progress' });
		expect(await workflow.poll()).toBeNull();
		trigger.wait(60);
		row.status = 'absent';
		trigger.simulator.record();
		expect(valuesOf(await workflow.poll(), 'status')).toEqual(expected);
		expect(await workflow.poll()).toBeNull();
	});

	it('does not emit one that began before the activation', async () => {
		const row = trigger.simulator.record({ status: 'in-progress' });
		trigger.wait(60);
		const workflow = await active({ event: 'newRecording' });
		const later = trigger.simulator.record({ status: 'in-progress' });
		for (const each of [row, later]) each.status = 'completed';
		expect(valuesOf(await workflow.poll())).toEqual([later.sid]);
		expect(await workflow.poll()).toBeNull();
	});

	it('does not wait for ever', async () => {
		const workflow = await active({ event: 'newRecording' });
		trigger.simulator.record({ status: 'in-progress' });
		trigger.wait(47 * hour);
		await workflow.poll();
		const held = (trigger.now.getTime() / 1000 - 47 * hour) as number;
		await workflow.activate();
		expect(savedCursor(workflow)?.floor).toBe(held);
		trigger.wait(2 * hour);
		await workflow.activate();
		expect(savedCursor(workflow)?.floor).toBe(trigger.now.getTime() / 1000 - 600 - 10);
	});
});

describe('newTranscription', () => {
	it('waits for the text, and does not walk through the history', async () => {
		const { sid: recordingSid } = trigger.simulator.record();
		for (let count = 0; count < 2500; count++) {
			trigger.wait(1);
			trigger.simulator.transcribe({ recordingSid });
		}
		trigger.wait(day);
		const workflow = await active({ event: 'newTranscription' });
		const row = trigger.simulator.transcribe({ recordingSid, status: 'in-progress' });
		trigger.simulator.transcribe({ recordingSid, status: 'failed' });
		expect(await workflow.poll()).toBeNull();
		expect(trigger.simulator.requests).toHaveLength(1);
		trigger.wait(2 * hour);
		row.status = 'completed';
		expect(valuesOf(await workflow.poll())).toEqual([row.sid]);
		expect(await workflow.poll()).toBeNull();
	});

	it('does not emit one that began before the activation', async () => {
		const { sid: recordingSid } = trigger.simulator.record();
		const row = trigger.simulator.transcribe({ recordingSid, status: 'in-progress' });
		trigger.wait(60);
		const workflow = await active({ event: 'newTranscription' });
		const later = trigger.simulator.transcribe({ recordingSid, status: 'in-progress' });
		for (const each of [row, later]) each.status = 'completed';
		expect(valuesOf(await workflow.poll())).toEqual([later.sid]);
		expect(await workflow.poll()).toBeNull();
	});
});

describe('newAlert', () => {
	it('emits alerts of the chosen level, with times as Twilio wants them', async () => {
		const workflow = await active({ event: 'newAlert', filters: { logLevel: 'warning' } });
		trigger.simulator.alert();
		const { sid } = trigger.simulator.alert({ logLevel: 'warning', dateGenerated: trigger.ago(30) });
		expect(valuesOf(await workflow.poll())).toEqual([sid]);
		expect(lastQuery()).toEqual({ LogLevel: 'warning', StartDate: '2026-11-20T11:59:49Z', PageSize: '1000' });
	});

	it('emits those since a start in the past once', async () => {
		const old = trigger.simulator.alert({ dateGenerated: trigger.ago(3 * day) });
		trigger.simulator.alert({ dateGenerated: trigger.ago(5 * day) });
		const filters = { startDate: '={{ $now.minus({ days: 4 }).toISO() }}' };
		const workflow = trigger.workflow({ event: 'newAlert', filters });
		expect(valuesOf(await workflow.activate())).toEqual([old.sid]);
		trigger.wait(60);
		expect(await workflow.poll()).toBeNull();
		expect(await workflow.restart()).toBeNull();
	});

	it.each([
		['a second', { endDate: '2026-11-20T13:00:00Z' }, '2026-11-20T13:00:00Z', 'UTC'],
		['a fraction of a second', { endDate: '2026-11-20T13:00:00.250Z' }, '2026-11-20T13:00:00Z', 'UTC'],
		['midnight', { endDate: '2026-11-21T00:00:00' }, '2026-11-21T00:00:00Z', 'UTC'],
		['a day', { endDate: '2026-11-20' }, '2026-11-20T23:59:59Z', 'UTC'],
		['a day in another timezone', { endDate: '2026-11-20' }, '2026-11-21T04:59:59Z', 'America/New_York'],
		['a computed day', { endDate: '={{ "2026-11-" + 20 }}' }, '2026-11-20T14:59:59Z', 'Asia/Tokyo'],
	])('emits nothing from after the end, and then asks for nothing any more: %s', async (_, filters, end, timezone) => {
		const workflow = trigger.workflow({ event: 'newAlert', filters }, { settings: { timezone } });
		await workflow.activate();
		trigger.now = new Date(end);
		const last = trigger.simulator.alert();
		trigger.wait(1);
		trigger.simulator.alert();
		expect(valuesOf(await workflow.poll())).toEqual([last.sid]);
		trigger.wait(2 * hour);
		expect(await workflow.poll()).toBeNull();
		trigger.simulator.requests.length = 0;
		expect(await workflow.poll()).toBeNull();
		expect(trigger.simulator.requests).toEqual([]);
	});

	it("begins with the day's beginning, in the workflow's timezone", async () => {
		trigger.simulator.alert({ dateGenerated: new Date('2026-11-18T14:59:59Z') });
		const first = trigger.simulator.alert({ dateGenerated: new Date('2026-11-18T15:00:00Z') });
		const workflow = trigger.workflow(
			{ event: 'newAlert', filters: { startDate: '2026-11-19', endDate: '2026-11-19' } },
			{ settings: { timezone: 'Asia/Tokyo' } },
		);
		expect(valuesOf(await workflow.activate())).toEqual([first.sid]);
	});

	it('never asks for more than 30 days', async () => {
		const workflow = await active({ event: 'newAlert' });
		trigger.wait(40 * day);
		const { sid } = trigger.simulator.alert();
		expect(valuesOf(await workflow.poll())).toEqual([sid]);
		expect(lastQuery().StartDate).toBe(
			new Date(trigger.now.getTime() - (30 * day - hour + 1) * 1000).toISOString().replace('.000', ''),
		);
	});

	it('reads more than the 10,000 that one request gives', async () => {
		const workflow = trigger.workflow({ event: 'newAlert', limit: 100_000 });
		await workflow.activate();
		const sids = new Set<unknown>();
		for (let count = 0; count < 10_500; count++) {
			if (count % 100 === 0) trigger.wait(1);
			sids.add(trigger.simulator.alert().sid);
		}
		const rows = valuesOf(await workflow.poll());
		expect(rows).toHaveLength(10_500);
		expect(new Set(rows)).toEqual(sids);
		expect(await workflow.poll()).toBeNull();
	}, 30_000);
});

describe('newPhoneNumber', () => {
	const buy = (number: string) => {
		const { phoneNumbers } = trigger.simulator.state;
		const row = { ...phoneNumbers[0]!, sid: `PN${number.slice(1).padStart(32, '0')}`, phone_number: number };
		phoneNumbers.push(row);
		return row;
	};

	it('emits what the account did not have before, whatever its date', async () => {
		const workflow = await active({ event: 'newPhoneNumber' });
		expect(await workflow.poll()).toBeNull();
		expect(trigger.simulator.requests).toHaveLength(1);
		const transferred = buy('+14155550177');
		transferred.date_created = rfc2822(trigger.ago(400 * day));
		expect(valuesOf(await workflow.poll())).toEqual([transferred.sid]);
		expect(await workflow.poll()).toBeNull();
		expect(await workflow.restart()).toBeNull();
	});

	it('leaves what is beyond the limit for the next poll', async () => {
		const workflow = trigger.workflow({ event: 'newPhoneNumber', limit: 1 });
		await workflow.activate();
		const sids = [buy('+14155550171').sid, buy('+14155550172').sid];
		const rows = [...valuesOf(await workflow.poll()), ...valuesOf(await workflow.poll())];
		expect(rows.sort()).toEqual(sids.sort());
		expect(await workflow.poll()).toBeNull();
	});

	describe('a list that has lost most of its numbers at once', () => {
		const numbers = () => trigger.simulator.state.phoneNumbers;

		/** A workflow that knows ten numbers, all of which are gone from the list, or some. */
		const bereft = async (left: number) => {
			for (let count = numbers().length; count < 10; count++) buy(`+141555502${count}`);
			const workflow = await active({ event: 'newPhoneNumber' });
			const gone = numbers().splice(left);
			return { workflow, gone };
		};

		it.each([0, 4])('is not believed: %d of 10 are left for some polls', async (left) => {
			const { workflow, gone } = await bereft(left);
			for (let minute = 0; minute < 10; minute++) {
				expect(await workflow.poll()).toBeNull();
				trigger.wait(60);
			}
			for (const each of gone) {
				numbers().push(each);
				expect(await workflow.poll()).toBeNull();
			}
			expect(await workflow.restart()).toBeNull();
		});

		it('does not keep a new number back', async () => {
			const { workflow } = await bereft(1);
			expect(await workflow.poll()).toBeNull();
			const { sid } = buy('+14155550177');
			expect(valuesOf(await workflow.poll())).toEqual([sid]);
			expect(await workflow.poll()).toBeNull();
		});

		it('is believed after three more polls and an hour, and what then comes back is new', async () => {
			const { workflow, gone } = await bereft(4);
			for (let count = 0; count < 5; count++) {
				expect(await workflow.poll()).toBeNull();
				trigger.wait(hour / 4);
			}
			numbers().push(...gone);
			expect(valuesOf(await workflow.poll()).sort()).toEqual(gone.map(({ sid }) => sid).sort());
		});

		it('is said in the log, once', async () => {
			const { workflow } = await bereft(1);
			const warn = jest.fn();
			const logger = jest.spyOn(PollContext.prototype, 'logger', 'get').mockReturnValue({ warn } as never);
			for (let count = 0; count < 3; count++) await workflow.poll();
			logger.mockRestore();
			expect(warn.mock.calls).toEqual([[expect.stringMatching(/^"Node": 9 of 10 rows are gone/)]]);
		});
	});

	it('believes at once that a number was given back, which is new when it returns', async () => {
		for (let count = trigger.simulator.state.phoneNumbers.length; count < 4; count++) buy(`+141555502${count}`);
		const workflow = await active({ event: 'newPhoneNumber' });
		const [gone] = trigger.simulator.state.phoneNumbers.splice(0, 1);
		expect(await workflow.poll()).toBeNull();
		trigger.simulator.state.phoneNumbers.push(gone!);
		expect(valuesOf(await workflow.poll())).toEqual([gone!.sid]);
	});

	it('reads a long list over several polls, if there is no time', async () => {
		for (let count = 0; count < 2200; count++) buy(`+1415${String(count).padStart(7, '0')}`);
		const workflow = trigger.workflow({ event: 'newPhoneNumber' }, { pollBudgetMs: 0 });
		expect(await workflow.activate()).toBeNull();
		expect(await workflow.poll()).toBeNull();
		expect(await workflow.poll()).toBeNull();
		const { sid } = buy('+14165550000');
		const found = [];
		for (let count = 0; count < 6; count++) found.push(...valuesOf(await workflow.poll()));
		expect(found).toEqual([sid]);
	});
});
