import { developmentOwner } from '../n8n';

/** The example to try first: it needs no change, and shows a result at once. Those with a trigger wait for an event. */
export const firstExample = 'Text everyone in a list';

/** What is running, for the text that is printed at the end. */
export interface Running {
	readonly editor: string;
	readonly simulator: string;
	/** What n8n itself says. */
	readonly logFile: string;
	/** Names of the imported workflows. */
	readonly examples: readonly string[];
}

/** Tells a person where everything is and what to try first. */
export function welcome({ editor, simulator, logFile, examples }: Running): string {
	const first = examples.find((name) => name === firstExample);
	return [
		'',
		`  n8n with Twilio Extended   ${editor}`,
		`    e-mail                   ${developmentOwner.email}`,
		`    password                 ${developmentOwner.password}`,
		`  Twilio simulator           ${simulator}`,
		`  n8n's log                  ${logFile}`,
		'',
		'  Try first:',
		first === undefined
			? '    1. Make a workflow, and add "Twilio Extended" with the action "Send a message".'
			: `    1. Open the workflow "${first}" (${examples.length} ${examples.length === 1 ? 'example is' : 'examples are'} there) and execute it.`,
		"    2. Watch the messages arrive on the simulator's page, and answer one from there.",
		'  Nothing leaves this machine: the credential "Twilio simulator" is for the simulator.',
		'',
		'  Ctrl-C ends it.',
		'',
	].join('\n');
}
