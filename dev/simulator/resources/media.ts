import type { FileContent } from '../content';
import { dates } from '../filters';
import { mediaUrl } from '../mediaOrigin';
import { list } from '../paging';
import { Answer, type Exchange, type Resource, type World } from '../resource';
import { findRow, removeRow } from '../rows';
import { newSid } from '../sids';
import { toRfc2822 } from '../times';

/** A file of a message. */
export interface MediaRow {
	sid: string;
	/** SID of the message. */
	parent_sid: string;
	account_sid: string;
	content_type: string;
	date_created: string;
	date_updated: string;
	uri: string;
}

/** The file itself. */
export interface MediaContent {
	contentType: string;
	content: FileContent;
}

const contentTypes: Record<string, string> = {
	jpg: 'image/jpeg',
	jpeg: 'image/jpeg',
	png: 'image/png',
	gif: 'image/gif',
	pdf: 'application/pdf',
	mp3: 'audio/mpeg',
	mp4: 'video/mp4',
	vcf: 'text/vcard',
	txt: 'text/plain',
};

/** A small file for a MediaUrl. It is not fetched: its type is that of the URL's extension, else JPEG. */
export function inventMedia(url: string): MediaContent {
	const extension = /\.(\w+)$/.exec(new URL(url).pathname)?.[1]?.toLowerCase() ?? '';
	return { contentType: contentTypes[extension] ?? 'image/jpeg', content: Buffer.from(`content of ${url}`) };
}

/** Puts a file to a message. */
export function attachMedia(
	{ state, account, now }: Pick<World, 'state' | 'account' | 'now'>,
	messageSid: string,
	file: MediaContent,
): MediaRow {
	const sid = newSid('ME');
	const row: MediaRow = {
		sid,
		parent_sid: messageSid,
		account_sid: account.accountSid,
		content_type: file.contentType,
		date_created: toRfc2822(now()),
		date_updated: toRfc2822(now()),
		uri: `/2010-04-01/Accounts/${account.accountSid}/Messages/${messageSid}/Media/${sid}.json`,
	};
	state.media.push(row);
	state.mediaContent.set(sid, file);
	return row;
}

/** Removes a media row and its file. */
export function removeMedia({ state }: Pick<World, 'state'>, row: MediaRow): void {
	removeRow(state.media, row);
	state.mediaContent.delete(row.sid);
}

function requested({ state, path }: Exchange): MediaRow {
	const message = findRow(state.messages, path.MessageSid);
	return findRow(
		state.media.filter((row) => row.parent_sid === message.sid),
		path.Sid,
	);
}

declare module '../state' {
	interface State {
		media: MediaRow[];
		/** The files, by SID of the media row. */
		mediaContent: Map<string, MediaContent>;
	}
}

/** https://www.twilio.com/docs/messaging/api/media-resource */
export const media = {
	document: 'api_v2010',
	operations: {
		ListMedia: list<MediaRow>({
			key: 'media_list',
			rows: ({ state, path }) => {
				findRow(state.messages, path.MessageSid);
				return state.media;
			},
			within: (row, { path }) => row.parent_sid === path.MessageSid,
			date: (row) => row.date_created,
			filters: dates('DateCreated', 'date_created'),
		}),
		FetchMedia: requested,
		DeleteMedia(exchange) {
			removeMedia(exchange, requested(exchange));
			return null;
		},
		DownloadMedia: (exchange) => new Answer(null, { Location: mediaUrl(exchange, requested(exchange)) }),
	},
	state: () => ({ media: [], mediaContent: new Map() }),
} satisfies Resource;
