/** Fields of a simplified phone number row. */
export const phoneNumberRow = [
	'sid',
	'phone_number',
	'friendly_name',
	'capabilities',
	'sms_url',
	'voice_url',
	'status_callback',
	'date_created',
] as const;
