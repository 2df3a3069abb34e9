import type { IExecuteFunctions } from 'n8n-workflow';

import type { TwilioClient } from '../../shared/api/client';
import { encodeParameters, withQuery, type TwilioParameters } from '../../shared/api/parameters';
import type { OperationResult } from './execution';

/** Downloads at the same time at most: each takes some memory while it streams, and more are hardly faster. */
export const filesAtOnce = 3;

export interface FileToDownload {
	sid: string;
	/** Where its content is; made of SIDs, never taken from data, since it is sent the credential. */
	url: string;
	query?: TwilioParameters;
	/** The content type Twilio has for it. */
	expectedType?: string;
	/** Of the file's name, without a dot; by the content type unless given. */
	extension?: string;
	/** Name of the output's binary field. */
	binaryPropertyName: string;
}

/** Streams a file of Twilio's into n8n's binary store; it is never held in memory as a whole. */
export async function downloadFile(
	context: IExecuteFunctions,
	twilio: TwilioClient,
	{ sid, url, query = {}, expectedType, extension, binaryPropertyName }: FileToDownload,
): Promise<OperationResult> {
	const binary = await twilio.download(withQuery(url, encodeParameters(query)), {
		expectedType,
		save: async (content, contentType) => await context.helpers.prepareBinaryData(content, undefined, contentType),
	});
	const fileExtension = extension ?? binary.fileExtension;
	const fileName = fileExtension ? `${sid}.${fileExtension}` : sid;
	return {
		json: { sid, fileName, mimeType: binary.mimeType, fileSize: binary.bytes ?? null },
		binary: { [binaryPropertyName]: { ...binary, fileName, fileExtension } },
	};
}
