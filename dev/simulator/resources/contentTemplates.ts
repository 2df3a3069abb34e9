import { dates, exact, type Filters } from '../filters';
import { list, type List } from '../paging';
import type { Exchange, Handler, Resource } from '../resource';
import { findRow } from '../rows';
import { seededSid } from '../sids';
import type { Seed } from '../state';
import { toIso } from '../times';

/** A content template, without its links. */
export interface ContentTemplateRow {
	sid: string;
	account_sid: string;
	friendly_name: string;
	/** ISO 639-1 */
	language: string;
	/** Placeholder → sample value */
	variables: Record<string, string>;
	/** Content type → its definition */
	types: Record<string, object>;
	date_created: string;
	date_updated: string;
}

/** One template with one variable. */
export function seedContentTemplates({ accountSid, now }: Seed): ContentTemplateRow[] {
	return [
		{
			sid: seededSid('HX', 'order_shipped'),
			account_sid: accountSid,
			friendly_name: 'order_shipped',
			language: 'en',
			variables: { '1': 'A-1001' },
			types: { 'twilio/text': { body: 'Your order {{1}} is on its way.' } },
			date_created: toIso(now),
			date_updated: toIso(now),
		},
	];
}

const withLinks = (row: ContentTemplateRow, { productUrl }: Exchange) => {
	const url = `${productUrl}/v1/Content/${row.sid}`;
	return {
		...row,
		url,
		links: { approval_fetch: `${url}/ApprovalRequests`, approval_create: `${url}/ApprovalRequests/whatsapp` },
	};
};

const withApproval = (row: ContentTemplateRow) => ({
	...row,
	approval_requests: { name: row.friendly_name, category: 'UTILITY', status: 'approved', rejection_reason: '' },
});

const created = dates<ContentTemplateRow>('DateCreated', 'date_created');

const filters: Filters<ContentTemplateRow> = {
	ContentName: exact('friendly_name'),
	Content: (value) => (row) => JSON.stringify(row.types).includes(String(value)),
	Language: (value) => (row) => (value as string[]).includes(row.language),
	ContentType: (value) => (row) => (value as string[]).some((type) => type in row.types),
	DateCreatedAfter: created['DateCreated>']!,
	DateCreatedBefore: created['DateCreated<']!,
};

const listContent = (more: Partial<List<ContentTemplateRow>>): Handler =>
	list<ContentTemplateRow>({
		key: 'contents',
		rows: ({ state }) => state.contentTemplates,
		date: (row) => row.date_created,
		...more,
	});

declare module '../state' {
	interface State {
		contentTemplates: ContentTemplateRow[];
	}
}

/** https://www.twilio.com/docs/content/content-api-resources */
export const contentTemplates = {
	document: 'content_v1',
	operations: {
		ListContent: listContent({ show: withLinks }),
		ListContentAndApprovals: listContent({ show: withApproval }),
		FetchContent: (exchange) => withLinks(findRow(exchange.state.contentTemplates, exchange.path.Sid), exchange),
	},
	state: (seed) => ({ contentTemplates: seedContentTemplates(seed) }),
} satisfies Resource;

/** The same rows, with filters. */
export const contentTemplatesV2 = {
	document: 'content_v2',
	operations: {
		ListContent: listContent({ show: withLinks, filters }),
		ListContentAndApprovals: listContent({ show: withApproval, filters }),
	},
} satisfies Resource;
