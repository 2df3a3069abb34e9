import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { runMemory, type Recalled } from '../../../nodes/Twilio/operation/runMemory';

/** A run of the node; `saved` is what n8n keeps of its context. */
function contextOf(saved: IDataObject, runIndex = 0): IExecuteFunctions {
	return {
		getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
		getContext: () => saved,
	} as unknown as IExecuteFunctions;
}

/** `anna:hello` is the content "hello" to Anna. */
const printOf = (text: string) => {
	const [request = '', content = ''] = text.split(':');
	return { request, content };
};

/** What a try with these items finds of an earlier one: what was sent for each item, marked where it had other content. */
function recalledOf(earlier: Array<[number, string]>, items: string[]): string[] {
	const saved: IDataObject = {};
	const first = runMemory(contextOf(saved), { isShared: false });
	earlier.forEach(([item, text]) => first.remember(item, printOf(text), { done: { sid: text } }));
	const second = runMemory(contextOf(JSON.parse(JSON.stringify(saved))), { isShared: false });
	return second.recall(items.map(printOf)).map(describeRecalled);
}

function describeRecalled(recalled: Recalled | undefined): string {
	if (!recalled || !('done' in recalled.outcome)) return '-';
	return `${(recalled.outcome.done as IDataObject).sid as string}${recalled.isSameContent ? '' : ' (other content)'}`;
}

describe('what an earlier try has sent', () => {
	it.each<[string, Array<[number, string]>, string[], string[]]>([
		['the same items', [[0, 'anna:a']], ['anna:a', 'ben:a'], ['anna:a', '-']],
		['other content', [[0, 'anna:at 9']], ['anna:at 10'], ['anna:at 9 (other content)']],
		['another recipient', [[0, 'anna:a']], ['ben:a'], ['-']],
		['an item that has moved', [[0, 'anna:a']], ['ben:a', 'anna:a'], ['-', 'anna:a']],
		['one that has moved, with other content', [[1, 'anna:a']], ['anna:b', 'ben:a'], ['anna:a (other content)', '-']],
		[
			'two texts to one person, of which the second was not sent',
			[[0, 'anna:a']],
			['anna:a', 'anna:b'],
			['anna:a', '-'],
		],
		['the same, the other way round', [[0, 'anna:a']], ['anna:b', 'anna:a'], ['-', 'anna:a']],
		['the same text twice to one person', [[0, 'anna:a']], ['anna:a', 'anna:a'], ['anna:a', '-']],
		['the same where the second was sent', [[1, 'anna:a']], ['anna:a', 'anna:a'], ['-', 'anna:a']],
		[
			'two texts to one person with the time in them, of which one was sent',
			[[1, 'anna:at 9']],
			['anna:at 10', 'anna:at 10'],
			['-', 'anna:at 9 (other content)'],
		],
		[
			'two that have changed places',
			[
				[0, 'anna:a'],
				[1, 'anna:b'],
			],
			['anna:b', 'anna:a'],
			['anna:b', 'anna:a'],
		],
	])('is found for %s', (_, earlier, items, expected) => {
		expect(recalledOf(earlier, items)).toEqual(expected);
	});

	it('is replaced by what came of it in the end', () => {
		const saved: IDataObject = {};
		const memory = runMemory(contextOf(saved), { isShared: false });
		const parts = { message: 'Lost', description: '', outcome: 'unknown' } as never;
		memory.remember(0, printOf('anna:a'), { unknown: parts });
		memory.remember(0, printOf('anna:a'), { done: { sid: 'found' } });
		const found = runMemory(contextOf(saved), { isShared: false }).recall([printOf('anna:a'), printOf('anna:a')]);
		expect(found.map(describeRecalled)).toEqual(['found', '-']);
	});

	it('belongs to one pass of a loop', () => {
		const saved: IDataObject = {};
		runMemory(contextOf(saved, 0), { isShared: false }).remember(0, printOf('anna:a'), { done: { sid: 'a' } });
		expect(runMemory(contextOf(saved, 1), { isShared: false }).recall([printOf('anna:a')])).toEqual([undefined]);
	});
});

describe('a run that ends', () => {
	it('leaves nothing', () => {
		const saved: IDataObject = {};
		const memory = runMemory(contextOf(saved), { isShared: false });
		memory.remember(0, printOf('anna:a'), { done: { sid: 'a' } });
		memory.clear();
		expect(saved).toEqual({ twilioRuns: {} });
	});

	it('leaves what calls beside it remember, where they share the run', () => {
		const saved: IDataObject = {};
		const [one, other] = [1, 2].map(() => runMemory(contextOf(saved), { isShared: true }));
		one?.remember(0, printOf('anna:a'), { done: { sid: 'a' } });
		other?.remember(0, printOf('ben:b'), { done: { sid: 'b' } });
		one?.clear();
		const later = runMemory(contextOf(saved), { isShared: true });
		expect(later.recall([printOf('anna:a'), printOf('ben:b')]).map(describeRecalled)).toEqual(['-', 'b']);
		later.clear();
		expect(saved).toEqual({ twilioRuns: {} });
	});
});

it('writes each item down once, in place, however many there are', () => {
	const saved: IDataObject = {};
	const memory = runMemory(contextOf(saved), { isShared: false });
	memory.remember(0, printOf('0:a'), { done: { sid: '0' } });
	const list = (saved.twilioRuns as Record<number, unknown[]>)[0];
	for (let item = 1; item < 1000; item++) memory.remember(item, printOf(`${item}:a`), { done: { sid: String(item) } });
	expect((saved.twilioRuns as Record<number, unknown[]>)[0]).toBe(list);
	expect(list).toHaveLength(1000);
});
