import type { Benchmark, Finding } from './benchmark';

/** What came of one benchmark: its figures, or why there are none. */
export interface Result {
	readonly benchmark: Benchmark;
	readonly findings: readonly Finding[];
	readonly failure?: string;
}

/** One benchmark's figures, aligned for a terminal. */
export function toLines({ findings, failure }: Result): string[] {
	if (failure !== undefined) return [`  not measured: ${failure}`];
	const widest = (texts: string[]) => Math.max(...texts.map((text) => text.length));
	const what = widest(findings.map((finding) => finding.what));
	const measured = widest(findings.map((finding) => finding.measured));
	return findings.map((finding) =>
		`  ${finding.what.padEnd(what)}  ${finding.measured.padEnd(measured)}  ${verdict(finding)}`.trimEnd(),
	);
}

/** All figures as a Markdown table, for a pull request or a release. */
export function toMarkdown(machine: string, results: readonly Result[], quick: boolean): string {
	const rows = results.flatMap(({ benchmark, findings, failure }) =>
		failure === undefined
			? findings.map(({ what, measured, target }) => [
					benchmark.name,
					what,
					measured,
					target?.text ?? '',
					target ? metOrNot(target.isMet) : '',
				])
			: [[benchmark.name, 'not measured', failure.split('\n')[0] ?? '', '', '']],
	);
	return [
		`Measured with \`npm run bench${quick ? ' -- --quick' : ''}\` on ${machine}.`,
		'',
		...[['Benchmark', 'What', 'Measured', 'Target', ''], ['---', '---', '---', '---', '---'], ...rows].map(
			(cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`,
		),
	].join('\n');
}

function verdict({ target }: Finding): string {
	return target ? `target: ${target.text} → ${metOrNot(target.isMet)}` : '';
}

function metOrNot(isMet: boolean): string {
	return isMet ? 'met' : 'not met';
}
