import type { IDataObject } from 'n8n-workflow';

/** Twilio's row, reduced to the given fields where the user wants it simple. */
export function toRow(row: IDataObject, simpleFields: readonly string[], simplify: boolean): IDataObject {
	return simplify ? Object.fromEntries(simpleFields.map((field) => [field, row[field]])) : row;
}
