import { DateTime } from 'luxon';
import type { NodeParameterValueType } from 'n8n-workflow';

import type { Field } from '../../nodes/shared/fields/field';
import { sidPrefixes } from '../../nodes/shared/fields/sid';

/** A value for a field that cannot be mistaken for another one, and what must be seen of it on the wire. */
export interface Sentinel {
	value: NodeParameterValueType;
	/** A text that some request must contain, decoded; absent where only the result can show the field's effect. */
	wire?: string;
	/** Options that this one needs beside it. */
	with?: Record<string, NodeParameterValueType>;
	/** Fields outside of the options that it needs. */
	outside?: Record<string, NodeParameterValueType>;
}

type MakeSentinel = (field: Field, n: number) => Sentinel;

const text = (value: string): Sentinel => ({ value, wire: value });
const phoneNumber: MakeSentinel = (_field, n) => text(`+1500555${String(n).padStart(4, '0')}`);
const onlyResult =
	(value: NodeParameterValueType): MakeSentinel =>
	() => ({ value });

/** Fields that need a value of a certain form, or that reach the wire in another one. */
const byName: Readonly<Record<string, MakeSentinel>> = {
	countryCode: (_field, n) => (n === 1 ? text('US') : text('DE')),
	createdAfter: () => ({ value: '2026-11-05T10:00:01Z', wire: 'DateCreated>=2026-11-05T10:00:00Z' }),
	createdBefore: () => ({ value: '2026-11-05T10:00:01Z', wire: 'DateCreated<=2026-11-06' }),
	endDate: () => ({ value: '2026-11-05T10:00:01Z', wire: 'EndDate=2026-11-05T10:00:02Z' }),
	endedAfter: () => ({ value: '2026-11-05T10:00:01Z', wire: 'EndTime>=2026-11-05' }),
	endedBefore: () => ({ value: '2026-11-05T10:00:01Z', wire: 'EndTime<=2026-11-06' }),
	fields: (_field, n) => (n === 1 ? { value: [], wire: '' } : { value: ['sim_swap'], wire: 'Fields=sim_swap' }),
	format: (_field, n) => (n === 1 ? { value: 'mp3', wire: '.mp3' } : { value: 'wav', wire: '.wav' }),
	channels: (_field, n) => ({ value: n === 2 ? 'dual' : 'mono', wire: `RequestedChannels=${n}` }),
	sayLanguage: (_field, n) => ({ value: `en-X${n}`, wire: `language="en-X${n}"` }),
	sayVoice: (_field, n) => ({ value: `voice-${n}`, wire: `voice="voice-${n}"` }),
	sendDigits: (_field, n) => text(`ww${n}#`),
	sipAuthPassword: (_field, n) => text(`password-${n}`),
	startDate: (_field, n) => {
		const time = DateTime.utc().minus({ days: n }).startOf('second').toISO({ suppressMilliseconds: true });
		return { value: time, wire: `StartDate=${time}` };
	},
	startedAfter: () => ({ value: '2026-11-05T10:00:01Z', wire: 'StartTime>=2026-11-05' }),
	startedBefore: () => ({ value: '2026-11-05T10:00:01Z', wire: 'StartTime<=2026-11-06' }),
	additionalParameters: (_field, n) => ({
		value: { parameter: [{ name: sentinelParameter, value: `additional-${n}` }] },
		wire: `${sentinelParameter}=additional-${n}`,
	}),
	binaryPropertyName: (_field, n) => ({ value: `file${n}` }),
	channel: (_field, n) => (n === 1 ? { value: 'sms', wire: '' } : { value: 'whatsapp', wire: '=whatsapp:' }),
	contentVariables: (_field, n) => ({
		value: { variable: [{ name: '1', value: `variable-${n}` }] },
		wire: `ContentVariables={"1":"variable-${n}"}`,
	}),
	contentVariablesJson: (_field, n) => ({ value: `{"1":"json-${n}"}`, wire: `ContentVariables={"1":"json-${n}"}` }),
	from: phoneNumber,
	limit: (_field, n) => ({ value: n, wire: `PageSize=${n}` }),
	mediaUrls: (_field, n) => text(`https://media.example.com/${n}.jpg`),
	retryStatusCallback: (_field, n) => ({
		value: true,
		with: { statusCallback: `https://retry.example.com/${n}` },
		wire: `https://retry.example.com/${n}#rc=`,
	}),
	returnAll: () => ({ value: true, wire: 'PageSize=1000' }),
	sendAt: (_field, n) => {
		const time = DateTime.utc().plus({ days: n }).startOf('hour').toISO({ suppressMilliseconds: true });
		return { value: time, wire: `SendAt=${time}` };
	},
	sentAfter: () => ({ value: '2026-11-05T10:00:01Z', wire: 'DateSent>=2026-11-05T10:00:00Z' }),
	sentBefore: () => ({ value: '2026-11-05T10:00:01Z', wire: 'DateSent<=2026-11-06' }),
	sentOn: () => ({ value: '2026-11-07', wire: 'DateSent<=2026-11-09' }),
	simplify: onlyResult(false),
	to: phoneNumber,
};

