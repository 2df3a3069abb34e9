import type { Resource } from '../operation/defineResource';
import { alert } from './alert';
import { apiRequest } from './apiRequest';
import { call } from './call';
import { lookup } from './lookup';
import { media } from './media';
import { message } from './message';
import { phoneNumber } from './phoneNumber';
import { recording } from './recording';
import { transcription } from './transcription';
import { verification } from './verification';

/** The table of contents: selectors, display rules, the router and the documentation's tables follow from it. */
export const resources: readonly Resource[] = [
	message,
	media,
	call,
	recording,
	transcription,
	phoneNumber,
	verification,
	lookup,
	alert,
	apiRequest,
];
