import { startSimulator, type Simulator } from '../simulator';
import { isBusy } from './ports';

/** The same account at every start, so that what workflows remember of it stays right. Protects nothing. */
const account = {
	accountSid: `AC${'5'.repeat(32)}`,
	authToken: '5'.repeat(32),
	apiKeySid: `SK${'5'.repeat(32)}`,
	apiKeySecret: '5'.repeat(32),
};

/** The port that `npm run simulator` takes too. */
const usualPort = 4010;

/** Fast enough to watch, slow enough to see each status. */
const statusInterval = 2_000;

/** Starts a Twilio on its usual port, or on a free one if that is busy. */
export async function startFixedSimulator(): Promise<Simulator> {
	const port = (await isBusy(usualPort)) ? 0 : usualPort;
	return await startSimulator({ port, account, statusInterval });
}
