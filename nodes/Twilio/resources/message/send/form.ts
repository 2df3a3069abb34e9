import { DateTime } from 'luxon';
import { jsonParse, UserError } from 'n8n-workflow';

import type { TwilioParameters } from '../../../../shared/api/parameters';
import { statusCallbackOf } from '../../../../shared/fields/callbackUrl';
import { parseUrl } from '../../../../shared/api/parseUrl';
import type { OperationParameters } from '../../../operation/defineOperation';
import { toTwilioParameters } from '../../../operation/twilioNames';
import { channelAddress } from './channel';
import type { sendFields } from './fields';
import type { sendOptions } from './options';

export type SendParameters = OperationParameters<typeof sendFields, typeof sendOptions, readonly []>;

/** Characters, counted as Unicode code points: most emoji are one. */
const maxBodyLength = 1600;

const maxMediaUrls = 10;

/**
 * The form of a new message. Whether it can still be scheduled for its time is said by {@link scheduleProblem}.
 *
 * @throws UserError for what Twilio would refuse
 * @see https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
 */
export function messageForm(parameters: SendParameters): TwilioParameters & { To: string } {
	const { mediaUrls, persistentActions, sendAt, statusCallback, retryStatusCallback, ...options } = parameters.options;
	checkServiceOptions(parameters);
	const form: TwilioParameters & { To: string } = {
		To: channelAddress(parameters.channel, parameters.to, 'To'),
		...senderOf(parameters),
		...contentOf(parameters),
		...toTwilioParameters(options),
		MediaUrl: mediaUrls === undefined ? undefined : mediaUrlsOf(mediaUrls),
		PersistentAction: persistentActions === undefined ? undefined : linesOf(persistentActions),
		StatusCallback: statusCallbackOf({ statusCallback, retryStatusCallback }),
		...(sendAt && { SendAt: sendAt.toUTC().toISO({ suppressMilliseconds: true }) ?? '', ScheduleType: 'fixed' }),
	};
	if (!form.Body && !form.MediaUrl && !form.ContentSid) {
		throw new UserError('The message is empty', {
			description: "Fill in 'Body', add 'Media URLs' under 'Options', or choose a template as 'Content'.",
		});
	}
	return form;
}

function senderOf({ channel, senderType, from, messagingServiceSid, sender }: SendParameters): TwilioParameters {
	switch (senderType) {
		case 'messagingService':
			return { MessagingServiceSid: messagingServiceSid };
		case 'phoneNumber':
			return { From: channelAddress(channel, from ?? '', 'From') };
		case 'sender':
			return { From: channelAddress(channel, sender ?? '', 'Sender') };
	}
}

function contentOf({ contentType, body = '', contentSid, ...variables }: SendParameters): TwilioParameters {
	if (contentType === 'template') {
		return { ContentSid: contentSid, ContentVariables: contentVariablesOf(variables) };
	}
	const length = [...body].length;
	if (length > maxBodyLength) {
		throw new UserError(`'Body' has ${length} characters; Twilio takes ${maxBodyLength} at most`);
	}
	return { Body: body === '' ? undefined : body };
}

/** Twilio wants a JSON object of strings, as a text. */
function contentVariablesOf({
	contentVariablesMode,
	contentVariables,
	contentVariablesJson,
}: Partial<SendParameters>): string | undefined {
	const variables =
		contentVariablesMode === 'json'
			? jsonParse<unknown>(contentVariablesJson || '{}', {
					fallbackValue: null,
				})
			: Object.fromEntries((contentVariables?.variable ?? []).map(({ name, value }) => [name, value]));
	if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) {
		throw new UserError('\'Content Variables (JSON)\' must be a JSON object, such as { "1": "Anna" }');
	}
	const entries = Object.entries(variables as Record<string, unknown>);
	const wrong = entries.find(([, value]) => typeof value === 'object' || value === undefined);
	if (wrong) throw new UserError(`The content variable '${wrong[0]}' must be a text or a number`);
	return entries.length === 0
		? undefined
		: JSON.stringify(Object.fromEntries(entries.map(([name, value]) => [name, String(value)])));
}

function checkServiceOptions({ senderType, options }: SendParameters): void {
	if (senderType === 'messagingService') return;
	for (const [name, isSet] of [
		['Send At', options.sendAt !== undefined],
		['Shorten URLs', options.shortenUrls === true],
	] as const) {
		if (isSet) {
			throw new UserError(`'${name}' needs a Messaging Service as sender`, {
				description: "Set 'Sender Type' to 'Messaging Service'.",
			});
		}
	}
}

function mediaUrlsOf(text: string): string[] {
	// URLs may have commas in them: one separates only where another URL follows.
	const urls = text
		.trim()
		.split(/\s*,?\s*\n\s*|\s*,\s*(?=https?:|$)/i)
		.filter((url) => url !== '');
	if (urls.length > maxMediaUrls) {
		throw new UserError(`'Media URLs' has ${urls.length} addresses; Twilio takes ${maxMediaUrls} at most`);
	}
	const wrong = urls.find((url) => !/^https?:\/\/\S+$/i.test(url) || !parseUrl(url));
	if (wrong !== undefined) throw new UserError(`'Media URLs' has an address that is no http or https URL: ${wrong}`);
	return urls;
}

function linesOf(text: string): string[] {
	return text
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '');
}

/** Why a message cannot be scheduled for this time. Twilio's window is 5 minutes to 35 days; its older pages say 15 minutes. */
export function scheduleProblem(time: DateTime): UserError | undefined {
	const now = DateTime.now();
	if (time >= now.plus({ minutes: 5 }) && time <= now.plus({ days: 35 })) return undefined;
	return new UserError(`'Send At' must be between 5 minutes and 35 days from now, not ${time.toISO()}`, {
		description: 'Twilio refuses other times. 15 minutes or more are safe.',
	});
}
