import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { Field, Fields } from '../shared/fields/field';
import { readParameters } from '../shared/fields/readParameters';
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

const event: Field = {
	displayName: 'Trigger On',
	name: 'event',
	type: 'options',
	noDataExpression: true,
	options: events.map(({ name, value, description }) => ({ name, value, description })),
	default: 'messageStatus',
};

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
		{
			displayName: 'Public URL',
			name: 'publicUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://hooks.example.com',
			description:
				'The beginning of the address that Twilio calls, where a proxy or tunnel changes it: what comes before /webhook/. Needed only if n8n shows another address above.',
		},
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
	/** Empty where the address that n8n knows is the right one. */
	publicUrl: string;
}

/**
 * Reads and checks the parameters.
 *
 * @param anyHost whether the public URL may lead to hosts that Twilio could not reach, because the API is not Twilio's
 * @throws UserError that names the parameter
 */
export function readStatusParameters(context: IWebhookFunctions | IHookFunctions, anyHost: boolean): StatusParameters {
	const read = readParameters(
		[event, ...statusFields, options],
		(name, fallback) => context.getNodeParameter(name, fallback as object),
		{ timezone: context.getTimezone(), anyHost },
	) as unknown as {
		event: string;
		statuses: string[];
		options: { deduplicate?: boolean; finalOnly?: boolean; publicUrl?: string };
	};
	const chosen = events.find(({ value }) => value === read.event);
	if (!chosen) throw new UserError(`This version of the node has no event '${read.event}'`);
	const { deduplicate = true, finalOnly = false, publicUrl = '' } = read.options;
	const statuses = read.statuses.filter((status) => !finalOnly || chosen.finalStatuses.includes(status));
	if (statuses.length === 0) {
		throw new UserError(
			read.statuses.length === 0
				? "'Statuses' is empty, so nothing could start the workflow"
				: "None of the chosen 'Statuses' is final, so with 'Final Statuses Only' nothing could start the workflow",
		);
	}
	return { event: chosen, statuses, deduplicate, publicUrl };
}
