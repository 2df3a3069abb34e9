import type { Field } from '../../shared/fields/field';

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
	/** The field with the statuses to choose from, named `statuses`. */
	statuses: Field;
	/** Statuses after which nothing more happens. */
	finalStatuses: readonly string[];
}
