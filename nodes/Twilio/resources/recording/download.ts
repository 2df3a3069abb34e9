import { UserError } from 'n8n-workflow';

import type { TwilioClient } from '../../../shared/api/client';
import { systemClock } from '../../../shared/api/retry';
import { binaryPropertyName } from '../../../shared/fields/binaryPropertyName';
import { recordingSid } from '../../../shared/fields/sids';
import { defineOperation } from '../../operation/defineOperation';
import { downloadFile, filesAtOnce } from '../../operation/downloadFile';

const mimeTypes = { mp3: 'audio/mpeg', wav: 'audio/x-wav' } as const;

/** What Twilio's parameter RequestedChannels takes. */
const channelCounts = { mono: 1, dual: 2 } as const;

/** Milliseconds between looks at a recording that Twilio is still processing. */
const delays = [1000, 2000, 4000];

/** Statuses that "completed" may follow on. */
const unfinished = new Set<unknown>(['in-progress', 'paused', 'stopped', 'processing']);

/** @see https://www.twilio.com/docs/voice/api/recording#fetch-a-recordings-media-file */
export const downloadRecording = defineOperation({
	name: 'Download',
	value: 'download',
	action: 'Download a recording',
	description: 'Download the sound of a recording as a file; waits some seconds when Twilio is still processing it',
	access: 'read',
	mostAtOnce: filesAtOnce,
	fields: [
		recordingSid,
		{
			displayName: 'Format',
			name: 'format',
			type: 'options',
			options: [
				{ name: 'MP3', value: 'mp3', description: 'Small' },
				{ name: 'WAV', value: 'wav', description: 'Uncompressed, about ten times as large' },
			],
			default: 'mp3',
			description: 'Kind of file to download',
		},
		binaryPropertyName,
	],
	options: [
		{
			displayName: 'Channels',
			name: 'channels',
			type: 'options',
			options: [
				{ name: 'Dual', value: 'dual', description: 'Each side on a channel of its own, if it was recorded so' },
				{ name: 'Mono', value: 'mono', description: 'Both sides mixed' },
			],
			default: 'mono',
			description: 'Number of channels of the file; as recorded unless given',
		},
	],
	prepare({ parameters: { recordingSid: sid, format, options, binaryPropertyName: field }, twilio }) {
		return {
			method: 'GET',
			url: twilio.account(`Recordings/${sid}.${format}`),
			facts: twilio.account(`Recordings/${sid}.json`),
			sid,
			query: { RequestedChannels: options.channels && channelCounts[options.channels] },
			expectedType: mimeTypes[format],
			extension: format,
			binaryPropertyName: field,
		};
	},
	async execute({ facts, ...file }, { twilio, context }) {
		await waitUntilComplete(twilio, facts);
		return await downloadFile(context, twilio, file);
	},
});

/**
 * Twilio answers the download of an unfinished recording with an error document.
 *
 * @throws UserError when it is not complete after some seconds, or never will be
 */
async function waitUntilComplete(twilio: TwilioClient, url: string): Promise<void> {
	for (let tries = 0; ; tries++) {
		const { status } = await twilio.get(url);
		if (status === 'completed') return;
		const delay = delays[tries];
		if (!unfinished.has(status))
			throw new UserError(`There is nothing to download: the recording is ${String(status)}`);
		if (delay === undefined) {
			throw new UserError(`The recording is not ready yet (${String(status)})`, {
				description: 'Download it once its status is "completed", for example from a trigger on new recordings.',
			});
		}
		await systemClock.sleep(delay);
	}
}
