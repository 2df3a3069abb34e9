import { sidPrefixes, sidValidation, type SidParameter } from './sid';

/** What differs between locators of SIDs. */
export interface SidLocator<N extends SidParameter> {
	displayName: string;
	name: N;
	description: string;
	/** What one choice is, with its article: "a call". */
	choice: string;
	/** The name of the node's method that fills the list. */
	searchListMethod: string;
	required?: boolean;
}

/** The numbers and letters after a SID's prefix, in placeholders. */
const digits = 'x'.repeat(32);

/** A field for a SID: chosen from a list, or typed and then checked against the pattern of its kind. */
export function sidLocator<const N extends SidParameter>({
	displayName,
	name,
	description,
	choice,
	searchListMethod,
	required = false,
}: SidLocator<N>) {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		...(required && { required }),
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${choice}...`,
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: 'By SID',
				name: 'id',
				type: 'string',
				placeholder: `e.g. ${sidPrefixes[name][0]}${digits}`,
				validation: [sidValidation(name)],
			},
		],
	} as const;
}
