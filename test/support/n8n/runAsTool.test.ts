import { runAsTool, toolDescription } from '.';
import { probeCredential, ProbeNode } from './probeNodes';

const credentialTypes = [probeCredential];
const parameters = { text: "={{ $fromAI('text', 'What to say', 'string') }}" };

describe('runAsTool', () => {
	it('takes parameters from the model and answers with json', async () => {
		const node = new ProbeNode((context) => ({
			text: context.getNodeParameter('text', 0),
			tool: context.isToolExecution?.(),
		}));
		const { answers, tool } = await runAsTool({
			node,
			parameters,
			calls: [{ text: 'a' }, { text: 'b' }],
			credentialTypes,
		});
		expect(answers).toEqual([{ answer: [{ text: 'a', tool: true }] }, { answer: [{ text: 'b', tool: true }] }]);
		expect(tool?.name).toBe('Node');
	});

	it('gives every try a run index of its own and one context', async () => {
		const node = new ProbeNode((context, _index, memory) => {
			memory.runIndexes = [...(memory.runIndexes ?? []), context.evaluateExpression('{{ $runIndex }}', 0) as number];
			if (memory.runIndexes.length < 3) throw new Error('not yet');
			return { ok: true };
		});
		const { answers, contextData } = await runAsTool({
			node,
			parameters,
			calls: [{ text: 'a' }],
			retryOnFail: true,
			maxTries: 3,
			credentialTypes,
		});
		expect(answers).toEqual([{ answer: [{ ok: true }] }]);
		expect(contextData.runIndexes).toEqual([0, 1, 2]);
	});

	it('tells the agent what went wrong after the last try', async () => {
		const node = new ProbeNode(() => {
			throw new Error('broken');
		});
		const { answers } = await runAsTool({
			node,
			parameters,
			calls: [{ text: 'a' }],
			retryOnFail: true,
			maxTries: 2,
			credentialTypes,
		});
		expect(answers).toEqual([{ error: expect.stringContaining('broken') }]);
		expect(node.contexts).toHaveLength(2);
	});

	it('can be executed by the engine, as newer agents do', async () => {
		const node = new ProbeNode((context) => ({
			text: context.getNodeParameter('text', 0),
			tool: context.isToolExecution?.(),
		}));
		const { answers, error } = await runAsTool({
			node,
			parameters,
			calls: [{ text: 'a' }, { text: 'b' }],
			way: 'engine',
			credentialTypes,
		});
		expect(error).toBeUndefined();
		expect(answers).toEqual([{ answer: [{ text: 'a', tool: false }] }, { answer: [{ text: 'b', tool: false }] }]);
	});

	it('refuses nodes that n8n does not offer to agents', async () => {
		const node = new ProbeNode(() => ({}));
		delete node.description.usableAsTool;
		await expect(runAsTool({ node, calls: [], credentialTypes })).rejects.toThrow('usableAsTool');
	});
});

describe('toolDescription', () => {
	it('is what the agent reads', () => {
		expect(toolDescription(new ProbeNode(() => ({})), {})).toBe('Proves what the harness does');
	});
});
