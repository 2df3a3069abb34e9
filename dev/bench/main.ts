/* `npm run bench [-- [--quick] name …]`: measures, prints figures and what they should be, and fails on none of them. */
import { parseArgs } from 'node:util';

import { installN8n, packPackage } from '../n8n';
import type { Benchmark, BenchmarkSetup } from './benchmark';
import { benchmarks } from './benchmarks';
import { describeMachine } from './machine';
import { toLines, toMarkdown, type Result } from './report';

/** Progress goes to standard error, so that standard output holds figures only. */
function log(line: string): void {
	process.stderr.write(`${line}\n`);
}

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { quick: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
	});
	const unknown = positionals.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name));
	if (values.help || unknown.length > 0) {
		if (unknown.length > 0) log(`There is no benchmark named ${unknown.join(', ')}.`);
		console.log(usage());
		process.exitCode = values.help ? 0 : 1;
		return;
	}

	await installN8n({ log });
	const setup = { tarball: await packPackage({ log }), quick: values.quick, log };
	const machine = await describeMachine();
	console.log(machine);
	const results: Result[] = [];
	for (const benchmark of benchmarks.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
		console.log(`\n${benchmark.name}: ${benchmark.title}`);
		const result = await measure(benchmark, setup);
		results.push(result);
		console.log(toLines(result).join('\n'));
	}
	console.log(`\n${toMarkdown(machine, results, values.quick)}`);
}

async function measure(benchmark: Benchmark, setup: BenchmarkSetup): Promise<Result> {
	try {
		return { benchmark, findings: await benchmark.run(setup) };
	} catch (error) {
		return { benchmark, findings: [], failure: error instanceof Error ? error.message : String(error) };
	}
}

function usage(): string {
	const width = Math.max(...benchmarks.map(({ name }) => name.length));
	return [
		'npm run bench -- [--quick] [name …]',
		'',
		'--quick  less work and fewer repetitions, to see that everything runs',
		'',
		...benchmarks.map(({ name, title }) => `${name.padEnd(width)}  ${title}`),
	].join('\n');
}

void main();
