/** Fields of a simplified alert row. */
export const alertRow = [
	'sid',
	'date_generated',
	'log_level',
	'error_code',
	'alert_text',
	'resource_sid',
	'service_sid',
	'request_method',
	'request_url',
	'more_info',
] as const;
