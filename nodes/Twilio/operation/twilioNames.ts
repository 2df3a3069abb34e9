import type { ParameterValue, TwilioParameters } from '../../shared/api/parameters';
import type { Field, Fields } from '../../shared/fields/field';

/** Parameters whose name at Twilio is not simply theirs with a capital letter. */
const exceptions: Readonly<Record<string, string>> = {
	mediaUrls: 'MediaUrl',
	persistentActions: 'PersistentAction',
	recordingStatusCallbackEvents: 'RecordingStatusCallbackEvent',
	statusCallbackEvents: 'StatusCallbackEvent',
};

/** A parameter's name at Twilio: `statusCallback` is `StatusCallback` there. */
export function twilioName(parameter: string): string {
	return exceptions[parameter] ?? `${parameter.charAt(0).toUpperCase()}${parameter.slice(1)}`;
}

/** Options under Twilio's names, as they are. */
export function toTwilioParameters(options: Readonly<Record<string, unknown>>): TwilioParameters {
	return Object.fromEntries(
		Object.entries(options).map(([name, value]) => [twilioName(name), value as ParameterValue | ParameterValue[]]),
	);
}

/** Twilio's names of all fields, those in collections included. */
export function twilioNamesOf(fields: Fields): string[] {
	return fields.flatMap((field) =>
		field.type === 'collection' ? twilioNamesOf(field.options as readonly Field[]) : [twilioName(field.name)],
	);
}
