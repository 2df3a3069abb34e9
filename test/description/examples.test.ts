import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { INodeParameters } from 'n8n-workflow';

import type { WorkflowJson } from '../../dev/n8n';
import { firstExample } from '../../dev/start/welcome';
import { Twilio } from '../../nodes/Twilio/Twilio.node';
import { TwilioStatusWebhookTrigger } from '../../nodes/TwilioStatusWebhook/TwilioStatusWebhookTrigger.node';
import { TwilioTrigger } from '../../nodes/TwilioTrigger/TwilioTrigger.node';
import { collected } from './everyParameter';

const folder = path.resolve(__dirname, '../../examples');
const examples = readdirSync(folder)
	.filter((file) => file.endsWith('.json'))
	.map((file) => ({ file, ...(JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as WorkflowJson) }));

type ExampleNode = WorkflowJson['nodes'][number];

/** What something takes on the canvas, in its pixels. */
interface Area {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

const noteType = 'n8n-nodes-base.stickyNote';

/** Of n8n's canvas: the side of a node, its buttons above it, and its name below it, which is wider. */
const side = 96;
const around = { above: 40, beside: 48, below: 48 };

function areaOf({ name, type, position, parameters }: ExampleNode): Area {
	const [left = 0, top = 0] = position as number[];
	const size = (parameters ?? {}) as { width?: number; height?: number };
	if (type === noteType) {
		return { name: String(name), left, top, right: left + (size.width ?? 240), bottom: top + (size.height ?? 160) };
	}
	return {
		name: String(name),
		left: left - around.beside,
		top: top - around.above,
		right: left + side + around.beside,
		bottom: top + side + around.below,
	};
}

function overlaps(areas: readonly Area[]): string[] {
	return areas.flatMap((one, index) =>
		areas
			.slice(index + 1)
			.filter(
				(other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom,
			)
			.map((other) => `${one.name} and ${other.name}`),
	);
}

/** Parameters of ours that the node does not have: of another version, or misspelt. */
function strangers({ name, type, parameters }: ExampleNode): string[] {
	const node = [new Twilio(), new TwilioTrigger(), new TwilioStatusWebhookTrigger()].find(({ description }) =>
		String(type).endsWith(`n8n-nodes-twilio.${description.name}`),
	);
	if (!node) return [];
	const { properties } = node.description;
	return Object.entries((parameters ?? {}) as INodeParameters).flatMap(([key, value]) => {
		// n8n gives every polling trigger this one.
		if (key === 'pollTimes') return [];
		const named = properties.filter((property) => property.name === key);
		if (named.length === 0) return [`${String(name)}: ${key}`];
		const options = named.flatMap(collected).map((option) => option.name);
		if (options.length === 0) return [];
		return Object.keys(value as object)
			.filter((option) => !options.includes(option))
			.map((option) => `${String(name)}: ${key}.${option}`);
	});
}

it('has examples', () => {
	expect(examples.length).toBeGreaterThan(0);
});

describe.each(examples)('$file', ({ nodes, connections }) => {
	it('has nothing on its canvas that covers something else', () => {
		expect(overlaps(nodes.map(areaOf))).toEqual([]);
	});

	it('has only parameters that our nodes have', () => {
		expect(nodes.flatMap(strangers)).toEqual([]);
	});

	it('connects only nodes that are there, each with what comes before it', () => {
		const names = nodes.filter(({ type }) => type !== noteType).map(({ name }) => String(name));
		const links = Object.entries(connections as Record<string, { main: Array<Array<{ node: string }>> }>);
		const sources = links.map(([source]) => source);
		const targets = links.flatMap(([, { main }]) => main.flat().map(({ node }) => node));
		expect([...sources, ...targets].filter((name) => !names.includes(name))).toEqual([]);
		expect(names.filter((name) => !targets.includes(name))).toHaveLength(1);
	});
});

it('begins with one that shows a result when it is executed by hand', () => {
	const first = examples.find(({ name }) => name === firstExample);
	const types = first?.nodes.map(({ type }) => String(type)) ?? [];
	expect(types).toContain('n8n-nodes-base.manualTrigger');
	expect(types.filter((type) => type.startsWith('n8n-nodes-twilio.'))).toEqual(['n8n-nodes-twilio.twilio']);
});
