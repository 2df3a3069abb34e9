import { NodeApiError, type INode } from 'n8n-workflow';
import { errorDetails, isTwilioError, otherError, TwilioError, twilioError } from '../../../nodes/shared/api/errors';
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
		const facts = { code: 21610, status: 400, moreInfo: optedOut.more_info, requestId: 'RQ123', outcome: 'notDone' };
		expect(error).toMatchObject(facts);
		expect(error.context).toMatchObject({
			itemIndex: 3,
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
		expect(error.outcome).toBe(isUnknown ? 'unknown' : 'notDone');
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

describe('TwilioError', () => {
	const facts = {
		message: 'ECONNRESET, said the server',
		description: 'Why',
		code: 1,
		status: 2,
		moreInfo: 'm',
		requestId: 'r',
		outcome: 'unknown',
	} as const;

	it('is made of its facts, also of those that were saved as JSON', () => {
		const error = new TwilioError(node, facts);
		expect(error).toMatchObject(facts);
		expect(error.facts).toEqual(facts);
		const again = new TwilioError(node, JSON.parse(JSON.stringify(error.facts)), { itemIndex: 7 });
		expect(again.facts).toEqual(facts);
		expect(again.context.itemIndex).toBe(7);
	});

	it('has the name that n8n knows such errors by, and stays itself where n8n wraps it', () => {
		const error = new TwilioError(node, facts);
		expect(error.name).toBe('NodeApiError');
		expect(new NodeApiError(node, error as never)).toBe(error);
	});

	it('is told from others, which have no details', () => {
		const error = new TwilioError(node, facts);
		const others = [new NodeApiError(node, { message: 'x' }), new Error('x'), 'x', undefined];
		expect([error, ...others].map(isTwilioError)).toEqual([true, false, false, false, false]);
		expect(errorDetails(error)).toEqual({ code: 1, status: 2, moreInfo: 'm', requestId: 'r' });
		expect(errorDetails('x')).toEqual({ code: null, status: null, moreInfo: null, requestId: null });
	});
});

describe('otherError', () => {
	const origin = { node, credentials: tokenCredentials, access: 'write' } as const;

	it('takes what it can of any error, without secrets, and knows that nothing was done', () => {
		const error = otherError(new Error(`Not with ${tokenCredentials.authToken ?? ''}`), origin);
		expect(error).toMatchObject({ message: 'Not with ***', description: '', status: null, outcome: 'notDone' });
		expect(otherError('y', origin).message).toBe('y');
	});

	it('leaves an error of a request as it is', () => {
		const error = errorOf(answer(400, optedOut));
		expect(otherError(error, origin)).toBe(error);
	});
});
