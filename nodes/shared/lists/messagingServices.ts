import { definePlainList } from './list';

/** @see https://www.twilio.com/docs/messaging/api/service-resource */
export const messagingServices = definePlainList({
	url: (twilio) => twilio.product('messaging', 'v1/Services'),
	label: ({ friendly_name: name }) => String(name),
});
