import { definePlainList } from './list';

/** @see https://www.twilio.com/docs/content/content-api-resources */
export const contentTemplates = definePlainList({
	url: (twilio) => twilio.product('content', 'v1/Content'),
	label: ({ friendly_name: name, language }) => `${String(name)} (${String(language)})`,
});
