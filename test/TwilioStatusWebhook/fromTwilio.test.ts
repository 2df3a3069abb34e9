import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { TwilioStatusWebhookTrigger } from '../../nodes/TwilioStatusWebhook/TwilioStatusWebhookTrigger.node';
import { WebhookWorkflow } from '../support/n8n';
import { ownNumber, useSimulatedTwilio } from '../Twilio/simulatedTwilio';

/* The action node calls, the simulated Twilio reports it, and the trigger starts a workflow: all in this process. */

const twilio = useSimulatedTwilio();
const recipient = '+14155550111';
let server: Server;
let trigger: WebhookWorkflow;
let runs: INodeExecutionData[][];

/** Publishes the trigger, and returns where Twilio reaches it. */
async function publish(parameters: INodeParameters): Promise<string> {
	runs = [];
	server = createServer((incoming, response) => {
		let form = '';
		incoming
			.setEncoding('latin1')
			.on('data', (part: string) => (form += part))
			.on('end', () => {
				void trigger.call({ form, headers: incoming.headers as Record<string, string> }).then((result) => {
					if (result.items) runs.push(result.items);
					response.writeHead(result.response.status).end();
				});
			});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	trigger = new WebhookWorkflow({
		node: new TwilioStatusWebhookTrigger(),
		credentials: {
			twilioExtendedApi: { authType: 'authToken', region: 'us1', ...twilio.simulator.account } as never,
		},
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		parameters,
	});
	return trigger.url();
}

afterEach(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

it('who answered a call, found out while the call goes on, starts the workflow once', async () => {
	twilio.simulator.state.answerers.set(recipient, 'machine_end_beep');
	const asyncAmdStatusCallback = await publish({ event: 'machineDetection' });
	const options = {
		machineDetection: 'DetectMessageEnd',
		asyncAmd: true,
		asyncAmdStatusCallback,
		statusCallback: asyncAmdStatusCallback,
		statusCallbackEvents: ['answered', 'completed'],
	};
	const call = { from: ownNumber, to: recipient, instructions: 'url', url: 'https://example.com/voice.xml', options };
	expect((await twilio.run('call.make', call)).error).toBeUndefined();
	for (let step = 0; step < 4; step++) await twilio.simulator.advance();

	// The callbacks about the call's status are answered, and start nothing, though the last one says who answered, too.
	expect(
		twilio.simulator.callbacks.map(({ params, status }) => [params.CallStatus, params.AnsweredBy, status]),
	).toEqual([
		['in-progress', undefined, 204],
		[undefined, 'machine_end_beep', 204],
		['completed', 'machine_end_beep', 204],
	]);
	const { sid, account_sid: accountSid } = twilio.simulator.state.calls[0]!;
	const json = {
		AccountSid: accountSid,
		CallSid: sid,
		AnsweredBy: 'machine_end_beep',
		MachineDetectionDuration: expect.stringMatching(/^\d+$/),
		isFinal: true,
	};
	expect(runs).toEqual([[{ json }]]);
});
