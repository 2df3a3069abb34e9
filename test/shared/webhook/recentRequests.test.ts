import type { IDataObject } from 'n8n-workflow';

import { RecentRequests } from '../../../nodes/shared/webhook/recentRequests';

const sid = (index: number) => `SM${String(index).padStart(32, '0')}`;

/** What identifies a callback about a status. */
const id = (of: string, status: string) => `${of}:${status}`;

/** What n8n's database makes of static data. */
const saved = (staticData: IDataObject) => JSON.parse(JSON.stringify(staticData)) as IDataObject;

it('knows a status that was reported before, and tells the statuses of one SID apart', () => {
	const recent = new RecentRequests();
	const staticData = {};
	expect(recent.remember('1/a', staticData, id(sid(1), 'sent'))).toBe(true);
	expect(recent.remember('1/a', staticData, id(sid(1), 'delivered'))).toBe(true);
	expect(recent.remember('1/a', staticData, id(sid(1), 'sent'))).toBe(false);
	expect(recent.remember('1/a', staticData, id(sid(2), 'sent'))).toBe(true);
});

it('keeps nodes apart', () => {
	const recent = new RecentRequests();
	expect(recent.remember('1/a', {}, id(sid(1), 'sent'))).toBe(true);
	expect(recent.remember('1/b', {}, id(sid(1), 'sent'))).toBe(true);
	expect(recent.remember('2/a', {}, id(sid(1), 'sent'))).toBe(true);
});

it('does not need static data for callbacks that arrive together', () => {
	const recent = new RecentRequests();
	// Each call of a webhook has its own copy of what was in the database.
	expect([1, 1, 2, 2].map((index) => recent.remember('1/a', {}, id(sid(index), 'sent')))).toEqual([
		true,
		false,
		true,
		false,
	]);
});

it('knows after a restart what was saved', () => {
	const staticData: IDataObject = {};
	new RecentRequests().remember('1/a', staticData, id(sid(1), 'sent'));
	expect(new RecentRequests().remember('1/a', saved(staticData), id(sid(1), 'sent'))).toBe(false);
	expect(new RecentRequests().remember('1/a', saved(staticData), id(sid(1), 'delivered'))).toBe(true);
});

it('puts back what another writer of the static data has dropped', () => {
	const recent = new RecentRequests();
	const staticData: IDataObject = {};
	recent.remember('1/a', staticData, id(sid(1), 'sent'));
	const overwritten: IDataObject = {};
	recent.remember('1/a', overwritten, id(sid(2), 'sent'));
	expect(new RecentRequests().remember('1/a', saved(overwritten), id(sid(1), 'sent'))).toBe(false);
});

it('loses nothing when calls are saved in another order than they came', () => {
	const recent = new RecentRequests();
	const [first, second]: [IDataObject, IDataObject] = [{}, {}];
	recent.remember('1/a', first, id(sid(1), 'sent'));
	recent.remember('1/a', second, id(sid(2), 'sent'));
	expect(saved(first)).toEqual(saved(second));
	expect(new RecentRequests().remember('1/a', saved(first), id(sid(2), 'sent'))).toBe(false);
});

it('forgets a status, and only that one', () => {
	const recent = new RecentRequests();
	recent.remember('1/a', {}, id(sid(1), 'sent'));
	recent.remember('1/a', {}, id(sid(2), 'sent'));
	recent.forget('1/a', id(sid(1), 'sent'));
	recent.forget('1/a', id(sid(3), 'sent'));
	recent.forget('2/a', id(sid(2), 'sent'));
	const staticData: IDataObject = {};
	expect(recent.remember('1/a', staticData, id(sid(2), 'sent'))).toBe(false);
	expect(recent.remember('1/a', staticData, id(sid(1), 'sent'))).toBe(true);
	expect((staticData.recentRequests as { keys: string[] }).keys).toHaveLength(2);
});

