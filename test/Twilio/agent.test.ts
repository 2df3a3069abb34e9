import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import { resources } from '../../nodes/Twilio/resources';
import { Twilio } from '../../nodes/Twilio/Twilio.node';
import { runAsTool, toolDescription, type RunOptions } from '../support/n8n';
import { ownNumber, useSimulatedTwilio } from './simulatedTwilio';

/**
 * What an AI agent can do with the node, and what it cannot: whoever builds the workflow chooses resource and operation,
 * the agent only fills in the parameters that are given to it.
 */

const twilio = useSimulatedTwilio();

const ways = ['invoke', 'engine'] as const;
type Way = (typeof ways)[number];

const call = async (parameters: INodeParameters, toolArguments: Record<string, string>, way: Way = 'invoke') =>
	await runAsTool({
		node: new Twilio(),
		parameters,
		calls: [toolArguments],
		way,
		credentials: twilio.credentials as RunOptions['credentials'],
	});

const chosenByAgent = (name: string) => `={{ $fromAI('${name}', 'What to do', 'string') }}`;
const locatorByAgent = { __rl: true, mode: 'id', value: chosenByAgent('sid') };
const onSale = '+14155550120';

describe.each(ways)('an agent that is asked for resource and operation (%s)', (way) => {
	/** What an agent would have to choose to do harm, and what shows that it was done. */
	const harm: Array<[string, string, INodeParameters]> = [
		['phoneNumber', 'buy', { phoneNumber: onSale }],
		['phoneNumber', 'release', { phoneNumberSid: locatorByAgent }],
		['recording', 'delete', { recordingSid: locatorByAgent }],
	];

	it.each(harm)('can choose neither: %s %s', async (resource, operation, parameters) => {
		const { phoneNumbers, recordings } = twilio.simulator.state;
		const sid = resource === 'recording' ? twilio.simulator.record().sid : (phoneNumbers[0]?.sid ?? '');
		const before = JSON.stringify([phoneNumbers, recordings]);
		for (const chosen of [
			{ resource, operation: chosenByAgent('operation') },
			{ resource: chosenByAgent('resource'), operation },
			{ resource: chosenByAgent('resource'), operation: chosenByAgent('operation') },
			{ resource, operation: "={{ $fromAI('operation') + '' }}" },
			{ resource, operation: '={{ "' + operation + '" }}' },
		]) {
			const run = await call({ ...chosen, ...parameters }, { resource, operation, sid }, way);
			const said = JSON.stringify([run.answers, run.error, run.run.data.resultData.runData]);
			expect(/cannot be an expression|has no operation/.exec(said)?.[0]).toBeDefined();
		}
		expect(twilio.simulator.requests).toEqual([]);
		expect(JSON.stringify([phoneNumbers, recordings])).toBe(before);
	});

	it('does what the builder of the workflow chose, with what the agent filled in', async () => {
		const parameters = { resource: 'phoneNumber', operation: 'buy', phoneNumber: chosenByAgent('number') };
		const { answers } = await call(parameters, { number: onSale }, way);
		expect(answers).toEqual([{ answer: [expect.objectContaining({ phone_number: onSale })] }]);
	});
});

it('the selectors take no expressions in the editor', () => {
	const selectors = new Twilio().description.properties.filter(({ name }) => /^(resource|operation)$/.test(name));
	expect(selectors).toHaveLength(resources.length + 1);
	expect(selectors.every(({ noDataExpression }) => noDataExpression === true)).toBe(true);
});

describe('what an agent and its builder read', () => {
	const optionsOf = (resource: string) =>
		new Twilio().description.properties.find(
			({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.includes(resource),
		)?.options as INodeProperties[];
	const descriptionOf = (resource: string, operation: string) =>
		String(
			(optionsOf(resource) as Array<{ value?: unknown; description?: string }>).find(({ value }) => value === operation)
				?.description,
		);

	it.each([
		['phoneNumber', 'buy', /costs money now and every month/],
		['phoneNumber', 'release', /what was paid for it is lost/],
		['message', 'send', /costs money and cannot be taken back/],
		['call', 'make', /costs money and cannot be taken back/],
		['verification', 'send', /costs money/],
		['lookup', 'get', /each added field costs money/],
		['apiRequest', 'send', /may cost money/],
	])('says what costs money: %s %s', (resource, operation, words) => {
		expect(descriptionOf(resource, operation)).toMatch(words);
	});

	it.each(
		resources.flatMap(({ value, operations }) =>
			operations.filter(({ access }) => access === 'delete').map((each) => [value, each.value]),
		),
	)('says what cannot be undone: %s %s', (resource, operation) => {
		expect(descriptionOf(resource, operation)).toMatch(/for good|is lost/);
	});

	it('names resource and operation in the description of the tool', () => {
		expect(toolDescription(new Twilio(), { resource: 'phoneNumber', operation: 'buy' })).toMatch(/buy.*phone ?number/i);
	});
});

describe.each(ways)('an agent that downloads (%s)', (way) => {
	it('gets the facts of a recording as json', async () => {
		const { sid } = twilio.simulator.record({ content: Buffer.from([1, 2, 3]) });
		const parameters = { resource: 'recording', operation: 'download', recordingSid: locatorByAgent };
		const { answers } = await call(parameters, { sid }, way);
		expect(answers).toEqual([{ answer: [{ sid, fileName: `${sid}.mp3`, mimeType: 'audio/mpeg', fileSize: 3 }] }]);
	});

	it('gets the facts of a picture as json', async () => {
		const media = [{ contentType: 'image/png', content: Buffer.from([1, 2, 3]) }];
		const { sid: messageSid } = twilio.simulator.receive({ from: '+14155550111', to: ownNumber, media });
		const sid = twilio.simulator.state.media[0]?.sid ?? '';
		const parameters = { resource: 'media', operation: 'download', messageSid, mediaSid: chosenByAgent('sid') };
		const { answers } = await call(parameters, { sid }, way);
		expect(answers).toEqual([{ answer: [{ sid, fileName: `${sid}.png`, mimeType: 'image/png', fileSize: 3 }] }]);
	});

	it('gets the facts of a file of any request as json', async () => {
		const { sid } = twilio.simulator.record({ content: Buffer.from([1, 2, 3]) });
		const parameters = { resource: 'apiRequest', operation: 'send', url: chosenByAgent('url') };
		const url = `2010-04-01/Accounts/{accountSid}/Recordings/${sid}.mp3`;
		const { answers } = await call(parameters, { url }, way);
		expect(answers).toEqual([{ answer: [{ fileName: `${sid}.mp3`, mimeType: 'audio/mpeg', fileSize: 3 }] }]);
	});
});
