import type { Seconds } from '../../shared/lists/listDate';
import type { Row } from './list';

/** One page, as the engine needs it. */
export interface ListPage {
	rows: readonly Row[];
	/** Query of the following page. */
	next?: string;
	/** When Twilio answered, by its own clock; a gateway may have taken that out. */
	date?: Seconds;
}

/** The answer to a query that Twilio refuses. */
export interface Refusal {
	refusal: Error;
}

/** What the loop is given. */
export interface EngineOptions {
	/** Asks for a page. Throws where there was no answer. */
	fetchPage(query: string): Promise<ListPage | Refusal>;
	/** Rows to emit at most. */
	limit: number;
	/** Whether there is time for one more page. */
	mayContinue(): boolean;
	/** Milliseconds since the epoch by this machine's clock, which Twilio's may differ from. */
	clock(): number;
	/** Told what people should know, such as a backlog that grows; not at each poll. */
	onNotice(notice: string): void;
}

/** What a poll came to: rows, oldest first, and the cursor after them. */
export interface Reading<C> {
	emit: Row[];
	cursor: C;
}

/** A page, and when it was asked for and came, in seconds by this machine's clock. */
export interface Answer {
	page: ListPage;
	sent: number;
	received: number;
}

/** Asks for a page. */
export async function ask(
	query: string,
	{ fetchPage, clock }: Pick<EngineOptions, 'fetchPage' | 'clock'>,
): Promise<Answer | Refusal> {
	const sent = clock() / 1000;
	const page = await fetchPage(query);
	return 'refusal' in page ? page : { page, sent, received: clock() / 1000 };
}

/** @throws what Twilio refused a page with */
export function given(answer: Answer | Refusal): Answer {
	if ('refusal' in answer) throw answer.refusal;
	return answer;
}
