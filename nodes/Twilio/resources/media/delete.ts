import { mediaSid, messageSid } from '../../../shared/fields/sids';
import { defineOperation } from '../../operation/defineOperation';

/** @see https://www.twilio.com/docs/messaging/api/media-resource#delete-a-media-resource */
export const deleteMedia = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a media file',
	description: 'Delete a media file of a message from Twilio for good',
	access: 'delete',
	fields: [messageSid, mediaSid],
	prepare: ({ parameters: { messageSid: message, mediaSid: sid }, twilio }) => ({
		method: 'DELETE',
		url: twilio.account(`Messages/${message}/Media/${sid}.json`),
		sid,
	}),
});
