import type { INodeParameters } from 'n8n-workflow';

import { useSimulatedTrigger, valuesOf } from './simulatedTrigger';

/** What a change of parameters does to what came in between: another stream of rows starts now, the same one goes on. */

const trigger = useSimulatedTrigger();

const anna = '+14155550123';
const ours = '+14155550100';

async function changed(before: INodeParameters, after: INodeParameters): Promise<'starts now' | 'goes on'> {
	const workflow = trigger.workflow({ event: 'newMessage', ...before });
	await workflow.activate();
	trigger.wait(60);
	const { sid } = trigger.simulator.receive({ from: anna, to: ours, body: 'Hello' });
	trigger.wait(3600);
	const next = trigger.workflow({ event: 'newMessage', ...after }, { saved: workflow.saved });
	const rows = valuesOf(await next.activate('update'));
	expect([[], [sid]]).toContainEqual(rows);
	return rows.length === 0 ? 'starts now' : 'goes on';
}

it.each<[string, INodeParameters, INodeParameters]>([
	['an option with its default', {}, { options: { includeUnsent: false } }],
	['an option without its default', { options: { includeUnsent: false } }, { options: {} }],
	['an option with its default, by an expression', {}, { options: { includeUnsent: '={{ "fal" + "se" }}' } }],
	['an empty option', {}, { options: { includeUnsent: '' } }],
	['an empty filter', {}, { filters: { from: ' ' } }],
	['what happens on activation', {}, { options: { onActivation: 'startNow' } }],
	['the limit', {}, { limit: 7 }],
	['the default of a field', {}, { direction: 'inbound' }],
	['the order of filters', { filters: { from: anna, to: ours } }, { filters: { to: ours, from: anna } }],
	['white space', { filters: { from: anna } }, { filters: { from: ` ${anna} ` } }],
	['how a number is written', { filters: { from: anna } }, { filters: { from: '+1 (415) 555-0123' } }],
	['an expression for the same', { filters: { from: anna } }, { filters: { from: `={{ "${anna}" }}` } }],
])('%s: goes on', async (_, before, after) => {
	expect(await changed(before, after)).toBe('goes on');
});

it.each<[string, INodeParameters, INodeParameters]>([
	['an option', {}, { options: { includeUnsent: true } }],
	['an option that is taken back', { options: { includeUnsent: true } }, {}],
	['a filter', {}, { filters: { from: anna } }],
	['another value of a filter', { filters: { from: '+14155550199' } }, { filters: { from: anna } }],
	['a filter on the other side', { filters: { from: anna } }, { filters: { to: ours } }],
	['a field', {}, { direction: 'both' }],
])('%s: starts now', async (_, before, after) => {
	expect(await changed(before, after)).toBe('starts now');
});

it('a filter with its default is another filter: it does filter', async () => {
	const workflow = trigger.workflow({ event: 'newAlert' });
	await workflow.activate();
	trigger.wait(60);
	trigger.simulator.alert();
	trigger.wait(3600);
	const next = trigger.workflow({ event: 'newAlert', filters: { logLevel: 'error' } }, { saved: workflow.saved });
	expect(await next.activate('update')).toBeNull();
});

describe('the limit', () => {
	it.each([
		["''", '={{ "" }}'],
		['null', '={{ null }}'],
		['undefined', '={{ undefined }}'],
		['a blank', '={{ " " }}'],
	])('has its default where the expression gives %s', async (_, limit) => {
		const workflow = trigger.workflow({ event: 'newMessage', limit });
		await workflow.activate();
		for (let count = 0; count < 51; count++) trigger.simulator.receive({ from: anna, to: ours, body: 'Hello' });
		const polls = [await workflow.poll(), await workflow.poll(), await workflow.poll()];
		expect(polls.map((rows) => valuesOf(rows).length)).toEqual([50, 1, 0]);
	});

	it.each([
		['0', 'must be 1 or more'],
		['-3', 'must be 1 or more'],
		["'abc'", 'must be a number'],
		['2.7', 'must be a whole number'],
		['1 / 0', 'must be a whole number'],
		['[]', 'must be'],
		['({})', 'must be a number'],
		['true', 'must be a number'],
	])('%s is refused, and nothing is lost by it', async (value, problem) => {
		const workflow = trigger.workflow({ event: 'newMessage' });
		await workflow.activate();
		const { sid } = trigger.simulator.receive({ from: anna, to: ours, body: 'Hello' });
		const wrong = trigger.workflow({ event: 'newMessage', limit: `={{ ${value} }}` }, { saved: workflow.saved });
		await expect(wrong.activate('update')).rejects.toThrow(`'Limit' ${problem}`);
		const right = trigger.workflow({ event: 'newMessage', limit: '={{ "3" }}' }, { saved: wrong.saved });
		expect(valuesOf(await right.activate('update'))).toEqual([sid]);
	});
});
