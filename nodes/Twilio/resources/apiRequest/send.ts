import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { jsonParse, UserError } from 'n8n-workflow';

import { readText, type FileContent, type TwilioResponse } from '../../../shared/api/exchange';
import { collectRows, followPages } from '../../../shared/api/pages';
import { withQuery } from '../../../shared/api/parameters';
import { defineOperation, type OperationParameters } from '../../operation/defineOperation';
import type { OperationResult } from '../../operation/execution';
import { requestFields, requestOptions } from './fields';

type RequestParameters = OperationParameters<typeof requestFields, typeof requestOptions, readonly []>;

/** What the credential and the connection decide, not the user. */
const reservedHeaders = new Set([
	'authorization',
	'connection',
	'content-length',
	'cookie',
	'host',
	'proxy-authorization',
	'transfer-encoding',
]);

const noContent = 204;

/** Bytes of a text answer to read at most; files are streamed and have no limit. */
const maxText = 50 * 1024 * 1024;

/** @see https://www.twilio.com/docs/usage/requests-to-twilio */
export const sendApiRequest = defineOperation({
	name: 'Send',
	value: 'send',
	action: 'Send an API request',
	description: "Send any request to Twilio's APIs; all but GET change something, and may cost money",
	access: 'write',
	harmsTwice: 'cannotBeFound',
	takesAdditionalParameters: false,
	fields: requestFields,
	options: requestOptions,
	prepare({ parameters, twilio }) {
		const { method, options } = parameters;
		if (options.followPages && method !== 'GET') throw new UserError("'Follow Pages' needs the method GET");
		if (options.followPages && options.returnFullResponse) {
			throw new UserError("'Follow Pages' and 'Return Full Response' cannot be used together");
		}
		const url = withQuery(twilio.resolve(parameters.url), toSearchParams(parameters.query));
		const content = contentOf(parameters);
		return { method, url, headers: headersOf(parameters), content, recipient: recipientOf(content), options };
	},
	async execute({ method, url, headers, content, options }, { twilio, context }) {
		if (method !== 'GET') return toResult(await twilio.send(method, url, { headers, ...content }), options);
		if (options.followPages)
			return await collectRows(
				followPages(url, async (each) => await twilio.page(each, headers)),
				{ limit: options.limit },
			);
		return await twilio.download(url, {
			headers,
			takesDocuments: true,
			save: async (content, contentType, response) =>
				response.status === noContent || /\bjson$|^text\/|\bxml$/.test(contentType)
					? toResult({ ...response, body: parsed(await readText(content, maxText)) }, options)
					: await toFile(context, url, content, contentType),
		});
	},
});

/** Names may repeat. */
function toSearchParams({ parameter = [] }: RequestParameters['query']): URLSearchParams {
	return new URLSearchParams(parameter.map(({ name, value }): [string, string] => [name, value]));
}

function headersOf({ headers }: RequestParameters): Record<string, string> {
	const pairs = headers.parameter ?? [];
	const refused = pairs.find(({ name }) => reservedHeaders.has(name.toLowerCase()));
	if (refused)
		throw new UserError(`The header '${refused.name}' cannot be set: it follows from the credential and the URL`);
	const malformed = pairs.find(
		({ name, value }) => !/^[\w!#$%&'*+.^`|~-]+$/.test(name) || /[^\t\u0020-\u007e\u0080-\u00ff]/.test(value),
	);
	if (malformed) throw new UserError(`The header '${malformed.name}' has characters that headers cannot have`);
	return Object.fromEntries(pairs.map(({ name, value }) => [name, value]));
}

function contentOf({ bodyType, formBody, jsonBody }: RequestParameters): { form?: URLSearchParams; json?: object } {
	if (bodyType === undefined) return {};
	if (bodyType === 'form') {
		return { form: toSearchParams(formBody ?? {}) };
	}
	const json = jsonParse<unknown>(jsonBody || '{}', { fallbackValue: null });
	if (typeof json !== 'object' || json === null) throw new UserError("'JSON Body' must be a JSON object or list");
	return { json };
}

/** Whom a message, call or code of the user's own is for: most of Twilio's products call it To. */
function recipientOf({ form, json }: ReturnType<typeof contentOf>): string | undefined {
	const { To, to = To } = (json ?? {}) as { To?: unknown; to?: unknown };
	return form?.get('To') ?? (typeof to === 'string' ? to : undefined);
}

function parsed(text: string): unknown {
	return jsonParse(text, { fallbackValue: text });
}

/** An object is the item itself; a text, such as XML, and an empty answer become one. */
function toResult({ status, headers, body }: TwilioResponse, options: RequestParameters['options']): OperationResult {
	if (options.returnFullResponse) {
		return { statusCode: status, headers: { ...headers }, body: body === '' ? null : (body as IDataObject) };
	}
	if (Array.isArray(body)) return body as IDataObject[];
	if (typeof body === 'object' && body !== null) return body as IDataObject;
	return body === '' || body === undefined || body === null ? { statusCode: status } : { data: String(body) };
}

async function toFile(
	context: IExecuteFunctions,
	url: string,
	content: FileContent,
	contentType: string,
): Promise<OperationResult> {
	const binary = await context.helpers.prepareBinaryData(content, undefined, contentType);
	const [name = 'file'] = new URL(url).pathname.split('/').reverse();
	const fileName = /\.\w+$/.test(name) || !binary.fileExtension ? name : `${name}.${binary.fileExtension}`;
	return {
		json: { fileName, mimeType: binary.mimeType, fileSize: binary.bytes ?? null },
		binary: { data: { ...binary, fileName } },
	};
}
