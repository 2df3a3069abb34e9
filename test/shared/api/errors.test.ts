import { NodeApiError, type INode } from 'n8n-workflow';
import { createError, errorParts, noDetails, twilioError } from '../../../nodes/shared/api/errors';
import type { Exchange } from '../../../nodes/shared/api/exchange';
import type { Access } from '../../../nodes/shared/api/retry';
import { tokenCredentials } from './sampleCredentials';

const node = { id: '1', name: 'Twilio', type: 'twilio', typeVersion: 1, position: [0, 0], parameters: {} } as INode;

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Exchange => ({
	answered: true,
	status,
	headers,
	body,
});

const errorOf = (result: Exchange, access: Access = 'read', itemIndex: number | undefined = 3) =>
	twilioError(result, { node, credentials: tokenCredentials, access, itemIndex });

const optedOut = {
	code: 21610,
	message: 'Attempt to send to unsubscribed recipient',
	more_info: 'https://www.twilio.com/docs/errors/21610',
	status: 400,
};

describe('twilioError', () => {
	it("has Twilio's message, code, advice, link, request id, and the item", () => {
		const error = errorOf(answer(400, optedOut, { 'twilio-request-id': 'RQ123' }), 'write');
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toBe(optedOut.message);
		expect(error.httpCode).toBe('400');
		expect(error.context).toMatchObject({
			itemIndex: 3,
			outcomeUnknown: false,
			data: { code: 21610, status: 400, moreInfo: optedOut.more_info, requestId: 'RQ123' },
		});
		const [meaning, ...lines] = error.description?.split('\n') ?? [];
		expect(meaning).toMatch(/^Twilio code 21610: .*START/);
		expect(lines).toEqual([`More: ${optedOut.more_info} · Request ID: RQ123 · Item: 3`]);
	});

	it('names the code and its page also where it has no advice', () => {
		const { description } = errorOf(answer(400, { code: 99999, message: 'New' }));
		expect(description).toBe('Twilio code 99999.\nMore: https://www.twilio.com/docs/errors/99999 · Item: 3');
	});

	it('reads RFC 9457 problem details', () => {
		const problem = {
			type: 'https://…',
			title: 'Bad Request',
			detail: 'sourceId is missing',
			code: 20001,
			status: 400,
		};
		const error = errorOf(answer(400, problem));
		expect(error.message).toBe('sourceId is missing');
		expect(error.context.data).toMatchObject({ code: 20001, status: 400 });
		expect(errorOf(answer(400, { title: 'Bad Request' })).message).toBe('Bad Request');
	});

	it.each([['<html>502</html>'], [''], [null], [undefined], [{}], [{ message: 12 }], [[]]])(
		'has a message of its own for an answer in no known format: %j',
		(body) => {
			const error = errorOf(answer(502, body));
			expect(error.message).toBe("The answer (HTTP status 502) is not in Twilio's format");
			expect(error.context.data).toEqual({ code: null, status: 502, moreInfo: null, requestId: null });
		},
	);

	it.each([
		['write', answer(500, {}), true],
		['write', answer(200, '<html>'), true],
		['write', { answered: false, code: 'ECONNRESET', sent: true } as Exchange, true],
		['write', { answered: false, code: 'ECONNREFUSED', sent: false } as Exchange, false],
		['write', answer(400, optedOut), false],
		['write', answer(429, {}), false],
		['write', answer(307, {}), false],
		['delete', answer(500, {}), false],
		['read', { answered: false, code: 'ECONNRESET', sent: true } as Exchange, false],
	] as const)('%s: knows whether Twilio may have acted (%j: %s)', (access, result, isUnknown) => {
		const error = errorOf(result, access);
		expect(errorParts(error).unknown).toBe(isUnknown);
		expect(error.description?.includes('Twilio may have acted')).toBe(isUnknown);
	});

	it('keeps its message where n8n would put one of its own', () => {
		const error = errorOf({ answered: false, code: 'ECONNREFUSED', sent: false });
		expect(error.message).toBe('Twilio could not be reached (ECONNREFUSED)');
	});

	it.each([
		[answer(429, {}, { 'retry-after': '40' }), { cause: 'rate-limited', retryAfterMs: 40_000 }],
		[answer(503, {}), { cause: 'temporarily-unavailable' }],
		[answer(401, {}), { cause: 'credential-invalid' }],
		[{ answered: false, code: 'ETIMEDOUT', sent: true } as Exchange, { cause: 'temporarily-unavailable' }],
	])('tells n8n what kind of failure it is: %j', (result, failure) => {
		expect(errorOf(result).failure).toMatchObject(failure);
	});

	it('leaves the item out where there is none', () => {
		const error = twilioError(answer(400, optedOut), { node, credentials: tokenCredentials, access: 'read' });
		expect(error.description).not.toContain('Item');
	});
});

describe('errorParts', () => {
	it('gives back what createError was given', () => {
		const parts = {
			message: 'ECONNRESET, said the server',
			description: 'Why',
			details: { code: 1, status: 2, moreInfo: 'm', requestId: 'r' },
			unknown: true,
		};
		expect(errorParts(createError(node, parts))).toEqual(parts);
		expect(createError(node, parts).message).toBe(parts.message);
	});

	it('takes other errors as they are', () => {
		expect(errorParts(new Error('x'))).toEqual({ message: 'x', description: '', details: noDetails, unknown: false });
		expect(errorParts('y').message).toBe('y');
	});
});
