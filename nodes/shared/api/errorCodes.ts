/** What a Twilio error code means in plain words, and what to do about it. */
export interface ErrorCode {
	meaning: string;
	advice: string;
}

const usePhoneNumber = 'Use the full number with country code in E.164 format, such as +14155552671.';
const useWindow = 'Choose a time between 5 minutes (15 are safer) and 35 days from now.';

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
		advice: 'Check that the host is public and answers within 15 seconds.',
	},
	15003: {
		meaning: 'Your status callback URL answered with an error.',
		advice: 'Check that the workflow behind the URL is active.',
	},
	16101: {
		meaning: 'There is no recording, because the call was too short.',
		advice: 'Nothing can be done for this call.',
	},
	16102: {
		meaning: 'There is no recording, because nothing was to be heard.',
		advice: 'Check that both sides could speak; nothing can be done for this call.',
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
		advice:
			"Use a key with more permissions, or the account's Auth Token. The account may be suspended or closed, too.",
	},
	20404: {
		meaning: 'There is no such thing in this account.',
		advice:
			'Check the SID. It may belong to another account, subaccount or region, or have been deleted. A verification is gone once it is approved or has expired.',
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
	21212: {
		meaning: 'The sender is not a valid phone number or sender of your account.',
		advice: `${usePhoneNumber} An alphanumeric sender must not be a generic word, and needs an upgraded account.`,
	},
	21214: { meaning: 'The recipient cannot be reached.', advice: 'Check the number and try again.' },
	21215: {
		meaning: 'Your account is not allowed to call this country.',
		advice: 'Enable it in the Twilio Console under Voice > Settings > Geo permissions.',
	},
	21216: {
		meaning: 'Calls to this number are blocked.',
		advice:
			"For numbers that begin with +1 create a Primary Customer Profile in the Trust Hub; else ask Twilio's support.",
	},
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
		meaning: 'A trial account, or one without an approved compliance profile, can only text verified numbers.',
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
	21635: { meaning: 'The recipient is a landline.', advice: 'Use a mobile number.' },
	21656: {
		meaning: 'The content variables are not valid.',
		advice: 'Fill in every variable of the template, none of them with null.',
	},
	21659: {
		meaning: 'The sender is not a Twilio number, or is a short code of another country.',
		advice: 'Choose a number from the list.',
	},
	21660: {
		meaning: 'The sender belongs to another account.',
		advice: 'Choose a number from the list, or use the credential of the account that owns it.',
	},
	21661: {
		meaning: 'The sender cannot send texts.',
		advice: 'Choose a number that has this capability in the Twilio Console.',
	},
	21671: {
		meaning: 'Content templates are not available in this region.',
		advice: 'Use a credential of the US1 region.',
	},
	21703: {
		meaning: 'No sender of the Messaging Service can send this to this recipient.',
		advice: "Add a sender of a kind that the recipient's country allows to the Messaging Service.",
	},
	30001: {
		meaning: 'Too many messages waited to be sent, so this one was dropped.',
		advice: 'Wait, and send more slowly or from more senders.',
	},
	30002: {
		meaning: 'The account was suspended before the message was sent.',
		advice: "Check the balance and Twilio's mails, or ask Twilio's support.",
	},
	30003: {
		meaning: 'The phone could not be reached: switched off, out of coverage, or unable to receive this.',
		advice: 'Try again later.',
	},
	30004: {
		meaning:
			'The recipient is blocked from this message: by the carrier, by an opt-out (STOP), or as a number that gets no texts.',
		advice: 'Ask the recipient to send START, or to ask the carrier.',
	},
	30005: {
		meaning: 'The number is unknown; it may no longer exist.',
		advice: 'Check it, and remove it from your list if it fails again.',
	},
	30006: {
		meaning: 'The number is a landline or its carrier cannot be reached.',
		advice: 'Use a mobile number; from a short code, try another sender.',
	},
	30007: {
		meaning: 'The message was filtered as unwanted, by Twilio or the carrier.',
		advice: 'Check the content, and that the sender is registered for what it sends.',
	},
	30008: {
		meaning: 'The message was not delivered, and the carrier did not say why.',
		advice: 'Try again, with a shorter plain text or from another sender.',
	},
	30011: { meaning: "The recipient's carrier or phone cannot receive MMS.", advice: 'Send a text without media.' },
	30017: { meaning: "The carrier's network is congested.", advice: 'Try again later, and send more slowly.' },
	30018: {
		meaning: 'The destination wants alphanumeric senders to be registered; the message may have arrived all the same.',
		advice: 'Look at its status, and register the sender ID in the Twilio Console.',
	},
	30019: { meaning: 'The message is larger than the carrier takes.', advice: 'Send a shorter text or smaller media.' },
	30022: {
		meaning: 'The sender is over the rate that its US A2P 10DLC campaign allows.',
		advice: 'Send more slowly, above all to the same number.',
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
		meaning: 'The daily limit for messages to T-Mobile is used up.',
		advice: 'Go on after midnight, Pacific Time; until then messages may fail with 30023.',
	},
	30032: {
		meaning: 'The toll-free sender is not verified.',
		advice: 'Submit it for verification in the Twilio Console; until then it cannot text the USA and Canada.',
	},
	30033: {
		meaning: 'The US A2P 10DLC campaign is suspended.',
		advice: "Look for Twilio's mail about it, or ask Twilio's support.",
	},
	30034: {
		meaning: 'The US sender is not registered for A2P 10DLC.',
		advice: 'Register a brand and a campaign in the Twilio Console, and add the number to it.',
	},
	30035: {
		meaning: 'The A2P 10DLC registration of the US sender is still under way.',
		advice: 'Wait until the Twilio Console shows the number as registered.',
	},
	30036: {
		meaning: "The message waited longer than its 'Validity Period'.",
		advice: 'Choose a longer one, or send more slowly.',
	},
	30038: {
		meaning: 'Twilio does not let its numbers receive one-time passwords, so it withheld this incoming message.',
		advice: 'Receive the code with another phone.',
	},
	30039: {
		meaning: 'This incoming message looks machine-made; to prevent a loop, Twilio did not pass it on.',
		advice: 'If you must answer it, send a new message.',
	},
	30040: {
		meaning: 'The alphanumeric sender is not registered for this country, so the message was blocked.',
		advice: 'Register the sender ID in the Twilio Console, or use another sender.',
	},
	30044: { meaning: 'A trial account cannot send a text this long.', advice: 'Shorten it, or upgrade the account.' },
	30400: {
		meaning: 'A message can be redacted (empty body) or canceled, nothing else.',
		advice: "Use the operation 'Redact' or 'Cancel'.",
	},
	30409: {
		meaning: 'Only a scheduled message can be canceled, and this one no longer is.',
		advice: 'It has been sent, or canceled before.',
	},
	30450: {
		meaning: 'SMS pumping protection has blocked the recipient for a while.',
		advice:
			"Try again in 30 minutes. If it is genuine, disable 'Risk Check' or put the number on Twilio's Global Safe List.",
	},
	30453: {
		meaning: 'SMS pumping protection has blocked the message; this clears after some hours.',
		advice: "If it is genuine, disable 'Risk Check' or put the number on Twilio's Global Safe List.",
	},
	35111: { meaning: 'A scheduled message needs the time to send it.', advice: "Set 'Send At'." },
	35114: { meaning: 'The time to send is outside of the window.', advice: useWindow },
	35115: { meaning: 'The time to send is outside of the window.', advice: useWindow },
	35117: { meaning: 'The time to send is outside of the window.', advice: useWindow },
	35118: {
		meaning: 'Only a Messaging Service can send at a later time.',
		advice: "Set 'Sender Type' to 'Messaging Service'.",
	},
	57012: {
		meaning: 'The signature of a webhook could not be verified.',
		advice: 'Check that the Auth Token in n8n is the one of this account.',
	},
	60200: {
		meaning: 'A parameter of the verification is not valid.',
		advice: 'Check the recipient, the channel, and the code: it has 4 to 10 digits.',
	},
	60202: {
		meaning: 'The code was entered wrongly too often.',
		advice: 'Wait until the verification has expired (10 minutes), then send a new code.',
	},
	60203: {
		meaning: 'Too many codes were sent to this recipient.',
		advice: 'Wait until the verification has expired (10 minutes), then send a new code.',
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
		advice: 'Check text and media against what the channel allows, and that the recipient uses it.',
	},
	63007: {
		meaning: 'The sender is not set up for this channel.',
		advice:
			'Choose a sender of this channel that belongs to this account, and check in the Twilio Console that it is online.',
	},
	63013: { meaning: 'The message violates a policy of the channel.', advice: 'Change its content.' },
	63014: {
		meaning: 'The recipient has blocked the sender, or opted out.',
		advice: 'Do not message this recipient again until they write to you.',
	},
	63015: {
		meaning: 'The WhatsApp sandbox can only reach phones that have joined it.',
		advice: 'Send the join code from that phone, or use a WhatsApp sender of your own.',
	},
	63016: {
		meaning: "WhatsApp and Messenger allow free text only within 24 hours after the recipient's last message.",
		advice: 'On WhatsApp send an approved content template, as a template and not as text.',
	},
	63018: {
		meaning: "The sender, account or recipient is over the channel's limit.",
		advice: 'Wait, up to 24 hours for new WhatsApp conversations, and send more slowly.',
	},
	63019: {
		meaning: 'Twilio could not download the media, or they are empty.',
		advice: 'Check that the media URL is public and answers with the file.',
	},
	63021: {
		meaning: 'The channel does not take this content: text, media or template.',
		advice: 'Compare it with what the channel allows; a WhatsApp template has at most 1024 characters.',
	},
	63024: {
		meaning: 'The channel cannot reach this recipient.',
		advice:
			'Check that the number uses the channel; on WhatsApp the recipient may have to accept its terms or update the app.',
	},
	63032: {
		meaning: 'WhatsApp did not deliver this, because the recipient is part of one of its experiments.',
		advice: 'Skip this recipient, or use SMS.',
	},
	63049: {
		meaning:
			'WhatsApp did not deliver this marketing message, to limit how many a person gets, or because the recipient is in the USA.',
		advice: 'In the USA use SMS; elsewhere wait, longer each time.',
	},
	70051: {
		meaning: 'The credential is not allowed to do this.',
		advice:
			'Add the permission to the restricted key in the Twilio Console, or use another key; check that the account is active.',
	},
};

/** Twilio's own page about an error code. */
export function errorHelp(code: number): string {
	return `https://www.twilio.com/docs/errors/${code}`;
}
