import type { IDataObject } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';

import type { FormParameters } from './signature';

/** What Twilio says in a form. A name that comes several times has a list of values. */
export function formValues(form: FormParameters): IDataObject {
	const values = new Map<string, string[]>();
	for (const [name, value] of form) {
		const known = values.get(name);
		if (known) known.push(value);
		else values.set(name, [value]);
	}
	return Object.fromEntries([...values].map(([name, each]) => [name, each.length === 1 ? each[0] : each]));
}

/** What Twilio says in JSON; nothing if it is no object. */
export function jsonValues(rawBody: Buffer): IDataObject {
	const body = jsonParse<unknown>(rawBody.toString('utf8'), { fallbackValue: undefined });
	return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as IDataObject) : {};
}
