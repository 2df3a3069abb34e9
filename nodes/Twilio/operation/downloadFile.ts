import type { IExecuteFunctions } from 'n8n-workflow';

import type { TwilioClient } from '../../shared/api/client';
import type { OperationResult } from './defineOperation';

export interface FileToDownload {
	sid: string;
	/** Where its content is; made of SIDs, never taken from data, since it is sent the credential. */
	url: string;
	/** The content type Twilio has for it. */
	expectedType?: string;
	/** Name of the output's binary field. */
	binaryPropertyName: string;
}

/** Streams a file of Twilio's into n8n's binary store; it is never held in memory as a whole. */
export async function downloadFile(
	context: IExecuteFunctions,
	twilio: TwilioClient,
	{ sid, url, expectedType, binaryPropertyName }: FileToDownload,
): Promise<OperationResult> {
	const binary = await twilio.download(url, {
		expectedType,
		save: async (content, contentType) => await context.helpers.prepareBinaryData(content, undefined, contentType),
	});
	const fileName = binary.fileExtension ? `${sid}.${binary.fileExtension}` : sid;
	return {
		json: { sid, fileName, mimeType: binary.mimeType, fileSize: binary.bytes ?? null },
		binary: { [binaryPropertyName]: { ...binary, fileName } },
	};
}
