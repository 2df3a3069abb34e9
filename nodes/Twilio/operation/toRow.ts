import type { IDataObject } from 'n8n-workflow';

/** Twilio's row, reduced to the given fields where there are any. */
export function toRow(row: IDataObject, fields: readonly string[] | undefined): IDataObject {
	return fields ? Object.fromEntries(fields.map((field) => [field, row[field]])) : row;
}
