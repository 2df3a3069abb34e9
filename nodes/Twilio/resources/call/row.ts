/** Fields of a simplified call row. */
export const callRow = [
	'sid',
	'parent_call_sid',
	'direction',
	'from',
	'to',
	'status',
	'start_time',
	'end_time',
	'duration',
	'price',
] as const;
