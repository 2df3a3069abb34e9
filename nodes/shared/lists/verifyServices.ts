import { definePlainList } from './list';

/** @see https://www.twilio.com/docs/verify/api/service */
export const verifyServices = definePlainList({
	url: (twilio) => twilio.product('verify', 'v2/Services'),
	label: ({ friendly_name: name }) => String(name),
});
