import { UnexpectedError } from 'n8n-workflow';

import type { RequestContent } from '../../shared/api/client';
import type { TwilioParameters } from '../../shared/api/parameters';
import type { ExecutionCall, OperationResult } from './execution';
import type { SoughtMessage } from './lookUp/soughtMessage';
import { toRow } from './toRow';

/** Reads something. */
export interface Read {
	method: 'GET';
	/** Absolute, with or without a query. */
	url: string;
	/** The fields of the row that the user wants; absent: all. */
	rowFields?: readonly string[];
}

/** Writes something. */
export interface Write {
	method: 'PATCH' | 'POST' | 'PUT';
	/** Absolute. */
	url: string;
	form?: TwilioParameters;
	/** The body of a request of the user's own. */
	content?: Pick<RequestContent, 'form' | 'json'>;
	/**
	 * Whom it reaches, as Twilio is told, or what it is about where the URL does not say. Requests for the same recipient are
	 * sent one after the other; one that an earlier try has sent is not sent again.
	 */
	recipient?: string;
	/** Why it cannot be sent any more. What an earlier try has sent is not refused for that. */
	tooLate?: Error;
	/** What it makes, where that can be looked up if the answer gets lost. */
	sought?: SoughtMessage;
}

/** Deletes something. */
export interface Deletion {
	method: 'DELETE';
	/** Absolute. */
	url: string;
	/** Of what is deleted, where it has one. */
	sid?: string;
	/** The body of a request of the user's own. */
	content?: Pick<RequestContent, 'form' | 'json'>;
}

/** What is to be sent for one item. An operation may prepare more beside it, for its own `execute`. */
export type PreparedRequest = Read | Write | Deletion;

/** Sends what most operations prepare. */
export async function sendRequest(request: PreparedRequest, { twilio }: ExecutionCall): Promise<OperationResult> {
	switch (request.method) {
		case 'GET':
			return toRow(await twilio.get(request.url), request.rowFields);
		case 'POST':
			return await twilio.post(request.url, request.form ?? {});
		case 'DELETE':
			await twilio.delete(request.url);
			return { sid: request.sid, deleted: true };
		default:
			throw new UnexpectedError(`An operation that sends ${request.method} needs an 'execute' of its own`);
	}
}
