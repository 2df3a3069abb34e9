import type { Field } from '../../shared/fields/field';

/** The field for the statuses that start the workflow: written as a literal (`as const satisfies StatusesField`). */
export type StatusesField = Omit<Field, 'options'> & {
	readonly name: 'statuses';
	readonly type: 'multiOptions';
	readonly required: true;
	readonly options: ReadonlyArray<{ readonly name: string; readonly value: string; readonly description: string }>;
	readonly default: readonly string[];
};

/** What a status callback of Twilio's can be about; one module each. */
export interface StatusEvent {
	/** As in the selector. */
	name: string;
	/** As stored in workflows; never changes once released. */
	value: string;
	description: string;
	/** Twilio's parameter with the SID; where there are several, the first that is there counts. */
	sidParameters: readonly string[];
	/** Twilio's parameter with the status; where there are several, the first that is there counts. */
	statusParameters: readonly string[];
	/** The statuses to choose from. */
	statuses: StatusesField;
	/** Statuses after which nothing more happens. */
	finalStatuses: readonly string[];
	/** Twilio's parameters that only callbacks about something else have. */
	foreignParameters?: readonly string[];
}

/** A choice of every event, chosen by default: else a status that Twilio invents later would be lost in silence. */
export const anyOther = {
	name: 'Any Other',
	value: 'other',
	description: 'Is not in this list, such as a status that Twilio has introduced later',
} as const;

/** Which of an event's choices a status falls under. */
export function choiceOf({ statuses }: StatusEvent, status: string): string {
	return statuses.options.some(({ value }) => value === status) ? status : anyOther.value;
}
