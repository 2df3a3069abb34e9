import type { Fields } from '../../../shared/fields/field';

const pair = [
	{
		displayName: 'Parameter',
		name: 'parameter',
		values: [
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				required: true,
				placeholder: 'e.g. PageSize',
			},
			{
				displayName: 'Value',
				name: 'value',
				type: 'string',
				typeOptions: { rows: 1 },
				default: '',
				placeholder: 'e.g. 20',
			},
		],
	},
] as const;

/** A request of the user's own. */
export const requestFields = [
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		options: [
			{ name: 'DELETE', value: 'DELETE' },
			{ name: 'GET', value: 'GET' },
			{ name: 'PATCH', value: 'PATCH' },
			{ name: 'POST', value: 'POST' },
			{ name: 'PUT', value: 'PUT' },
		],
		default: 'GET',
		description: 'GET only reads; the others change something, and may cost money',
	},
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		default: '2010-04-01/Accounts/{accountSid}/Messages.json',
		required: true,
		placeholder: 'e.g. 2010-04-01/Accounts/{accountSid}/Messages.json',
		description:
			'Path on api.twilio.com, or full URL on the host of another Twilio API, such as https://messaging.twilio.com/v1/Services. {accountSid} is filled in.',
	},
	{
		displayName: 'Query Parameters',
		name: 'query',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Parameter',
		default: {},
		description: 'Parameters after the question mark; a name may be repeated',
		options: pair,
	},
	{
		displayName: 'Headers',
		name: 'headers',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Header',
		default: {},
		description: 'Headers to send; those for signing in and for the host are set for you',
		options: pair,
	},
	{
		displayName: 'Body Type',
		name: 'bodyType',
		type: 'options',
		options: [
			{ name: 'Form', value: 'form', description: "What most of Twilio's APIs take" },
			{ name: 'JSON', value: 'json', description: 'For newer APIs, such as Content' },
		],
		default: 'form',
		description: 'Format of the body',
		displayOptions: { show: { method: ['PATCH', 'POST', 'PUT'] } },
	},
	{
		displayName: 'Form Body',
		name: 'formBody',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Parameter',
		default: {},
		description: 'Parameters of the body; a name may be repeated',
		displayOptions: { show: { method: ['PATCH', 'POST', 'PUT'], bodyType: ['form'] } },
		options: pair,
	},
	{
		displayName: 'JSON Body',
		name: 'jsonBody',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. { "friendly_name": "order_shipped" }',
		description: 'The body as JSON',
		displayOptions: { show: { method: ['PATCH', 'POST', 'PUT'], bodyType: ['json'] } },
	},
] as const satisfies Fields;

export const requestOptions = [
	{
		displayName: 'Follow Pages',
		name: 'followPages',
		type: 'boolean',
		default: false,
		description: 'Whether to read a list to its end, or to the limit, and return each row as an item; GET only',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
	},
	{
		displayName: 'Return Full Response',
		name: 'returnFullResponse',
		type: 'boolean',
		default: false,
		description: 'Whether to return status and headers as well, instead of only the body',
	},
] as const satisfies Fields;
