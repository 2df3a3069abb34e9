import { UserError } from 'n8n-workflow';

import { normalizePhoneNumber } from '../../../../shared/fields/phoneNumber';

/**
 * Channels and the prefix that addresses on them carry.
 *
 * @see https://www.twilio.com/docs/messaging/channels
 */
const prefixes = { sms: '', whatsapp: 'whatsapp:', messenger: 'messenger:', rcs: 'rcs:' } as const;

export type Channel = keyof typeof prefixes;

/**
 * The address of somebody on a channel: the channel's prefix is added where it is missing.
 *
 * @param parameter as shown to the user
 * @throws UserError when the address carries the prefix of another channel
 */
export function channelAddress(channel: Channel, address: string, parameter: string): string {
	const [, prefix = '', rest = ''] = /^((?:whatsapp|messenger|rcs|sms):)?(.*)$/i.exec(address) ?? [];
	const own = prefixes[channel];
	if (prefix !== '' && prefix.toLowerCase() !== (own || 'sms:')) {
		throw new UserError(`'${parameter}' is an address of another channel: ${prefix}`, {
			description: `Remove the prefix, or set 'Channel' to the one it belongs to.`,
		});
	}
	return `${own}${normalizePhoneNumber(rest.trim())}`;
}
