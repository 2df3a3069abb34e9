/** A value as Twilio's form and query encoding takes it; a list repeats the key. */
export type ParameterValue = string | number | boolean;

/** Twilio's parameter names with their values. What is `undefined` is not sent; an empty string is. */
export type TwilioParameters = Readonly<Record<string, ParameterValue | readonly ParameterValue[] | undefined>>;

/**
 * Encodes parameters the way Twilio reads them: lists repeat the key (`MediaUrl=a&MediaUrl=b`), booleans are `true` and
 * `false`. n8n's own encoding of objects would send `MediaUrl[]` in forms and `MediaUrl[0]` in queries.
 */
export function encodeParameters(
	parameters: TwilioParameters,
	additional: ReadonlyArray<readonly [string, string]> = [],
): URLSearchParams {
	const encoded = new URLSearchParams();
	for (const [name, value] of Object.entries(parameters)) {
		if (value === undefined) continue;
		for (const each of Array.isArray(value) ? (value as readonly ParameterValue[]) : [value]) {
			encoded.append(name, String(each));
		}
	}
	for (const [name, value] of additional) encoded.append(name, value);
	return encoded;
}

/** A URL with its parameters as query. */
export function withQuery(url: string, query: URLSearchParams): string {
	const text = query.toString();
	return text === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${text}`;
}
