const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The fields of an error document. Paths of the 2010 API without `.json`, such as those of files, answer in XML; its fields
 * get the names that they have in JSON.
 *
 * @see https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions
 */
export function errorFields(body: unknown): Record<string, unknown> {
	if (typeof body === 'object' && body !== null) return { ...body };
	if (typeof body !== 'string' || !body.includes('<RestException>')) return {};
	const text = (element: string) =>
		new RegExp(`<${element}>([^<]*)</${element}>`)
			.exec(body)?.[1]
			?.replace(/&(\w+);/g, (entity, name: string) => entities[name] ?? entity);
	const code = Number(text('Code') ?? NaN);
	return { message: text('Message'), more_info: text('MoreInfo'), ...(Number.isInteger(code) && { code }) };
}
