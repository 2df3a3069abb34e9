import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** Answers a request with a status and an empty body, and starts nothing. */
export function answer(context: IWebhookFunctions, status: 204 | 403 | 503): IWebhookResponseData {
	context.getResponseObject().status(status).end();
	return { noWebhookResponse: true };
}
