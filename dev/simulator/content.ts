/** A file: its bytes, or only how many there are. Those are made up while they are sent, so a file may be of any size. */
export type FileContent = Buffer | { size: number };

/** Content that is produced while it is sent. */
export interface StreamedContent {
	/** Bytes in all; unknown if the stream is open-ended. */
	length?: number;
	chunks: Iterable<Buffer> | AsyncIterable<Buffer>;
}

/** Body of an answer. */
export type Content = Buffer | StreamedContent | null;

const chunkSize = 64 * 1024;
/** 251 is no power of two, so that a chunk that is lost or doubled changes every byte behind it. */
const made = Buffer.from(Array.from({ length: 251 }, (_, index) => index));

/**
 * The bytes of a made-up file, a chunk at a time: a pattern over and over again. A test can compare what arrived with it.
 * @param head - comes first, and is part of the size
 */
export function* makeUp(size: number, pattern: Buffer = made, head: Buffer = Buffer.alloc(0)): Generator<Buffer> {
	yield head.subarray(0, size);
	const repeats = Math.ceil(chunkSize / pattern.length);
	const chunk = Buffer.concat(Array.from({ length: repeats }, () => pattern));
	for (let left = size - head.length; left > 0; left -= chunk.length) yield chunk.subarray(0, left);
}

/** A file as the body of an answer. */
export function toContent(file: FileContent): Buffer | StreamedContent {
	return Buffer.isBuffer(file) ? file : { length: file.size, chunks: makeUp(file.size) };
}

/** The first bytes of a body. */
export async function takeBytes(content: Buffer | StreamedContent, count: number): Promise<Buffer> {
	if (Buffer.isBuffer(content)) return content.subarray(0, count);
	const chunks: Buffer[] = [];
	let taken = 0;
	for await (const chunk of content.chunks) {
		chunks.push(chunk);
		taken += chunk.length;
		if (taken >= count) break;
	}
	return Buffer.concat(chunks).subarray(0, count);
}
