import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { NodeOperationError, UnexpectedError } from 'n8n-workflow';

import type { TwilioCredentials } from './credentials';
import { download, type Download, type DownloadOptions } from './download';
import { otherError, twilioError } from './errors';
import { exchange, type RequestContext, type TwilioRequest, type TwilioResponse } from './exchange';
import { accountUrl, productUrl, resolveTwilioUrl } from './hosts';
import { collectRows, followPages, maxPageSize, readPage, type Page, type RowSelection } from './pages';
import { encodeParameters, withQuery, type TwilioParameters } from './parameters';
import type { Product } from './products';
import { accessOf, withRetries, type Access, type Clock } from './retry';

export interface ClientOptions {
	/** The input item that errors belong to. */
	itemIndex?: number;
	/** Parameters of the user's own, added to every form and to the query of every list. */
	additionalParameters?: ReadonlyArray<readonly [string, string]>;
	/** Only tests replace it. */
	clock?: Clock;
}

export interface ListOptions extends RowSelection {
	/** Twilio's filters. */
	query?: TwilioParameters;
}

/** What a request of the user's own sends. */
export type RequestContent = Pick<TwilioRequest, 'form' | 'json' | 'headers'>;

/** Requests to Twilio for one item. Every method throws one `NodeApiError` with Twilio's own words. */
export interface TwilioClient {
	/** URL of something that belongs to the account, on the 2010-04-01 API: `account('Messages.json')`. */
	account(path: string): string;
	/** URL on a product's host: `product('messaging', 'v1/Services')`. */
	product(product: Product, path: string): string;
	/** The URL for a path or URL that the user typed; see {@link resolveTwilioUrl}. */
	resolve(input: string): string;
	get(url: string, query?: TwilioParameters): Promise<IDataObject>;
	post(url: string, form: TwilioParameters): Promise<IDataObject>;
	/** Answers 204; after a repeated try, 404 means that the first one did it. */
	delete(url: string): Promise<void>;
	/** A request of the user's own, with an answer of any 2xx status; GET is for {@link TwilioClient.download}. */
	send(method: IHttpRequestMethods, url: string, content: RequestContent): Promise<TwilioResponse>;
	/** Rows of a list, page by page, each SID once: rows shift between pages while new ones arrive. */
	list(url: string, options?: ListOptions): Promise<IDataObject[]>;
	/**
	 * One page of a list, with what Twilio said beside its rows. Everything that reads lists stands on it.
	 *
	 * @param url with its query
	 * @param headers of the user's own
	 */
	page(url: string, headers?: Readonly<Record<string, string>>): Promise<Page>;
	/** The pages of a list, as they are. */
	pages(url: string, query?: TwilioParameters): AsyncGenerator<Page>;
	/** A file, as a stream that `save` consumes. */
	download<T>(url: string, options: DownloadOptions<T>): Promise<T>;
}

/** Makes the client for one item; it keeps no state, so that making many is cheap. */
export function createTwilioClient(
	context: RequestContext,
	credentials: TwilioCredentials,
	{ itemIndex, additionalParameters, clock }: ClientOptions = {},
): TwilioClient {
	const origin = { node: context.getNode(), credentials, itemIndex };
	const signal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;

	/** Credential mistakes surface here, before any request. */
	const configured = (url: () => string) => {
		try {
			return url();
		} catch (error) {
			throw new NodeOperationError(context.getNode(), error as Error, { itemIndex });
		}
	};

	const send = async (
		method: IHttpRequestMethods,
		url: string,
		content: RequestContent = {},
		isSuccess: IsSuccess = ({ status }) => status >= 200 && status < 300,
	): Promise<TwilioResponse> => {
		const access = accessOf(method);
		let mayHaveActed = false;
		const result = await withRetries(
			access,
			async () => {
				const answer = await exchange(context, { method, url, ...content });
				if (!answer.answered || answer.status >= 500) mayHaveActed = true;
				return answer;
			},
			{ clock, signal },
		).catch((error: unknown) => {
			throw otherError(error, { ...origin, access });
		});
		if (result.answered && isSuccess(result, access, mayHaveActed)) return result;
		throw twilioError(result, { ...origin, access });
	};

	const request = async (method: IHttpRequestMethods, url: string, content?: RequestContent) => {
		assertJsonPath(url);
		return await send(method, url, content, isTwilioSuccess);
	};

	const page: TwilioClient['page'] = async (url, headers) => {
		const answer = await request('GET', url, { headers });
		return { ...readPage(url, answer.body), date: answer.headers.date };
	};

	const pages: TwilioClient['pages'] = (url, query = {}) =>
		followPages(withQuery(url, encodeParameters(query, additionalParameters)), page);

	return {
		account: (path) => configured(() => accountUrl(credentials, path)),
		product: (product, path) => configured(() => `${productUrl(credentials, product)}/${path}`),
		resolve: (input) => configured(() => resolveTwilioUrl(credentials, input)),
		page,
		pages,
		send,

		async get(url, query = {}) {
			return (await request('GET', withQuery(url, encodeParameters(query)))).body as IDataObject;
		},

		async post(url, form) {
			return (await request('POST', url, { form: encodeParameters(form, additionalParameters) })).body as IDataObject;
		},

		async delete(url) {
			await request('DELETE', url);
		},

		async list(url, { query, limit, keep } = {}) {
			// A filter of ours may drop most of a page, so that small pages would cost many requests.
			const PageSize = keep ? maxPageSize : Math.min(limit ?? maxPageSize, maxPageSize);
			return await collectRows(pages(url, { ...query, PageSize }), { limit, keep });
		},

		async download<T>(url: string, options: DownloadOptions<T>) {
			let outcome: Download<T> | undefined;
			const result = await withRetries(
				'read',
				async () => {
					outcome = await download(context, url, options);
					return 'failed' in outcome ? outcome.failed : { answered: true, status: 200, headers: {}, body: undefined };
				},
				{ clock, signal },
			).catch((error: unknown) => {
				throw otherError(error, { ...origin, access: 'read' });
			});
			if (outcome && 'saved' in outcome) return outcome.saved;
			throw twilioError(result, { ...origin, access: 'read' });
		},
	};
}

/** `mayHaveActed`: whether an earlier try of the same request was sent and not answered properly. */
type IsSuccess = (response: TwilioResponse, access: Access, mayHaveActed: boolean) => boolean;

/** A repeated delete that finds nothing was done by an earlier try; and only JSON is an answer of Twilio's. */
const isTwilioSuccess: IsSuccess = ({ status, body }, access, mayHaveActed) => {
	if (access === 'delete') return (status >= 200 && status < 300) || (status === 404 && mayHaveActed);
	return status >= 200 && status < 300 && typeof body === 'object' && body !== null;
};

/** Without `.json`, Twilio's 2010 API answers in XML. */
function assertJsonPath(url: string): void {
	// The path of a base URL, which may be secret, is not shown.
	const [, path] = /(\/2010-04-01\/.*)$/.exec(new URL(url).pathname) ?? [];
	if (path !== undefined && !path.endsWith('.json')) {
		throw new UnexpectedError(`A path of the 2010-04-01 API must end in .json: ${path}`);
	}
}
