import { mediaSid } from '../../../shared/fields/mediaSid';
import { messageSid } from '../../../shared/fields/messageSid';
import { defineOperation } from '../../operation/defineOperation';

/** @see https://www.twilio.com/docs/messaging/api/media-resource#delete-a-media-resource */
export const deleteMedia = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a media file',
	description: 'Delete a media file of a message from Twilio for good',
	access: 'delete',
	fields: [messageSid, mediaSid],
	async execute({ parameters, twilio }) {
		const sid = parameters.mediaSid;
		await twilio.delete(twilio.account(`Messages/${parameters.messageSid}/Media/${sid}.json`));
		return { sid, deleted: true };
	},
});
