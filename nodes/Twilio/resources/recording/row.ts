/** Fields of a simplified recording row. */
export const recordingRow = [
	'sid',
	'call_sid',
	'conference_sid',
	'date_created',
	'start_time',
	'duration',
	'status',
	'source',
	'channels',
	'error_code',
] as const;
