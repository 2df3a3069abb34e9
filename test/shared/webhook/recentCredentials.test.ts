import type { TwilioCredentials } from '../../../nodes/shared/api/credentials';
import { RecentCredentials } from '../../../nodes/shared/webhook/recentCredentials';

const credentials = (authToken: string) => ({ authToken }) as TwilioCredentials;

it('lends credentials for five seconds, to the node that they let somebody in for', () => {
	let now = 0;
	const recent = new RecentCredentials(() => now);
	expect(recent.get('1/a')).toBeUndefined();
	recent.set('1/a', credentials('one'));
	now = 4999;
	expect(recent.get('1/a')).toEqual(credentials('one'));
	expect(recent.get('1/b')).toBeUndefined();
	now = 5000;
	expect(recent.get('1/a')).toBeUndefined();
	recent.set('1/a', credentials('two'));
	expect(recent.get('1/a')).toEqual(credentials('two'));
});

it('knows a thousand nodes', () => {
	const recent = new RecentCredentials(() => 0);
	for (let node = 0; node <= 1000; node++) recent.set(String(node), credentials('one'));
	expect(recent.get('0')).toBeUndefined();
	expect(recent.get('1')).toBeDefined();
	expect(recent.get('1000')).toBeDefined();
});
