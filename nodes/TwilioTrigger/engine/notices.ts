import { isoSecond, type Seconds } from '../../shared/lists/listDate';
import { isStrange } from './clocks';
import type { Told } from './cursor';
import type { DatedList } from './list';
import type { Answer, EngineOptions } from './page';
import { circleNotice } from './query';

const day: Seconds = 24 * 60 * 60;

/** How long before Twilio forgets a row people hear that it waits. */
const warning: Seconds = 3 * day;

/** Polls that a backlog may take before people hear of it. */
const patience = 10;

const advice = 'Raise "Limit", or poll more often';

const memoryOf = (maxAge: Seconds) => `Twilio keeps such rows for ${Math.ceil(maxAge / day)} days`;

/** What people should know, told once and not at each poll. */
export class Notices {
	private readonly told: Told;
	private readonly now: Seconds;

	constructor(
		told: Told | undefined,
		private readonly options: Pick<EngineOptions, 'clock' | 'onNotice'>,
	) {
		this.told = { ...told };
		this.now = Math.floor(options.clock() / 1000);
	}

	/** What the cursor remembers of them. */
	get cursor(): { told?: Told } {
		return Object.keys(this.told).length > 0 ? { told: this.told } : {};
	}

	/** What may be forgotten since the floor. */
	onStart({ maxAge = Infinity }: DatedList, floor: Seconds): void {
		if (this.now - floor <= maxAge) return;
		this.daily('age', `${memoryOf(maxAge)}, so that those since ${isoSecond(floor)} may be lost`);
	}

	/** What is about to be forgotten: the earliest row that waits, if one does. */
	onEnd({ maxAge = Infinity }: DatedList, oldest: Seconds = Infinity): void {
		if (this.now - oldest <= maxAge - warning) return;
		this.daily('age', `${memoryOf(maxAge)}, and some of ${isoSecond(oldest)} still wait. ${advice}`);
	}

	/** An answer whose date contradicts this machine's clock. */
	onAnswer(answer: Answer): void {
		if (!isStrange(answer)) return;
		const [dated, here] = [answer.page.date as Seconds, Math.floor(answer.received)].map(isoSecond);
		this.daily(
			'clock',
			`Twilio's answer is dated ${dated}, and this machine's clock says ${here}. The later one is not believed unless rows show it. Check the clock`,
		);
	}

	/** How many rows a complete scan leaves for later polls. */
	onBacklog(waiting: number, limit: number): void {
		if (waiting <= limit) delete this.told.waiting;
		const enough = 2 * (this.told.waiting ?? (patience / 2) * limit);
		if (waiting < enough) return;
		const grows = this.told.waiting === undefined ? '' : `, and ${this.told.waiting} did before`;
		this.told.waiting = waiting;
		this.options.onNotice(`${waiting} rows wait for the next polls${grows}. ${advice}`);
	}

	/** Pages that never end. */
	onCircle(): void {
		this.daily('circle', circleNotice);
	}

	/** A page that was refused, after which the list is read anew. */
	onRefusal({ message }: Error): void {
		this.daily('refusal', `Twilio refused a page, and its list is read anew: ${message}`);
	}

	private daily(what: Exclude<keyof Told, 'waiting'>, text: string): void {
		const before = this.told[what];
		if (before !== undefined && Math.abs(this.now - before) < day) return;
		this.told[what] = this.now;
		this.options.onNotice(text);
	}
}
