/*
 * `npx tsx dev/simulator/main.ts`: a Twilio on this machine until Ctrl+C. Options: --port, --status-interval (milliseconds;
 * 0: statuses stay), and for the same credentials at every start --account-sid, --auth-token, --api-key-sid, --api-key-secret.
 */
import { parseArgs } from 'node:util';
import { startSimulator } from './index';

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '4010' },
			// Fast enough to watch, slow enough to see each status.
			'status-interval': { type: 'string', default: '1500' },
			'account-sid': { type: 'string' },
			'auth-token': { type: 'string' },
			'api-key-sid': { type: 'string' },
			'api-key-secret': { type: 'string' },
		},
	});
	const simulator = await startSimulator({
		port: Number(values.port),
		statusInterval: Number(values['status-interval']) || undefined,
		account: {
			accountSid: values['account-sid'],
			authToken: values['auth-token'],
			apiKeySid: values['api-key-sid'],
			apiKeySecret: values['api-key-secret'],
		},
	});
	const { accountSid, authToken, apiKeySid, apiKeySecret } = simulator.account;
	console.log(
		[
			`Twilio simulator on ${simulator.origin}`,
			`  Watch it        ${simulator.origin}/`,
			`  Base URL        ${simulator.baseUrl}`,
			`  Account SID     ${accountSid}`,
			`  Auth Token      ${authToken}`,
			`  API Key SID     ${apiKeySid}`,
			`  API Key Secret  ${apiKeySecret}`,
			`  Numbers         ${simulator.state.phoneNumbers.map((row) => row.phone_number).join(' ')}`,
		].join('\n'),
	);
	process.once('SIGINT', () => void simulator.close());
}

void main();
