import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { NodeOperationError, UnexpectedError } from 'n8n-workflow';

import type { TwilioCredentials } from './credentials';
import { download, type Download, type DownloadOptions } from './download';
import { twilioError } from './errors';
import { exchange, type RequestContext, type TwilioResponse } from './exchange';
import { accountUrl, hasCustomBaseUrl, productUrl, type Product } from './hosts';
import { maxPageSize, readPage, type Page } from './pages';
import { encodeParameters, withQuery, type TwilioParameters } from './parameters';
import { withRetries, type Access, type Clock } from './retry';

export interface ClientOptions {
	/** What the requests do at Twilio; decides what is repeated after a lost answer. */
	access: Access;
	/** The input item that errors belong to. */
	itemIndex?: number;
	/** Parameters of the user's own, added to every form and to the query of every list. */
	additionalParameters?: ReadonlyArray<readonly [string, string]>;
	/** Only tests replace it. */
	clock?: Clock;
}

export interface ListOptions {
	/** Twilio's filters. */
	query?: TwilioParameters;
	/** Stop after this many rows; absent: all there are. */
	limit?: number;
	/** Rows for which it is false are left out, and do not count for the limit. */
	keep?: (row: IDataObject) => boolean;
}

/** Requests to Twilio for one item. Every method throws one `NodeApiError` with Twilio's own words. */
export interface TwilioClient {
	/** True where the user chose the server, so that rules about Twilio's public network do not apply. */
	readonly hasCustomBaseUrl: boolean;
	/** URL of something that belongs to the account, on the 2010-04-01 API: `account('Messages.json')`. */
	account(path: string): string;
	/** URL on a product's host: `product('messaging', 'v1/Services')`. */
	product(product: Product, path: string): string;
	get(url: string, query?: TwilioParameters): Promise<IDataObject>;
	post(url: string, form: TwilioParameters): Promise<IDataObject>;
	/** Answers 204; after a repeated try, 404 means that the first one did it. */
	delete(url: string): Promise<void>;
	/** Rows of a list, page by page, each SID once: rows shift between pages while new ones arrive. */
	list(url: string, options?: ListOptions): Promise<IDataObject[]>;
	/** The pages of a list, as they are. */
	pages(url: string, query?: TwilioParameters): AsyncGenerator<Page>;
	/** A file, as a stream that `save` consumes. */
	download<T>(url: string, options: DownloadOptions<T>): Promise<T>;
}

/** Makes the client for one item; it keeps no state, so that making many is cheap. */
export function createTwilioClient(
	context: RequestContext,
	credentials: TwilioCredentials,
	{ access, itemIndex, additionalParameters, clock }: ClientOptions,
): TwilioClient {
	const origin = { node: context.getNode(), credentials, access, itemIndex };
	const signal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;

	/** Credential mistakes surface here, before any request. */
	const configured = (url: () => string) => {
		try {
			return url();
		} catch (error) {
			throw new NodeOperationError(context.getNode(), error as Error, { itemIndex });
		}
	};

	const request = async (method: IHttpRequestMethods, url: string, form?: URLSearchParams): Promise<TwilioResponse> => {
		assertJsonPath(url);
		let tries = 0;
		const result = await withRetries(
			access,
			async (n) => {
				tries = n;
				return await exchange(context, { method, url, form });
			},
			{ clock, signal },
		);
		if (result.answered && isSuccess(result, method, tries)) return result;
		throw twilioError(result, origin);
	};

	async function* pages(url: string, query: TwilioParameters = {}): AsyncGenerator<Page> {
		let next: string | undefined = withQuery(url, encodeParameters(query, additionalParameters));
		while (next !== undefined) {
			const page = readPage(next, (await request('GET', next)).body);
			yield page;
			next = page.next;
		}
	}

	return {
		hasCustomBaseUrl: hasCustomBaseUrl(credentials),
		account: (path) => configured(() => accountUrl(credentials, path)),
		product: (product, path) => configured(() => `${productUrl(credentials, product)}/${path}`),
		pages,

		async get(url, query = {}) {
			return (await request('GET', withQuery(url, encodeParameters(query)))).body as IDataObject;
		},

		async post(url, form) {
			return (await request('POST', url, encodeParameters(form, additionalParameters))).body as IDataObject;
		},

		async delete(url) {
			await request('DELETE', url);
		},

		async list(url, { query, limit = Infinity, keep } = {}) {
			const rows = new Map<unknown, IDataObject>();
			// A filter of ours may drop most of a page, so that small pages would cost many requests.
			const PageSize = keep ? maxPageSize : Math.min(limit, maxPageSize);
			for await (const page of pages(url, { ...query, PageSize })) {
				for (const row of page.rows) {
					if (!rows.has(row.sid) && (!keep || keep(row))) rows.set(row.sid ?? row, row);
					if (rows.size >= limit) return [...rows.values()];
				}
			}
			return [...rows.values()];
		},

		async download<T>(url: string, options: DownloadOptions<T>) {
			let outcome: Download<T> | undefined;
			const result = await withRetries(
				access,
				async () => {
					outcome = await download(context, url, options);
					return 'failed' in outcome ? outcome.failed : { answered: true, status: 200, headers: {}, body: undefined };
				},
				{ clock, signal },
			);
			if (outcome && 'saved' in outcome) return outcome.saved;
			throw twilioError(result, origin);
		},
	};
}

/** A repeated delete that finds nothing was done by an earlier try; and only JSON is an answer of Twilio's. */
function isSuccess({ status, body }: TwilioResponse, method: IHttpRequestMethods, tries: number): boolean {
	if (method === 'DELETE') return (status >= 200 && status < 300) || (status === 404 && tries > 1);
	return status >= 200 && status < 300 && typeof body === 'object' && body !== null;
}

/** Without `.json`, Twilio's 2010 API answers in XML. */
function assertJsonPath(url: string): void {
	const { pathname } = new URL(url);
	if (pathname.includes('/2010-04-01/') && !pathname.endsWith('.json')) {
		throw new UnexpectedError(`A path of the 2010-04-01 API must end in .json: ${pathname}`);
	}
}
