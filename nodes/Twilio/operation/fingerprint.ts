import { createHash } from 'node:crypto';

import type { IExecuteFunctions } from 'n8n-workflow';

import { encodeParameters } from '../../shared/api/parameters';
import type { PreparedRequest } from './preparedRequest';

/** What tells requests apart. Only hashes are kept: they are short, and say nothing of what was sent. */
export interface Fingerprint {
	/** Of the account, the operation, the method, the URL and the recipient: a request with the same is the same one. */
	request: string;
	/** Of what is sent. It may differ from try to try, for example where it has the time in it. */
	content: string;
}

/** What the requests of all items have in common. */
export interface RequestOrigin {
	accountSid: string;
	/** Such as `message.send`. */
	operation: string;
	/** How the calls of an AI agent are told apart. */
	toolCall: ToolCall;
}

/**
 * Which call of an AI agent this is: its id, where n8n's engine runs the tool. An agent that calls the tool by itself gives
 * none, and its calls may share a run index: only what they send tells them apart. Both are absent outside of agents.
 */
export type ToolCall = { id: string } | { isUnnamed: true } | undefined;

/** The call of an AI agent that the node runs for. In n8n's engine, only the type of the node tells that it is a tool. */
export function toolCallOf(context: IExecuteFunctions): ToolCall {
	if (context.isToolExecution?.()) return { isUnnamed: true };
	if (!context.getNode().type.endsWith('Tool')) return undefined;
	const id = context.getInputData()[0]?.json.toolCallId;
	return typeof id === 'string' ? { id } : { isUnnamed: true };
}

/**
 * The fingerprint of a request; `undefined` for one that only reads, which may be repeated.
 *
 * @param additionalParameters the user's own, which are sent along
 */
export function fingerprintOf(
	request: PreparedRequest,
	additionalParameters: ReadonlyArray<readonly [string, string]>,
	{ accountSid, operation, toolCall }: RequestOrigin,
): Fingerprint | undefined {
	if (request.method === 'GET') return undefined;
	const content = hash(contentOf(request), additionalParameters);
	const call = toolCall && ('id' in toolCall ? toolCall.id : content);
	const recipient = 'recipient' in request ? request.recipient : undefined;
	return { request: hash(accountSid, operation, request.method, request.url, recipient, call), content };
}

function contentOf(request: PreparedRequest): unknown {
	if (request.method === 'GET') return undefined;
	if (request.content) return [request.content.form?.toString(), request.content.json];
	return request.method === 'DELETE' ? undefined : encodeParameters(request.form ?? {}).toString();
}

/** 132 bits, so that no two are ever the same by chance. */
function hash(...parts: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}
