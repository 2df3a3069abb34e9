import { errorCodes } from '../../nodes/shared/api/errorCodes';
import { resources } from '../../nodes/Twilio/resources';
import type { Field } from '../../nodes/shared/fields/field';
import { events } from '../../nodes/TwilioStatusWebhook/events';
import { anyOther } from '../../nodes/TwilioStatusWebhook/events/statusEvent';
import { sources } from '../../nodes/TwilioTrigger/sources';

/** The parts of the README that follow from the nodes' tables of contents, by the name in their markers. */
const tables: Readonly<Record<string, () => string>> = {
	operations: () =>
		table(
			['Resource', 'Operation', 'What it does'],
			resources.flatMap((resource) =>
				resource.operations.map(({ name, description }, index) => [
					index === 0 ? `**${resource.name}**` : '',
					name,
					description,
				]),
			),
		),
	statusEvents: () =>
		table(
			['Trigger On', 'Starts when', 'Statuses', 'Final ones'],
			events.map(({ name, description, statuses, finalStatuses }) => [
				name,
				description,
				namesOf(statuses).join(', '),
				finalStatuses.join(', '),
			]),
		),
	pollSources: () =>
		table(
			['Trigger On', 'Starts when', 'Limited by'],
			sources.map(({ name, description, fields = [], filters }) => [
				name,
				description,
				[...fields, ...filters].map(({ displayName }) => displayName).join(', '),
			]),
		),
	errors: () =>
		table(
			['Code', 'What it means', 'What to do'],
			Object.entries(errorCodes).map(([code, { meaning, advice }]) => [
				`[${code}](https://www.twilio.com/docs/errors/${code})`,
				meaning,
				advice,
			]),
		),
};

/** The README with its generated tables as they should be now. */
export function withGeneratedTables(readme: string): string {
	return Object.entries(tables).reduce((text, [name, make]) => {
		const section = new RegExp(`(<!-- ${name}:start[^>]*-->\n)[^]*?(<!-- ${name}:end -->)`);
		if (!section.test(text)) throw new Error(`The README has no markers for the table "${name}"`);
		return text.replace(section, (_, start: string, end: string) => `${start}\n${make()}\n${end}`);
	}, readme);
}

function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
}

/** What an event reports, with the choice for all the rest at the end. */
function namesOf({ options = [] }: Field): string[] {
	const values = (options as ReadonlyArray<{ value: string }>).map(({ value }) => value);
	return [...values.filter((value) => value !== anyOther.value), anyOther.value];
}
