/* `npm start [-- --port N]`: n8n with the package, a simulated Twilio and the examples, until Ctrl-C. */
import { startDevelopment, type Development } from './development';
import { readOptions, usage, UsageError, type Options } from './options';
import { welcome } from './welcome';

const millisecondsBetweenLooks = 500;

/** Ends the process, and with it every command and the n8n that is still starting. */
function fail(message: string): never {
	console.error(message);
	process.exit(1);
}

function optionsOrExit(): Options {
	try {
		return readOptions(process.argv.slice(2));
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		if (error.message !== '') fail(`${error.message}\n\n${usage}`);
		console.log(usage);
		process.exit(0);
	}
}

/**
 * Resolves when somebody asks us to end, or when the npm that started us is gone: its shell does not hand on a SIGTERM.
 * Asking again changes nothing: npm does hand on a Ctrl-C, which we got from the terminal as well.
 */
async function endRequested(): Promise<'requested'> {
	const parent = process.ppid;
	return await new Promise((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve('requested'));
		lookOften(() => process.ppid !== parent && resolve('requested'));
	});
}

/** Resolves when n8n is gone although nobody asked for it. */
async function n8nGone({ isAlive }: Development): Promise<'gone'> {
	return await new Promise((resolve) => lookOften(() => !isAlive() && resolve('gone')));
}

/** Looks as long as this process lives, without keeping it alive. */
function lookOften(look: () => void): void {
	setInterval(look, millisecondsBetweenLooks).unref();
}

async function main(): Promise<void> {
	const options = optionsOrExit();
	const requested = endRequested();
	const started = await Promise.race([requested, startDevelopment(options, (line) => console.log(line))]);
	if (started === 'requested') process.exit(0);

	console.log(welcome(started));
	const reason = await Promise.race([requested, n8nGone(started)]);
	console.log(reason === 'gone' ? `n8n ended by itself:\n${started.tail()}` : 'Ending n8n and the simulator …');
	await started.close();
	process.exit(reason === 'gone' ? 1 : 0);
}

main().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
