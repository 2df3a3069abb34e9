import { definePlainList } from './list';
import { numberLabel } from './phoneNumbers';

/** Numbers of others that were verified, so that calls can be made from them.
 *
 * @see https://www.twilio.com/docs/voice/api/outgoing-caller-ids
 */
export const outgoingCallerIds = definePlainList({
	url: (twilio) => twilio.account('OutgoingCallerIds.json'),
	label: numberLabel,
});
