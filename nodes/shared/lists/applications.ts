import { definePlainList } from './list';

/** @see https://www.twilio.com/docs/usage/api/applications */
export const applications = definePlainList({
	url: (twilio) => twilio.account('Applications.json'),
	label: ({ friendly_name: name }) => String(name),
});
