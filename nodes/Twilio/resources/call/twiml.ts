import { UserError } from 'n8n-workflow';

/** Characters that Twilio takes at most in the parameter Twiml. */
const maxTwimlLength = 4000;

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&apos;',
};

/** A text for XML: markup is escaped, and control characters, which XML does not have, are left out. */
export function escapeXml(text: string): string {
	return text
		.replace(/\p{Cc}/gu, (control) => ('\t\n\r'.includes(control) ? control : ''))
		.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/**
 * TwiML that speaks a text.
 *
 * @param voice such as `Polly.Joanna-Neural`; Twilio's default when empty
 * @param language such as `en-US`; the voice's default when empty
 * @see https://www.twilio.com/docs/voice/twiml/say
 */
export function sayTwiml(text: string, voice = '', language = ''): string {
	const attributes = Object.entries({ voice, language })
		.filter(([, value]) => value !== '')
		.map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
		.join('');
	return `<Response><Say${attributes}>${escapeXml(text)}</Say></Response>`;
}

/**
 * @throws UserError for TwiML that Twilio would refuse for its length
 * @see https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource
 */
export function checkTwiml(parameter: string, twiml: string): void {
	if (twiml.length > maxTwimlLength) {
		throw new UserError(
			`'${parameter}' makes ${twiml.length} characters of TwiML; Twilio takes ${maxTwimlLength} at most`,
			{ description: "Use 'URL' for longer instructions." },
		);
	}
}
