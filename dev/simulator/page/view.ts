import type { Simulator } from '../simulator';
import type { View } from './liveFeed';

/** How many of each kind are shown. */
const shown = 100;

/** What the page shows of a simulator. */
export function viewOf({ account, baseUrl, state, requests, callbacks }: Simulator): View {
	return {
		account: [{ id: account.accountSid, ...account, baseUrl }],
		number: [
			...state.phoneNumbers.map(({ phone_number, friendly_name, capabilities }) => ({
				id: phone_number,
				name: friendly_name,
				canText: capabilities.sms,
				canCall: capabilities.voice,
			})),
			...state.channelSenders.map(({ sender_id, profile }) => ({
				id: sender_id,
				name: profile.name,
				canText: true,
				canCall: false,
			})),
		],
		message: state.messages.slice(-shown).map((row) => ({
			id: row.sid,
			time: row.date_created,
			direction: row.direction,
			from: row.from,
			to: row.to,
			body: row.body,
			media: Number(row.num_media),
			status: row.status,
			errorCode: row.error_code,
			errorMessage: row.error_message,
		})),
		call: state.calls.slice(-shown).map((row) => ({
			id: row.sid,
			time: row.start_time,
			direction: row.direction,
			from: row.from,
			to: row.to,
			duration: row.duration,
			status: row.status,
		})),
		callback: lastOf(callbacks).map(({ index, item: { url, params, status } }) => ({
			id: String(index),
			url,
			status,
			about: params.MessageSid ?? (params.RecordingStatus ? params.RecordingSid : params.CallSid),
			event: params.MessageStatus ?? params.RecordingStatus ?? params.CallStatus ?? params.AnsweredBy,
		})),
		request: lastOf(requests).map(
			({ index, item: { method, product, path, operationId, status, errorCode, errorMessage } }) => ({
				id: String(index),
				method,
				product,
				path,
				operation: operationId,
				status,
				errorCode,
				errorMessage,
			}),
		),
	};
}

/** The last items with their places, which serve as ids. */
function lastOf<T>(items: readonly T[]): Array<{ index: number; item: T }> {
	const start = Math.max(items.length - shown, 0);
	return items.slice(start).map((item, offset) => ({ index: start + offset, item }));
}
