import type { DropdownPage } from '../../dev/n8n';
import { twilioType, useEnvironment } from './environment';

const e2e = useEnvironment();

interface Property {
	name: string;
	type: string;
	displayOptions?: { show?: Record<string, unknown[]> };
	modes?: Array<{ name: string; typeOptions?: { searchListMethod?: string } }>;
}

let properties: Property[];

beforeAll(async () => {
	const type = (await e2e.n8n.nodeTypes()).find(({ name }) => name === twilioType);
	properties = type?.properties as Property[];
});

/** Opens a dropdown as the editor does: with the method that the description of the node names. */
async function open(parameter: string, parameters: Record<string, unknown>, filter?: string): Promise<DropdownPage> {
	const method = properties
		.filter(({ name, displayOptions }) => name === parameter && isShown(displayOptions, parameters))
		.flatMap(({ modes }) => modes ?? [])
		.find(({ name }) => name === 'list')?.typeOptions?.searchListMethod;
	expect(method).toEqual(expect.any(String));
	return await e2e.n8n.dropdown({
		nodeType: twilioType,
		method: method!,
		parameter,
		parameters,
		credentials: e2e.credentials(),
		...(filter === undefined ? {} : { filter }),
	});
}

function isShown(displayOptions: Property['displayOptions'], parameters: Record<string, unknown>): boolean {
	const { resource, operation } = displayOptions?.show ?? {};
	return (
		(resource === undefined || resource.includes(parameters.resource)) &&
		(operation === undefined || operation.includes(parameters.operation))
	);
}

const sms = { resource: 'message', operation: 'send', channel: 'sms' };

function valuesOf({ results }: DropdownPage) {
	return results.map(({ value }) => value).sort();
}

describe('A dropdown of the message form', () => {
	test("offers those of the account's numbers that can text", async () => {
		const page = await open('from', { ...sms, senderType: 'phoneNumber' });
		const canText = e2e.simulator.state.phoneNumbers.filter(({ capabilities }) => capabilities.sms);
		expect(canText.length).toBeLessThan(e2e.simulator.state.phoneNumbers.length);
		expect(valuesOf(page)).toEqual(canText.map((number) => number.phone_number).sort());
	});

	test('finds a number by a part of it', async () => {
		const wanted = e2e.simulator.state.phoneNumbers[0]!.phone_number;
		const page = await open('from', { ...sms, senderType: 'phoneNumber' }, wanted.slice(-7));
		expect(valuesOf(page)).toContain(wanted);
	});

	test('offers the Messaging Services by name', async () => {
		const page = await open('messagingServiceSid', { ...sms, senderType: 'messagingService' });
		const stored = e2e.simulator.state.messagingServices;
		expect(valuesOf(page)).toEqual(stored.map(({ sid }) => sid).sort());
		for (const { sid, friendly_name: name } of stored) {
			expect(page.results.find(({ value }) => value === sid)?.name).toContain(name);
		}
	});

	test('offers the content templates by name', async () => {
		const page = await open('contentSid', { ...sms, contentType: 'template' });
		const stored = e2e.simulator.state.contentTemplates;
		expect(valuesOf(page)).toEqual(stored.map(({ sid }) => sid).sort());
		for (const { sid, friendly_name: name } of stored) {
			expect(page.results.find(({ value }) => value === sid)?.name).toContain(name);
		}
	});
});
