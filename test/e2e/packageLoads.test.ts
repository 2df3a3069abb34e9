import { packageName, type NodeTypeDescription } from '../../dev/n8n';
import { credentialType, twilioType, useEnvironment } from './environment';

const { n8n } = useEnvironment();

type Icon = string | { light: string; dark: string };

let nodeTypes: NodeTypeDescription[];
let credentialTypes: NodeTypeDescription[];

beforeAll(async () => {
	nodeTypes = await n8n.nodeTypes();
	credentialTypes = await n8n.credentialTypes();
});

function typeNamed(types: readonly NodeTypeDescription[], name: string): NodeTypeDescription {
	const found = types.filter((type) => type.name === name);
	expect(found).toHaveLength(1);
	return found[0]!;
}

async function expectSvgs(icon: Icon) {
	const paths = typeof icon === 'string' ? [icon] : [icon.light, icon.dark];
	for (const path of paths) {
		const response = await n8n.send('GET', `/${path}`);
		expect(response.status).toBe(200);
		expect(response.headers.get('content-type')).toContain('image/svg+xml');
		expect(await response.text()).toContain('<svg');
	}
}

describe('The packed package in a real n8n', () => {
	test('brings the action node with icons and codex', async () => {
		const type = typeNamed(nodeTypes, twilioType);
		expect(type).toMatchObject({ displayName: 'Twilio Extended', group: ['output'] });
		expect(type.codex).toMatchObject({
			categories: expect.arrayContaining(['Communication']),
			resources: { primaryDocumentation: [{ url: expect.stringMatching(/^https:/) }] },
		});
		await expectSvgs(type.iconUrl as Icon);
	});

	test('shows what comes out before the node has run', async () => {
		const response = await n8n.send('GET', `/schemas/${twilioType}/1.0.0/message/send.json`);
		expect(response.status).toBe(200);
		expect(await response.json()).toMatchObject({ type: 'object', properties: { sid: { type: 'string' } } });
	});

	test('brings the action node as a tool for AI agents too', () => {
		expect(typeNamed(nodeTypes, `${twilioType}Tool`)).toMatchObject({ outputs: ['ai_tool'] });
	});

	test('brings the credential type and names the nodes that use it', async () => {
		const type = typeNamed(credentialTypes, credentialType);
		expect(type).toMatchObject({
			displayName: 'Twilio Extended API',
			supportedNodes: expect.arrayContaining([twilioType]),
		});
		await expectSvgs(type.iconUrl as Icon);
	});

	test("leaves n8n's own Twilio nodes and credential alone", () => {
		const own = typeNamed(credentialTypes, 'twilioApi');
		expect(own).toMatchObject({ displayName: 'Twilio API' });
		expect(own.supportedNodes).toContain('n8n-nodes-base.twilio');
		expect(JSON.stringify(own)).not.toContain(packageName);
		typeNamed(nodeTypes, 'n8n-nodes-base.twilio');
	});
});
