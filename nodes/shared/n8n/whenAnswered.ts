import type { IWebhookFunctions } from 'n8n-workflow';

/** Node.js' response, as n8n lends it to the node and ends it itself. */
type Response = Pick<
	ReturnType<IWebhookFunctions['getResponseObject']>,
	'once' | 'end' | 'statusCode' | 'closed' | 'writableEnded'
>;

/** What may become of a request whose answer is left to n8n. */
interface Outcome {
	/** Nobody waits for the answer any more, and n8n has not answered yet. It may never do so. */
	hungUp(): void;
	/** n8n has answered, or would have if anybody still waited. */
	answered(status: number): void;
}

/**
 * Tells how n8n answers a request: with an error if it could not store the execution, and only after it has tried.
 *
 * While the client waits, Node.js tells by the event `finish`. Once the client has hung up, Node.js tells nothing any more;
 * but n8n does not look whether somebody waits, and calls `end` all the same. So from then on `end` is watched. The
 * end-to-end tests of status callbacks hang up while n8n's database is slow, and so fail if n8n changes any of this.
 *
 * @see https://github.com/n8n-io/n8n/blob/n8n@2.41.1/packages/cli/src/webhooks/webhook-helpers.ts `shouldDeferOnReceivedResponse`:
 *   the answer comes after the execution is stored
 * @see https://github.com/n8n-io/n8n/blob/n8n@2.41.1/packages/cli/src/webhooks/webhook-request-handler.ts which answers, and
 *   calls `end` whether or not somebody waits
 */
export function whenAnswered(response: Response, { hungUp, answered }: Outcome): void {
	let isAnswered = false;
	const onAnswered = () => {
		if (isAnswered) return;
		isAnswered = true;
		answered(response.statusCode);
	};
	const onClosed = () => {
		if (response.writableEnded) onAnswered();
		if (isAnswered) return;
		hungUp();
		const end = response.end.bind(response) as (...parameters: unknown[]) => Response;
		response.end = ((...parameters: unknown[]) => {
			onAnswered();
			return end(...parameters);
		}) as typeof response.end;
	};
	response.once('finish', onAnswered);
	// A client may have hung up before n8n came to call the node.
	if (response.closed) onClosed();
	else response.once('close', onClosed);
}
