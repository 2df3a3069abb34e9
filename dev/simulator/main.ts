/* `npx tsx dev/simulator/main.ts [--port N]`: a Twilio on this machine until Ctrl+C. */
import { parseArgs } from 'node:util';
import { startSimulator } from './index';

/** Fast enough to watch, slow enough to see each status. */
const statusInterval = 2_000;

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { port: { type: 'string', default: '4010' } } });
	const simulator = await startSimulator({ port: Number(values.port), statusInterval });
	const { accountSid, authToken, apiKeySid, apiKeySecret } = simulator.account;
	console.log(
		[
			`Twilio simulator on ${simulator.origin}`,
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
