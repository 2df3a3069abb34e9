import { callLocator } from './sids';
import type { Fields } from './field';

/** Who called whom, and which call a call belongs to; Twilio takes all of them as filters of its list of calls. */
export const callFilters = [
	{
		displayName: 'From',
		name: 'from',
		type: 'string',
		default: '',
		placeholder: 'e.g. +14155552671',
		description: 'Only calls from this number, SIP address or client',
	},
	{
		...callLocator,
		displayName: 'Parent Call',
		name: 'parentCallSid',
		description: 'Only calls that were started by this one, for example by TwiML Dial',
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: '',
		placeholder: 'e.g. +14155552671',
		description: 'Only calls to this number, SIP address or client',
	},
] as const satisfies Fields;