const pairs: MakeSentinel = (field, n) => ({
	value: { parameter: [{ name: field.name, value: `${field.name}-${n}` }] },
	wire: `${field.name}${field.name === 'headers' ? ': ' : '='}${field.name}-${n}`,
});

/** The same for a field that needs something else in one operation: `resource.operation.field`. */
const byPath: Readonly<Record<string, MakeSentinel>> = {
	'apiRequest.send.followPages': () => ({ value: true }),
	'apiRequest.send.formBody': pairs,
	'apiRequest.send.headers': pairs,
	'apiRequest.send.jsonBody': (_field, n) => ({ value: `{"json":"json-${n}"}`, wire: `{"json":"json-${n}"}` }),
	'apiRequest.send.limit': (_field, n) => ({ value: n - 1, with: { followPages: true } }),
	'apiRequest.send.query': pairs,
	'apiRequest.send.returnFullResponse': () => ({ value: true }),
	'apiRequest.send.url': (_field, n) => ({ value: `v1/Things${n}.json`, wire: `v1/Things${n}.json` }),
	'call.make.sipAuthPassword': (_field, n) => ({ ...text(`password-${n}`), outside: { to: 'sip:anna@example.com' } }),
	'call.make.sipAuthUsername': (_field, n) => ({ ...text(`user-${n}`), outside: { to: 'sip:anna@example.com' } }),
	'verification.send.channel': (_field, n) => (n === 1 ? text('sms') : text('email')),
};

/** A parameter that no OpenAPI file has, for the users' own ones. */
export const sentinelParameter = 'Sentinel';

/**
 * The sentinel of a field; another `n` gives another value, as far as the field has one.
 *
 * @param operation such as `message.send`
 */
export function sentinelOf(operation: string, field: Field, n: number): Sentinel {
	const { name, type, options = [], typeOptions } = field;
	const special = byPath[`${operation}.${name}`] ?? byName[name];
	if (special) return special(field, n);
	const prefix = Object.entries(sidPrefixes).find(([parameter]) => parameter === name)?.[1][0];
	if (prefix) return text(`${prefix}${String(n).padStart(32, '0')}`);
	if (/url|callback/i.test(name) && type === 'string') return text(`https://${name.toLowerCase()}.example.com/${n}`);
	if (type === 'boolean') return { value: true, wire: '=true' };
	if (type === 'number')
		return { value: (typeOptions?.minValue ?? 0) + n, wire: `=${(typeOptions?.minValue ?? 0) + n}` };
	if (type === 'options') {
		const values = (options as ReadonlyArray<{ value: string }>).map(({ value }) => value);
		const value = values[n % values.length] ?? '';
		return { value, wire: value };
	}
	if (type === 'multiOptions') {
		const values = (options as ReadonlyArray<{ value: string }>).map(({ value }) => value);
		const value = values[n % values.length] ?? '';
		return { value: [value], wire: `=${value}` };
	}
	return text(`${name}-${n}`);
}
