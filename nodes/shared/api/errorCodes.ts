/** What a Twilio error code means in plain words, and what to do about it. */
export interface ErrorCode {
	meaning: string;
	advice: string;
}

const callNotPossible = 'Check the number in the Twilio Console under Monitor > Logs > Calls.';
const usePhoneNumber = 'Use the full number with country code in E.164 format, such as +14155552671.';

/**
 * The codes people meet most, for requests that Twilio refuses and for messages that are not delivered.
 *
 * @see https://www.twilio.com/docs/api/errors
 */
export const errorCodes: Readonly<Record<number, ErrorCode>> = {
	11200: {
		meaning: 'Twilio could not fetch a URL of yours.',
		advice: 'Check that the URL is public and answers with a status below 400 within 15 seconds.',
	},
	11205: {
		meaning: 'Twilio could not connect to a URL of yours.',
		advice: 'Check that the host is public and its certificate valid.',
	},
	15003: {
		meaning: 'Your status callback URL answered with an error.',
		advice: 'Check that the workflow behind the URL is active.',
	},
	16113: {
		meaning: 'The recording is mono, so it has no second channel.',
		advice: 'Download it with the channels set to mono.',
	},
	20001: {
		meaning: 'A parameter has a value or a format that Twilio does not take.',
		advice: "Compare the value with the parameter's description.",
	},
	20003: {
		meaning: 'Twilio did not accept the credential.',
		advice:
			'Check SID and token or key, and the region: each region has its own. A suspended account and a Standard API key asking for account data get this answer too.',
	},
	20007: { meaning: 'The page size is too large.', advice: 'Ask for at most 1000 rows a page.' },
	20009: {
		meaning: 'This cannot be deleted while it is still in progress.',
		advice: 'Wait until it has reached a final status; right after that it can take a minute or more.',
	},
	20403: {
		meaning: 'The credential is valid, but not allowed to do this.',
		advice: "Use a key with more permissions, or the account's Auth Token.",
	},
	20404: {
		meaning: 'There is no such thing in this account.',
		advice: 'Check the SID. It may belong to another account, subaccount or region, or have been deleted.',
	},
	20429: {
		meaning: 'Too many requests at once. Twilio did not act on this one.',
		advice: "Lower 'Requests at Once' or send fewer items at a time.",
	},
	21201: { meaning: 'The call has no recipient.', advice: usePhoneNumber },
	21205: { meaning: 'The URL is not valid.', advice: 'Use a public http or https URL.' },
	21210: {
		meaning: 'The caller number is neither yours nor verified.',
		advice: 'Use a number of your account, or verify this one in the Twilio Console as a caller ID.',
	},
	21211: { meaning: 'The recipient is not a valid phone number.', advice: usePhoneNumber },
	21212: { meaning: 'The sender is not a valid phone number or sender of your account.', advice: usePhoneNumber },
	21214: { meaning: 'The recipient cannot be reached.', advice: callNotPossible },
	21215: {
		meaning: 'Your account is not allowed to call this country.',
		advice: 'Enable it in the Twilio Console under Voice > Settings > Geo permissions.',
	},
	21216: { meaning: 'Calls to this number are blocked.', advice: "Ask Twilio's support." },
	21217: { meaning: 'The recipient is not a valid phone number.', advice: usePhoneNumber },
	21219: {
		meaning: 'A trial account can only call verified numbers.',
		advice: 'Verify the number in the Twilio Console, or upgrade the account.',
	},
	21220: {
		meaning: 'The call is not in a state in which it can be changed.',
		advice: 'It has probably ended already.',
	},
	21408: {
		meaning: 'Your account is not allowed to text this country.',
		advice: 'Enable it in the Twilio Console under Messaging > Settings > Geo permissions.',
	},
	21481: { meaning: 'The page of this list has expired.', advice: 'Read the list again from its start.' },
	21606: {
		meaning: 'The sender is not a number of this account that can send this kind of message.',
		advice: 'Choose a number from the list, and check its capabilities in the Twilio Console.',
	},
	21608: {
		meaning: 'A trial account can only text verified numbers.',
		advice: 'Verify the number in the Twilio Console, or upgrade the account.',
	},
	21609: {
		meaning: 'The status callback URL is not valid.',
		advice: 'Use a public URL of at most 4000 characters whose host has no underscore.',
	},
	21610: {
		meaning: 'The recipient has opted out of messages from this sender (STOP).',
		advice: 'Do not text this number again until it answers START.',
	},
	21611: {
		meaning: "The sender's queue is full.",
		advice: 'Wait and send more slowly, or use a Messaging Service with more senders.',
	},
	21612: {
		meaning: 'This sender cannot reach this recipient.',
		advice: "Use another sender, of a kind that the recipient's country allows.",
	},
	21614: { meaning: 'The recipient is not a mobile number.', advice: 'Use a number that can receive texts.' },
	21617: { meaning: 'The text is longer than 1600 characters.', advice: 'Shorten it or send it in parts.' },
	21671: {
		meaning: 'Content templates are not available in this region.',
		advice: 'Use a credential of the US1 region.',
	},
	30001: {
		meaning: 'Too many messages waited to be sent, so this one was dropped.',
		advice: 'Wait, and send more slowly or from more senders.',
	},
	30002: {
		meaning: 'The account was suspended before the message was sent.',
		advice: "Ask Twilio's support.",
	},
	30003: {
		meaning: 'The phone could not be reached: switched off, out of coverage, or unable to receive this.',
		advice: 'Try again later.',
	},
	30004: {
		meaning: 'The recipient cannot get messages: the number is blocked, or the carrier does not allow it.',
		advice: 'Do not try again before the recipient has had it unblocked.',
	},
	30005: {
		meaning: 'The number is unknown or no longer in use.',
		advice: 'Check the number and remove it from your list.',
	},
	30006: { meaning: 'The number is a landline or its carrier cannot be reached.', advice: 'Use a mobile number.' },
	30007: {
		meaning: 'The message was filtered as unwanted, by Twilio or the carrier.',
		advice: 'Check the content, and that the sender is registered for what it sends.',
	},
	30008: {
		meaning: 'The message was not delivered, and the carrier did not say why.',
		advice: 'Try again, with a shorter plain text or from another sender.',
	},
	30010: {
		meaning: "The message would have cost more than 'Max Price'.",
		advice: "Leave 'Max Price' out.",
	},
	30011: {
		meaning: "The recipient's carrier or phone cannot receive MMS.",
		advice: 'Send a text without media.',
	},
	30017: {
		meaning: "The carrier's network is congested.",
		advice: 'Try again later, and send more slowly.',
	},
	30018: {
		meaning: 'The destination needs a sender that was registered beforehand.',
		advice: 'Register the sender ID in the Twilio Console, or use another sender.',
	},
	30019: {
		meaning: 'The message is larger than the carrier takes.',
		advice: 'Send smaller media, or a link to them.',
	},
	30022: {
		meaning: 'The sender is over the rate that its US A2P 10DLC campaign allows.',
		advice: 'Send more slowly, or use a Messaging Service with more senders.',
	},
	30023: {
		meaning: 'The brand has sent all the messages that a US carrier allows it in a day.',
		advice: 'Go on after midnight, Pacific Time.',
	},
	30024: {
		meaning: "The numeric sender is not set up at the recipient's carrier.",
		advice: "Use another sender, or ask Twilio's support.",
	},
	30027: {
		meaning: 'The US A2P 10DLC campaign has sent all the messages that the carrier allows it in a day.',
		advice: 'Go on after midnight, Pacific Time.',
	},
	30032: {
		meaning: 'The toll-free sender is not verified.',
		advice: 'Submit it for verification in the Twilio Console; until then it cannot text the USA and Canada.',
	},
	30033: {
		meaning: 'The US A2P 10DLC campaign is suspended.',
		advice: 'Look in the Twilio Console why, and correct it.',
	},
	30034: {
		meaning: 'The US sender is not registered for A2P 10DLC.',
		advice: 'Register a brand and a campaign in the Twilio Console, and add the number to it.',
	},
	30036: {
		meaning: "The message waited longer than its 'Validity Period'.",
		advice: 'Choose a longer one, or send more slowly.',
	},
	30038: {
		meaning: 'The carrier does not deliver messages with one-time passwords by this way.',
		advice: 'Use Twilio Verify, or another sender.',
	},
	30039: {
		meaning: 'The same message went back and forth between two automatic systems, so Twilio stopped it.',
		advice: 'Do not answer messages of machines automatically.',
	},
	30044: {
		meaning: 'A trial account cannot send a text this long.',
		advice: 'Shorten it, or upgrade the account.',
	},
	30400: {
		meaning: 'A message can be redacted (empty body) or canceled, nothing else.',
		advice: "Use the operation 'Redact' or 'Cancel'.",
	},
	30409: {
		meaning: 'Only a scheduled message can be canceled, and this one no longer is.',
		advice: 'It has been sent, or canceled before.',
	},
	30450: {
		meaning: 'SMS pumping protection has blocked the message.',
		advice: "If it is genuine, send it again with 'Risk Check' disabled, or allow the number in the Twilio Console.",
	},
	35111: { meaning: 'A scheduled message needs the time to send it.', advice: "Set 'Send At'." },
	35114: {
		meaning: 'The time to send is outside of the window.',
		advice: 'Choose a time between 15 minutes and 35 days from now.',
	},
	35115: {
		meaning: 'The time to send is outside of the window.',
		advice: 'Choose a time between 15 minutes and 35 days from now.',
	},
	35117: {
		meaning: 'The time to send is outside of the window.',
		advice: 'Choose a time between 15 minutes and 35 days from now.',
	},
	35118: {
		meaning: 'Only a Messaging Service can send at a later time.',
		advice: "Set 'Sender Type' to 'Messaging Service'.",
	},
	57012: {
		meaning: 'The signature of a webhook could not be verified.',
		advice: 'Check that the Auth Token in n8n is the one of this account.',
	},
	63001: {
		meaning: "The channel refused the sender's credentials.",
		advice: 'Connect the sender anew in the Twilio Console.',
	},
	63003: {
		meaning: 'The channel does not know the recipient.',
		advice: 'Check the address; a number needs an account on that channel.',
	},
	63005: {
		meaning: 'The channel did not take the content.',
		advice: 'Check text and media against what the channel allows.',
	},
	63007: {
		meaning: 'The sender is not set up for this channel.',
		advice: 'Choose a sender of this channel, and check in the Twilio Console that it is online.',
	},
	63013: {
		meaning: 'The message violates a policy of the channel.',
		advice: 'Change its content.',
	},
	63014: {
		meaning: 'The recipient has blocked the sender, or opted out.',
		advice: 'Do not message this recipient again until they write to you.',
	},
	63015: {
		meaning: 'The WhatsApp sandbox can only reach phones that have joined it.',
		advice: 'Send the join code from that phone, or use a WhatsApp sender of your own.',
	},
	60200: { meaning: 'A parameter of the verification is not valid.', advice: 'Check the recipient and the channel.' },
	60202: {
		meaning: 'The code was entered wrongly too often.',
		advice: 'Wait until the verification has expired (10 minutes), then send a new code.',
	},
	60203: {
		meaning: 'Too many codes were sent to this recipient.',
		advice: 'Wait until the verification has expired (10 minutes), then send a new code.',
	},
	63016: {
		meaning: "WhatsApp allows free text only within 24 hours after the recipient's last message.",
		advice: 'Send an approved content template instead.',
	},
	63018: {
		meaning: 'The sender is over the rate that the channel allows.',
		advice: 'Wait, and send more slowly.',
	},
	63024: {
		meaning: 'The channel cannot reach this recipient.',
		advice: 'Check the number, and that it uses this channel.',
	},
	63032: {
		meaning: 'WhatsApp did not deliver this to the recipient, to limit marketing messages or for an experiment.',
		advice: 'Do not send it again at once.',
	},
	63049: {
		meaning: 'WhatsApp did not deliver this marketing message, to limit how many a person gets.',
		advice: 'Wait some days before sending it again.',
	},
	70051: {
		meaning: 'The API key is valid, but does not have the permission for this.',
		advice: 'Add the permission to the restricted key in the Twilio Console, or use another key.',
	},
};

/** Twilio's own page about an error code. */
export function errorHelp(code: number): string {
	return `https://www.twilio.com/docs/errors/${code}`;
}
