import { binaryPropertyName } from '../../../shared/fields/binaryPropertyName';
import { mediaSid, messageSid } from '../../../shared/fields/sids';
import { defineOperation } from '../../operation/defineOperation';
import { downloadFile, filesAtOnce } from '../../operation/downloadFile';

/** @see https://www.twilio.com/docs/messaging/api/media-resource#fetch-a-media-resource */
export const downloadMedia = defineOperation({
	name: 'Download',
	value: 'download',
	action: 'Download a media file',
	description: 'Download a media file of a message, such as a picture that somebody sent',
	access: 'read',
	mostAtOnce: filesAtOnce,
	fields: [messageSid, mediaSid, binaryPropertyName],
	prepare: ({ parameters, twilio }) => ({
		method: 'GET',
		url: twilio.account(`Messages/${parameters.messageSid}/Media/${parameters.mediaSid}`),
		sid: parameters.mediaSid,
		binaryPropertyName: parameters.binaryPropertyName,
	}),
	async execute(file, { twilio, context }) {
		const { content_type: contentType } = await twilio.get(`${file.url}.json`);
		return await downloadFile(context, twilio, { ...file, expectedType: contentType as string });
	},
});
