import { createHmac } from 'node:crypto';
import { toContent, type StreamedContent } from './content';
import type { World } from './resource';

/** What the origin of media files answers. */
export interface MediaAnswer {
	status: number;
	headers: Record<string, string>;
	content: Buffer | StreamedContent;
}

/** Where a file is, with a signature that stands for credentials; what Twilio's 307 points to. */
export function mediaUrl(
	{ account, mediaOrigin }: Pick<World, 'account' | 'mediaOrigin'>,
	row: { account_sid: string; sid: string },
): string {
	const path = `/${row.account_sid}/${row.sid}`;
	return `${mediaOrigin}${path}?Signature=${signature(account.authToken, path)}&Key-Pair-Id=SIMULATOR`;
}

/**
 * Answers as S3 and CloudFront do: a signed URL is all it takes, and an Authorization header besides it is an error.
 * @param target - path and query
 */
export function answerMedia(
	{ account, state }: Pick<World, 'account' | 'state'>,
	target: string,
	authorization: string | undefined,
): MediaAnswer {
	const { pathname, searchParams } = new URL(target, 'http://localhost');
	if (authorization !== undefined) {
		return refusal(400, 'InvalidArgument', 'Only one auth mechanism allowed');
	}
	if (searchParams.get('Signature') !== signature(account.authToken, pathname)) {
		return refusal(403, 'SignatureDoesNotMatch', 'The request signature does not match');
	}
	const file = state.mediaContent.get(pathname.split('/')[2] ?? '');
	if (!file) return refusal(404, 'NoSuchKey', 'The specified key does not exist');
	return { status: 200, headers: { 'Content-Type': file.contentType }, content: toContent(file.content) };
}

function signature(key: string, path: string): string {
	return createHmac('sha256', key).update(path).digest('hex');
}

function refusal(status: number, code: string, message: string): MediaAnswer {
	const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
	return { status, headers: { 'Content-Type': 'application/xml' }, content: Buffer.from(xml) };
}
