/**
 * The URL, or `undefined` for what is none. `URL.canParse` is no help: in Node.js 20 it starts to refuse letters such as ü
 * once it has been called often.
 *
 * @param base what a relative URL is relative to
 */
export function parseUrl(url: string, base?: string): URL | undefined {
	try {
		return new URL(url, base);
	} catch {
		return undefined;
	}
}
