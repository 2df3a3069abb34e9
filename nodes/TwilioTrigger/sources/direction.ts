import type { Row } from '../engine/list';

/**
 * Which way each of Twilio's directions goes. With Elastic SIP Trunking, originating is what comes from the telephone
 * network, and terminating what goes there.
 *
 * @see https://www.twilio.com/docs/voice/api/call-resource#call-properties
 * @see https://www.twilio.com/docs/messaging/api/message-resource#message-properties
 */
const ways: Readonly<Record<string, 'inbound' | 'outbound'>> = {
	inbound: 'inbound',
	'outbound-api': 'outbound',
	'outbound-call': 'outbound',
	'outbound-dial': 'outbound',
	'outbound-reply': 'outbound',
	'trunking-originating': 'inbound',
	'trunking-terminating': 'outbound',
};

/** Whether a message or call goes the chosen way; one that Twilio gives another direction does so for `both` only. */
export function goes(row: Row, chosen: 'both' | 'inbound' | 'outbound'): boolean {
	return chosen === 'both' || ways[String(row.direction)] === chosen;
}
