import { messageSid } from '../../../shared/fields/sids';
import { defineListOperation } from '../../operation/defineListOperation';

/** @see https://www.twilio.com/docs/messaging/api/media-resource#read-multiple-media-resources */
export const getManyMedia = defineListOperation({
	action: 'Get many media files',
	description: 'Get the media files of a message: SID and content type of each',
	fields: [messageSid],
	filters: [],
	row: ['sid', 'parent_sid', 'content_type', 'date_created'],
	list: ({ twilio, parameters }) => ({
		url: twilio.account(`Messages/${parameters.messageSid}/Media.json`),
	}),
});
