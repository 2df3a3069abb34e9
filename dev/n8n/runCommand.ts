import { spawn } from 'node:child_process';

/** Where and with what a command runs. */
export interface CommandOptions {
	readonly cwd: string;
	readonly env?: NodeJS.ProcessEnv;
}

const linesOfTail = 40;

/**
 * Runs a command to its end and returns what it wrote to standard output.
 *
 * @throws Error with the command, its exit code and the last lines of its output
 */
export async function runCommand(
	command: string,
	args: readonly string[],
	{ cwd, env = process.env }: CommandOptions,
): Promise<string> {
	return await new Promise((resolve, reject) => {
		// On Windows npm is a .cmd file, which only a shell can start.
		const child = spawn(command, args, {
			cwd,
			env,
			shell: process.platform === 'win32',
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		// A command never outlives us, for example an npm that installs when somebody presses Ctrl-C.
		const end = () => child.kill();
		process.once('exit', end);
		let standardOutput = '';
		let everything = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			standardOutput += text;
			everything += text;
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			everything += text;
		});
		child.on('error', reject);
		child.on('close', (code, signal) => {
			process.off('exit', end);
			if (code === 0) return resolve(standardOutput);
			const tail = everything.trimEnd().split('\n').slice(-linesOfTail).join('\n');
			reject(new Error(`"${command} ${args.join(' ')}" in ${cwd} ended with ${signal ?? `code ${code}`}:\n${tail}`));
		});
	});
}
