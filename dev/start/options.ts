import path from 'node:path';
import { parseArgs } from 'node:util';

import { repositoryFolder } from '../n8n/paths';

/** What `npm start` was asked for. */
export interface Options {
	/** Where the editor is to be. */
	readonly port: number;
	/** n8n's user folder; kept from one start to the next. */
	readonly dataDir: string;
}

/** The command line makes no sense, or asks for help. */
export class UsageError extends Error {}

/** How to call it. */
export const usage = [
	'Usage: npm start [-- --port N] [--data FOLDER]',
	'',
	"  --port N       the editor's port, 1 to 65535; 5678 when left out",
	'  --data FOLDER  where n8n keeps its data; dev/n8n/data when left out',
].join('\n');

const defaultDataDir = path.join(repositoryFolder, 'dev', 'n8n', 'data');

/**
 * Reads the command line.
 *
 * @throws UsageError with a message for people; an empty one for `--help`
 */
export function readOptions(args: readonly string[]): Options {
	const { port, data, help } = parse(args);
	if (help) throw new UsageError();
	return { port: portNumber(port), dataDir: data === undefined ? defaultDataDir : path.resolve(callersFolder(), data) };
}

/** npm changes to the repository before it runs us. */
function callersFolder(): string {
	return process.env.INIT_CWD ?? process.cwd();
}

function parse(args: readonly string[]) {
	try {
		return parseArgs({
			args: [...args],
			options: {
				port: { type: 'string', default: '5678' },
				data: { type: 'string' },
				help: { type: 'boolean', short: 'h' },
			},
		}).values;
	} catch (error) {
		// Node.js goes on to explain how to pass what nobody meant to pass.
		throw new UsageError(error instanceof Error ? error.message.split('. ')[0] : String(error));
	}
}

function portNumber(text: string): number {
	const port = Number(text);
	if (!/^\d+$/.test(text) || port < 1 || port > 65_535) throw new UsageError(`"${text}" is not a port`);
	return port;
}
