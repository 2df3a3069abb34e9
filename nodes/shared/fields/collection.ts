import type { Field, Fields } from './field';

/** A collection of optional fields, in alphabetical order, as n8n wants them. */
export function collection(displayName: string, name: string, placeholder: string, fields: Fields): Field {
	const options = [...fields].sort((a, b) => a.displayName.localeCompare(b.displayName));
	return { displayName, name, type: 'collection', placeholder, default: {}, options };
}
