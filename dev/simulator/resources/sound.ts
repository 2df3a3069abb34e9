import { makeUp, toContent, type FileContent, type StreamedContent } from '../content';

/** What Twilio serves recordings as. */
export type SoundFormat = 'wav' | 'mp3';

/** Samples per second of telephone audio. */
const rate = 8000;

const contentTypes: Record<SoundFormat, string> = { wav: 'audio/x-wav', mp3: 'audio/mpeg' };

/**
 * A file that players can play: a WAV with a tone, or an MP3 that is silent.
 * @param content - instead of it
 */
export function soundOf(
	format: SoundFormat,
	{ seconds, channels }: { seconds: number; channels: number },
	content?: FileContent,
): { contentType: string; content: Buffer | StreamedContent } {
	const contentType = contentTypes[format];
	if (content) return { contentType, content: toContent(content) };
	return { contentType, content: format === 'wav' ? tone(seconds, channels) : silence(seconds) };
}

function tone(seconds: number, channels: number): StreamedContent {
	// 400 Hz: a period is 20 samples.
	const samples = Array.from({ length: 20 }, (_, index) => Math.round(8000 * Math.sin((index / 20) * 2 * Math.PI)));
	const period = Buffer.from(Int16Array.from(samples.flatMap((sample) => Array<number>(channels).fill(sample))).buffer);
	const data = Math.round(seconds * rate) * 2 * channels;
	const length = 44 + data;
	return { length, chunks: makeUp(length, period, wavHeader(data, channels)) };
}

/** The 44 bytes in front of 16-bit samples. */
function wavHeader(data: number, channels: number): Buffer {
	const header = Buffer.alloc(44);
	header.write('RIFF', 0);
	header.writeUInt32LE(36 + data, 4);
	header.write('WAVEfmt ', 8);
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20);
	header.writeUInt16LE(channels, 22);
	header.writeUInt32LE(rate, 24);
	header.writeUInt32LE(rate * 2 * channels, 28);
	header.writeUInt16LE(2 * channels, 32);
	header.writeUInt16LE(16, 34);
	header.write('data', 36);
	header.writeUInt32LE(data, 40);
	return header;
}

/** MPEG-1 layer III at 32 kbit/s and 32 kHz: frames of 144 bytes and 36 ms; without sound all but the header is zero. */
function silence(seconds: number): StreamedContent {
	const frame = Buffer.alloc(144);
	frame.set([0xff, 0xfb, 0x18, 0xc0]);
	const length = Math.max(Math.ceil(seconds / 0.036), 1) * frame.length;
	return { length, chunks: makeUp(length, frame) };
}
