import { binaryPropertyName } from '../../../shared/fields/binaryPropertyName';
import { mediaSid } from '../../../shared/fields/mediaSid';
import { messageSid } from '../../../shared/fields/messageSid';
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
	async execute({ parameters, twilio, context }) {
		const sid = parameters.mediaSid;
		const url = twilio.account(`Messages/${parameters.messageSid}/Media/${sid}`);
		const { content_type: contentType } = await twilio.get(`${url}.json`);
		return await downloadFile(context, twilio, {
			sid,
			url,
			expectedType: contentType as string,
			binaryPropertyName: parameters.binaryPropertyName,
		});
	},
});
