import { readFileSync } from 'node:fs';
import Module from 'node:module';
import path from 'node:path';

import ts from 'typescript';

/** A change to the text of source files: file name in nodes/TwilioTrigger/engine, what to replace, and by what. */
export interface Patch {
	file: string;
	replace: string;
	by: string;
}

const folder = path.resolve(__dirname, '../../../nodes/TwilioTrigger/engine');
type RunSession = (typeof import('../../../nodes/TwilioTrigger/engine/session'))['runSession'];
type TakenRowsClass = (typeof import('../../../nodes/TwilioTrigger/engine/takenRows'))['TakenRows'];

/** `runSession` as it is, or with a change made to its source or that of what it imports. */
export function loadSession(patch?: Patch): RunSession {
	return load<{ runSession: RunSession }>('session.ts', patch).runSession;
}

/** `TakenRows` likewise. */
export function loadTakenRows(patch?: Patch): TakenRowsClass {
	return load<{ TakenRows: TakenRowsClass }>('takenRows.ts', patch).TakenRows;
}

function load<T>(name: string, patch?: Patch): T {
	const loaded = new Map<string, unknown>();
	const loadFile = (file: string): unknown => {
		const known = loaded.get(file);
		if (known) return known;
		const exported = {};
		loaded.set(file, exported);
		const compiled = ts.transpileModule(sourceOf(file, patch), {
			compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
		}).outputText;
		const requireFrom = Module.createRequire(file);
		const run = new Function('exports', 'require', compiled) as (
			exports: object,
			require: (id: string) => unknown,
		) => void;
		run(exported, (id) =>
			id.startsWith('.') ? loadFile(path.resolve(path.dirname(file), `${id}.ts`)) : requireFrom(id),
		);
		return exported;
	};
	return loadFile(path.join(folder, name)) as T;
}

function sourceOf(file: string, patch: Patch | undefined): string {
	const text = readFileSync(file, 'utf8');
	if (!patch || path.relative(folder, file) !== patch.file) return text;
	if (text.split(patch.replace).length !== 2) throw new Error(`${patch.file} has not exactly one: ${patch.replace}`);
	return text.replace(patch.replace, () => patch.by);
}
