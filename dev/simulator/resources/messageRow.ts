/** https://www.twilio.com/docs/messaging/guides/track-outbound-message-status */
export type MessageStatus =
	| 'accepted'
	| 'scheduled'
	| 'canceled'
	| 'queued'
	| 'sending'
	| 'sent'
	| 'failed'
	| 'delivered'
	| 'undelivered'
	| 'receiving'
	| 'received'
	| 'read'
	| 'partially_delivered';

/** A message as Twilio shows it. Dates are RFC 2822. */
export interface MessageRow {
	/** `SM…`, or `MM…` with media. */
	sid: string;
	account_sid: string;
	api_version: string;
	body: string;
	date_created: string;
	/** Null until the message is handed to the carrier. */
	date_sent: string | null;
	date_updated: string;
	direction: 'inbound' | 'outbound-api' | 'outbound-call' | 'outbound-reply';
	error_code: number | null;
	error_message: string | null;
	/** Null until a Messaging Service has chosen a sender. */
	from: string | null;
	messaging_service_sid: string | null;
	num_media: string;
	num_segments: string;
	price: string | null;
	price_unit: string | null;
	status: MessageStatus;
	subresource_uris: Record<string, string>;
	to: string;
	uri: string;
}

/** What was asked for a message and is not part of its row. */
export interface MessageSettings {
	statusCallback?: string;
	applicationSid?: string;
	/** Milliseconds since the epoch. */
	sendAt?: number;
	provideFeedback: boolean;
}

/** How messages to a recipient fail after Twilio accepted them. */
export interface DeliveryFailure {
	status: 'failed' | 'undelivered';
	errorCode: number;
	errorMessage?: string;
}
