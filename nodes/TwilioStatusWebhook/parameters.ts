import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { Field, Fields } from '../shared/fields/field';
import { readParameters } from '../shared/fields/readParameters';
import { publicUrl } from '../shared/webhook/publicUrl';
import { events } from './events';
import type { StatusEvent } from './events/statusEvent';

/** A notice is no parameter: nothing reads it. */
const notice = {
	displayName:
		"Give the production URL above to Twilio, for example in 'Twilio Extended' as 'Status Callback URL' of a message or call, or as 'Recording Status Callback URL' or 'Asynchronous Machine Detection Callback URL' of a call. Turn on 'Retry Status Callback' there, too: then Twilio calls again when n8n could not answer, and repeats start this workflow only once.",
	name: 'notice',
	type: 'notice',
	default: '',
} as const satisfies Field;

const event = {
	displayName: 'Trigger On',
	name: 'event',
	type: 'options',
	noDataExpression: true,
	options: events.map(({ name, value, description }) => ({ name, value, description })),
	default: 'messageStatus',
} as const satisfies Field;

const statusFields: Fields = events.map(({ value, statuses }) => ({
	...statuses,
	displayOptions: { show: { event: [value] } },
}));

const options = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Deduplicate',
			name: 'deduplicate',
			type: 'boolean',
			default: true,
			description: 'Whether a status that Twilio reports again for the same SID starts nothing',
		},
		{
			displayName: 'Final Statuses Only',
			name: 'finalOnly',
			type: 'boolean',
			default: false,
			description:
				'Whether only those of the chosen statuses start the workflow after which nothing more happens, such as delivered',
		},
		publicUrl,
	],
} as const satisfies Field;

/** The node's parameters, in the order of its panel. */
export const fields: Fields = [notice, event, ...statusFields, options];

/** What starts the workflow. */
export interface StatusParameters {
	event: StatusEvent;
	/** Those of the event that start the workflow, with the option 'Final Statuses Only' applied. */
	statuses: readonly string[];
	deduplicate: boolean;
}

/**
 * Reads and checks the parameters.
 *
 * @param anyHost whether the public URL may lead to hosts that Twilio could not reach, because the API is not Twilio's
 * @throws UserError that names the parameter
 */
export function readStatusParameters(context: IWebhookFunctions | IHookFunctions, anyHost: boolean): StatusParameters {
	const get = (name: string, fallback: unknown) => context.getNodeParameter(name, fallback as object);
	const readOptions = { timezone: context.getTimezone(), anyHost };
	const read = readParameters([event, options], get, readOptions);
	const chosen = events.find(({ value }) => value === read.event);
	if (!chosen) throw new UserError(`This version of the node has no event '${read.event}'`);
	const chosenStatuses = readParameters([chosen.statuses], get, readOptions).statuses;
	const { deduplicate = true, finalOnly = false } = read.options;
	const statuses = chosenStatuses.filter((status) => !finalOnly || chosen.finalStatuses.includes(status));
	if (statuses.length === 0) {
		throw new UserError(
			chosenStatuses.length === 0
				? "'Statuses' is empty, so nothing could start the workflow"
				: "None of the chosen 'Statuses' is final, so with 'Final Statuses Only' nothing could start the workflow",
		);
	}
	return { event: chosen, statuses, deduplicate };
}
