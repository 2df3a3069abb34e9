/** Fields of a simplified message row. */
export const messageRow = [
	'sid',
	'date_created',
	'date_sent',
	'direction',
	'from',
	'to',
	'body',
	'status',
	'error_code',
	'num_media',
] as const;