it('forgets a status also where it has been saved meanwhile, until it comes again', () => {
	const recent = new RecentRequests();
	const staticData: IDataObject = {};
	recent.remember('1/a', staticData, id(sid(1), 'sent'));
	const copy = saved(staticData);
	recent.forget('1/a', id(sid(1), 'sent'));
	expect(recent.remember('1/a', saved(copy), id(sid(1), 'sent'), copy)).toBe(true);
	expect(recent.remember('1/a', saved(copy), id(sid(1), 'sent'), copy)).toBe(false);
});

it('knows what was saved in another place', () => {
	const staticData: IDataObject = {};
	new RecentRequests().remember('1/a', staticData, id(sid(1), 'sent'));
	expect(new RecentRequests().remember('1/a', {}, id(sid(1), 'sent'), saved(staticData))).toBe(false);
});

it('changes nothing in the static data for a repetition, and nothing of others ever', () => {
	const recent = new RecentRequests();
	const staticData: IDataObject = { other: { cursor: 1 } };
	recent.remember('1/a', staticData, id(sid(1), 'sent'));
	const before = saved(staticData);
	expect(before).toEqual({ other: { cursor: 1 }, recentRequests: { version: 1, keys: [expect.any(String)] } });
	recent.remember('1/a', staticData, id(sid(1), 'sent'));
	expect(staticData).toEqual(before);
});

it.each<[string, IDataObject]>([
	['a later version', { recentRequests: { version: 2, keys: ['x'] } }],
	['no list', { recentRequests: { version: 1, keys: 'x' } }],
	['nothing', { recentRequests: null }],
	['other things', { recentRequests: { version: 1, keys: [1, null] } }],
])('starts anew where the static data has %s', (_, staticData) => {
	expect(new RecentRequests().remember('1/a', staticData, id(sid(1), 'sent'))).toBe(true);
	expect(staticData.recentRequests).toEqual({ version: 1, keys: [expect.any(String)] });
});

describe('bounds', () => {
	it('saves the latest 500, in less than 10 kB', () => {
		const recent = new RecentRequests();
		const staticData: IDataObject = {};
		for (let index = 0; index < 2000; index++) recent.remember('1/a', staticData, id(sid(index), 'delivered'));
		expect((staticData.recentRequests as { keys: string[] }).keys).toHaveLength(500);
		expect(JSON.stringify(staticData).length).toBeLessThan(10_000);
		const restarted = (index: number) =>
			new RecentRequests().remember('1/a', saved(staticData), id(sid(index), 'delivered'));
		expect([restarted(1500), restarted(1999), restarted(1499)]).toEqual([false, false, true]);
	});

	it('remembers the latest 10,000 of a node', () => {
		const recent = new RecentRequests();
		for (let index = 0; index < 10_001; index++) recent.remember('1/a', {}, id(sid(index), 'sent'));
		expect(recent.remember('1/a', {}, id(sid(1), 'sent'))).toBe(false);
		expect(recent.remember('1/a', {}, id(sid(0), 'sent'))).toBe(true);
	});

	it('remembers 100,000 in all, and forgets those of the node that was called the longest ago', () => {
		const recent = new RecentRequests();
		recent.remember('old', {}, id(sid(0), 'sent'));
		recent.remember('used', {}, id(sid(0), 'sent'));
		for (let node = 0; node < 9; node++) {
			for (let index = 0; index < 10_000; index++) recent.remember(`busy${node}`, {}, id(sid(index), 'sent'));
		}
		expect(recent.remember('used', {}, id(sid(0), 'sent'))).toBe(false);
		for (let index = 0; index < 10_000; index++) recent.remember('busy9', {}, id(sid(index), 'sent'));
		expect(recent.remember('used', {}, id(sid(0), 'sent'))).toBe(false);
		expect(recent.remember('old', {}, id(sid(0), 'sent'))).toBe(true);
	});
});
