import type { IDataObject } from 'n8n-workflow';

import { RecentStatuses } from '../../nodes/TwilioStatusWebhook/recentStatuses';

const sid = (index: number) => `SM${String(index).padStart(32, '0')}`;

/** What n8n's database makes of static data. */
const saved = (staticData: IDataObject) => JSON.parse(JSON.stringify(staticData)) as IDataObject;

it('knows a status that was reported before, and tells the statuses of one SID apart', () => {
	const recent = new RecentStatuses();
	const staticData = {};
	expect(recent.isNew('1/a', staticData, sid(1), 'sent')).toBe(true);
	expect(recent.isNew('1/a', staticData, sid(1), 'delivered')).toBe(true);
	expect(recent.isNew('1/a', staticData, sid(1), 'sent')).toBe(false);
	expect(recent.isNew('1/a', staticData, sid(2), 'sent')).toBe(true);
});

it('keeps nodes apart', () => {
	const recent = new RecentStatuses();
	expect(recent.isNew('1/a', {}, sid(1), 'sent')).toBe(true);
	expect(recent.isNew('1/b', {}, sid(1), 'sent')).toBe(true);
	expect(recent.isNew('2/a', {}, sid(1), 'sent')).toBe(true);
});

it('does not need static data for callbacks that arrive together', () => {
	const recent = new RecentStatuses();
	// Each call of a webhook has its own copy of what was in the database.
	expect([1, 1, 2, 2].map((index) => recent.isNew('1/a', {}, sid(index), 'sent'))).toEqual([true, false, true, false]);
});

it('knows after a restart what was saved', () => {
	const staticData: IDataObject = {};
	new RecentStatuses().isNew('1/a', staticData, sid(1), 'sent');
	expect(new RecentStatuses().isNew('1/a', saved(staticData), sid(1), 'sent')).toBe(false);
	expect(new RecentStatuses().isNew('1/a', saved(staticData), sid(1), 'delivered')).toBe(true);
});

it('puts back what another writer of the static data has dropped', () => {
	const recent = new RecentStatuses();
	const staticData: IDataObject = {};
	recent.isNew('1/a', staticData, sid(1), 'sent');
	const overwritten: IDataObject = {};
	recent.isNew('1/a', overwritten, sid(2), 'sent');
	expect(new RecentStatuses().isNew('1/a', saved(overwritten), sid(1), 'sent')).toBe(false);
});

it('loses nothing when calls are saved in another order than they came', () => {
	const recent = new RecentStatuses();
	const [first, second]: [IDataObject, IDataObject] = [{}, {}];
	recent.isNew('1/a', first, sid(1), 'sent');
	recent.isNew('1/a', second, sid(2), 'sent');
	expect(saved(first)).toEqual(saved(second));
	expect(new RecentStatuses().isNew('1/a', saved(first), sid(2), 'sent')).toBe(false);
});

it('forgets a status, and only that one', () => {
	const recent = new RecentStatuses();
	recent.isNew('1/a', {}, sid(1), 'sent');
	recent.isNew('1/a', {}, sid(2), 'sent');
	recent.forget('1/a', sid(1), 'sent');
	recent.forget('1/a', sid(3), 'sent');
	recent.forget('2/a', sid(2), 'sent');
	const staticData: IDataObject = {};
	expect(recent.isNew('1/a', staticData, sid(2), 'sent')).toBe(false);
	expect(recent.isNew('1/a', staticData, sid(1), 'sent')).toBe(true);
	expect((staticData.recentStatuses as { keys: string[] }).keys).toHaveLength(2);
});

it('forgets a status also where it has been saved meanwhile, until it comes again', () => {
	const recent = new RecentStatuses();
	const staticData: IDataObject = {};
	recent.isNew('1/a', staticData, sid(1), 'sent');
	const copy = saved(staticData);
	recent.forget('1/a', sid(1), 'sent');
	expect(recent.isNew('1/a', saved(copy), sid(1), 'sent', copy)).toBe(true);
	expect(recent.isNew('1/a', saved(copy), sid(1), 'sent', copy)).toBe(false);
});

it('knows what was saved in another place', () => {
	const staticData: IDataObject = {};
	new RecentStatuses().isNew('1/a', staticData, sid(1), 'sent');
	expect(new RecentStatuses().isNew('1/a', {}, sid(1), 'sent', saved(staticData))).toBe(false);
});

it('changes nothing in the static data for a repetition, and nothing of others ever', () => {
	const recent = new RecentStatuses();
	const staticData: IDataObject = { other: { cursor: 1 } };
	recent.isNew('1/a', staticData, sid(1), 'sent');
	const before = saved(staticData);
	expect(before).toEqual({ other: { cursor: 1 }, recentStatuses: { version: 1, keys: [expect.any(String)] } });
	recent.isNew('1/a', staticData, sid(1), 'sent');
	expect(staticData).toEqual(before);
});

it.each<[string, IDataObject]>([
	['a later version', { recentStatuses: { version: 2, keys: ['x'] } }],
	['no list', { recentStatuses: { version: 1, keys: 'x' } }],
	['nothing', { recentStatuses: null } as unknown as IDataObject],
	['other things', { recentStatuses: { version: 1, keys: [1, null] } } as unknown as IDataObject],
])('starts anew where the static data has %s', (_, staticData) => {
	expect(new RecentStatuses().isNew('1/a', staticData, sid(1), 'sent')).toBe(true);
	expect(staticData.recentStatuses).toEqual({ version: 1, keys: [expect.any(String)] });
});

describe('bounds', () => {
	it('saves the latest 500, in less than 10 kB', () => {
		const recent = new RecentStatuses();
		const staticData: IDataObject = {};
		for (let index = 0; index < 2000; index++) recent.isNew('1/a', staticData, sid(index), 'delivered');
		expect((staticData.recentStatuses as { keys: string[] }).keys).toHaveLength(500);
		expect(JSON.stringify(staticData).length).toBeLessThan(10_000);
		const restarted = (index: number) => new RecentStatuses().isNew('1/a', saved(staticData), sid(index), 'delivered');
		expect([restarted(1500), restarted(1999), restarted(1499)]).toEqual([false, false, true]);
	});

	it('remembers the latest 10,000 of a node', () => {
		const recent = new RecentStatuses();
		for (let index = 0; index < 10_001; index++) recent.isNew('1/a', {}, sid(index), 'sent');
		expect(recent.isNew('1/a', {}, sid(1), 'sent')).toBe(false);
		expect(recent.isNew('1/a', {}, sid(0), 'sent')).toBe(true);
	});

	it('remembers 100,000 in all, and forgets those of the node that was called the longest ago', () => {
		const recent = new RecentStatuses();
		recent.isNew('old', {}, sid(0), 'sent');
		recent.isNew('used', {}, sid(0), 'sent');
		for (let node = 0; node < 9; node++) {
			for (let index = 0; index < 10_000; index++) recent.isNew(`busy${node}`, {}, sid(index), 'sent');
		}
		expect(recent.isNew('used', {}, sid(0), 'sent')).toBe(false);
		for (let index = 0; index < 10_000; index++) recent.isNew('busy9', {}, sid(index), 'sent');
		expect(recent.isNew('used', {}, sid(0), 'sent')).toBe(false);
		expect(recent.isNew('old', {}, sid(0), 'sent')).toBe(true);
	});
});
