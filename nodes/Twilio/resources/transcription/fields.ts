import type { Field } from '../../../shared/fields/field';

export const transcriptionSid = {
	displayName: 'Transcription SID',
	name: 'transcriptionSid',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. TRxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
	description: "The SID of the transcription, as 'Transcription: Get Many' gives it",
} as const satisfies Field;

/** Fields of a simplified transcription row. */
export const transcriptionRow = [
	'sid',
	'recording_sid',
	'date_created',
	'status',
	'duration',
	'transcription_text',
] as const;
